"""Nodes as older TensorFlows saved them: op types that no function adds any more, and attributes left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from google.protobuf import text_format

from tests.samples.sample import f32, given, i32, sample

T = 'attr { key: "T" value { type: DT_FLOAT } }'
ROWS = 'attr { key: "Tparams" value { type: DT_FLOAT } } attr { key: "Tindices" value { type: DT_INT32 } }'


def imported(op: str, attrs: str) -> Callable[..., Any]:
    """A function that imports one node, with what it is called with as inputs."""

    def build(tf: Any, *tensors: Any) -> Any:
        inputs = " ".join(f'input: "{tensor.op.name}"' for tensor in tensors)
        text = f'node {{ name: "{op.lower()}" op: "{op}" {inputs} {attrs} }}'
        message = text_format.Parse(text, tf.GraphDef())
        mapped = {tensor.op.name: tensor for tensor in tensors}
        return tf.import_graph_def(message, mapped, [f"{op.lower()}:0"], name="old")[0]

    return build


def argmax(tf: Any, x: Any) -> Any:
    return imported("ArgMax", T)(tf, x, tf.constant(1))


SAMPLES = [
    sample("Gather", imported("Gather", ROWS), f32(4, 3), given([[2, 0], [2, 3]], "int32")),
    sample(
        "Gather unknown",
        imported("Gather", ROWS),
        f32(4, 3).known_as(None, 3),
        given([1], "int32").known_as(None),
        gradient=False,
    ),
    sample("Gather outside", imported("Gather", ROWS), f32(4, 3), given([4], "int32")),
    sample(
        "InTopK",
        imported("InTopK", 'attr { key: "k" value { i: 2 } } attr { key: "T" value { type: DT_INT32 } }'),
        f32(3, 4),
        given([0, 3, 9], "int32"),
    ),
    sample("PreventGradient", imported("PreventGradient", T), f32(3), gradient=False),
    sample(
        "PreventGradient refuses", imported("PreventGradient", T), f32(3), phrases=("Gradient explicitly disabled",)
    ),
    sample("Sum", imported("Sum", T), f32(2, 3), given([1], "int32"), gradient=False),
    sample("Fill", imported("Fill", T), given([2, 2], "int32"), f32()),
    sample("Tile", imported("Tile", T), f32(2, 2), given([1, 2], "int32")),
    sample("Transpose", imported("Transpose", T), f32(2, 3), given([1, 0], "int32")),
    sample("ArgMax", argmax, f32(2, 3)),
    sample("Shape", imported("Shape", 'attr { key: "T" value { type: DT_INT32 } }'), i32(2, 3)),
]
