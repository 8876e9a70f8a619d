"""Adds the nodes of a `GraphDef` message to the default graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from google.protobuf.message import Message
from tensorboard.compat.proto import graph_pb2

from graphlab.graph import export
from graphlab.graph.graph import get_default_graph
from graphlab.graph.importer import Importer, Source
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import name_scope


def import_graph_def(
    graph_def: Any,
    input_map: Mapping[str, Any] | None = None,
    return_elements: Sequence[str] | None = None,
    name: str | None = None,
) -> list[Any] | None:
    """Adds the nodes of a `GraphDef` to the default graph. Mirrors `tf.import_graph_def`.

    Args:
        graph_def: the message, of tensorboard's class or of TensorFlow's.
        input_map: tensors that stand in for tensors of the message, by the names of these: `x:0`, `x`, or `^x`
            for a control input. Other values are converted.
        return_elements: names of tensors (`x:0`) and operations (`x`) of the message to return.
        name: goes before the names of the nodes, default "import"; with "" they keep their names.

    Returns:
        What `return_elements` names, in that order, or None without it.

    Raises:
        TypeError: `graph_def` is not a `GraphDef`, or a name is not a string.
        ValueError: the message is not a graph, or a name is not in it.
        tf.errors.NotFoundError: the message has an op type that is not available.
        NotImplementedError: the message calls functions.
    """
    message = _checked_message(graph_def)
    replaced = _checked_map(input_map or {})
    wanted = _checked_names(return_elements)
    graph = get_default_graph()
    with name_scope("import" if name is None else name) as scope:
        importer = Importer(
            graph,
            message,
            scope.removesuffix("/"),
            {key: _tensor(key, value, bool(scope)) for key, value in replaced.items()},
        )
    importer.run()
    unused = sorted(str(key) for key in replaced if key not in importer.used)
    if unused:
        raise ValueError(f"Attempted to map inputs that were not found in graph_def: [{', '.join(unused)}]")
    return None if wanted is None else [_element(importer, text) for text in wanted]


def _checked_message(graph_def: Any) -> graph_pb2.GraphDef:
    if isinstance(graph_def, graph_pb2.GraphDef):
        message = graph_def
    elif isinstance(graph_def, Message) and graph_def.DESCRIPTOR.full_name == "tensorflow.GraphDef":
        message = graph_pb2.GraphDef.FromString(graph_def.SerializeToString())
    else:
        raise TypeError(
            f"Argument `graph_def` must be a GraphDef proto, not {type(graph_def).__name__}. Parse the file with tf.GraphDef.FromString."
        )
    if message.versions.min_consumer > export.PRODUCER:
        raise ValueError(
            f"GraphDef min consumer version {message.versions.min_consumer} above current version {export.PRODUCER}: a newer TensorFlow wrote it."
        )
    return message


def _checked_map(input_map: Any) -> dict[Source, Any]:
    if not isinstance(input_map, Mapping) or not all(isinstance(key, str) for key in input_map):
        raise TypeError(
            f"Argument `input_map` must be a dictionary mapping strings to Tensor objects. Got {input_map!r}."
        )
    return {Source.parse(key): value for key, value in input_map.items()}


def _checked_names(return_elements: Any) -> list[str] | None:
    if return_elements is None:
        return None
    names = list(return_elements)
    if isinstance(return_elements, str) or not all(isinstance(name, str) for name in names):
        raise TypeError(f"Argument `return_elements` must be a list of strings. Obtained {return_elements!r}.")
    return names


def _tensor(key: Source, value: Any, is_scoped: bool) -> Tensor | Operation:
    if isinstance(value, Tensor) or (key.index < 0 and isinstance(value, Operation)):
        return value
    if not is_scoped:
        raise ValueError(
            "tf.import_graph_def() requires a non-empty `name` if `input_map` contains non-Tensor values. "
            "Try calling tf.convert_to_tensor() on `input_map` values before calling tf.import_graph_def()."
        )
    with name_scope("_inputs"):
        return convert_to_tensor(value)


def _element(importer: Importer, text: str) -> Operation | Tensor:
    source = Source.parse(text)
    is_tensor = text == str(source)
    op = importer.made.get(source.name)
    if op is None:
        raise ValueError(f"Requested return {'tensor' if is_tensor else 'node'} {text!r} not found in graph def")
    if not is_tensor:
        return op
    if source.index >= len(op.outputs):
        raise ValueError(
            f"Invalid return output {source.index} of node '{source.name}', which has {len(op.outputs)} output(s)"
        )
    return op.outputs[source.index]
