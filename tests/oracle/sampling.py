"""Build and run one sample against TensorFlow or against the engine and put what happened into JSON."""

from __future__ import annotations

import functools
import importlib
import re
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from tests.oracle.execution import tensor_json, value_json
from tests.oracle.graph_json import GraphMessageClass, Json, graph_nodes
from tests.samples.sample import Sample

SAMPLES = Path(__file__).parents[1] / "samples"
LONGEST_MESSAGE = 300


def family_names() -> list[str]:
    """Return the names of the families of samples."""
    return sorted(path.stem for path in SAMPLES.glob("*.py") if path.stem != "sample")


@functools.cache
def family(name: str) -> Mapping[str, Sample]:
    """Return the samples of a family by name."""
    samples: list[Sample] = importlib.import_module(f"tests.samples.{name}").SAMPLES
    result = {sample.name: sample for sample in samples}
    if len(result) != len(samples):
        names = [sample.name for sample in samples]
        raise ValueError(f"two samples of {name} share a name: {sorted({n for n in names if names.count(n) > 1})}")
    return result


def run_sample(sample: Sample, tf: ModuleType, graph_def_class: GraphMessageClass) -> Json:
    """Build a sample in a new graph, then its gradient, then run both.

    Returns:
        `nodes` and `outputs` (type, static shape, value), `gradients` with the nodes added and a value or None for
        each input, and where something was refused the `stage` of it with class and message of the error.
    """
    graph = tf.Graph()
    with graph.as_default():
        inputs = [
            tf.placeholder(item.array.dtype.name, shape=item.placeholder_shape, name=name)
            for name, item in zip("xyzuvw", sample.inputs, strict=False)
        ]
        try:
            outputs = _flat(sample.build(tf, *inputs), tf)
        except Exception as error:  # noqa: BLE001 - the error is the answer
            return {"refused": _error_json("building", error)}
        nodes = _nodes(graph, graph_def_class)
        result: dict[str, Json] = {"nodes": nodes, "outputs": [_output_json(output, tf) for output in outputs]}
        feeds = {placeholder: item.array for placeholder, item in zip(inputs, sample.inputs, strict=True)}
        try:
            values = _run(outputs, feeds, tf)
        except Exception as error:  # noqa: BLE001 - the error is the answer
            result["refused"] = _error_json("running", error)
            return result
        for output, value in zip(result["outputs"], values, strict=True):
            output["value"] = None if value is None else value_json(value)
        if sample.gradient and _differentiable(inputs, tf) and _differentiable(outputs, tf):
            result["gradients"] = _gradients_json(outputs, inputs, feeds, len(nodes), tf, graph_def_class)
    return result


def _gradients_json(
    outputs: list[Any],
    inputs: list[Any],
    feeds: Mapping[Any, Any],
    built: int,
    tf: ModuleType,
    graph_def_class: GraphMessageClass,
) -> Json:
    ys, xs = _differentiable(outputs, tf), _differentiable(inputs, tf)
    try:
        gradients = tf.gradients(ys, xs)
    except Exception as error:  # noqa: BLE001 - the error is the answer
        return {"refused": _error_json("differentiating", error)}
    nodes = _nodes(tf.get_default_graph(), graph_def_class)[built:]
    nodes = [node for node in nodes if node["name"] != "init"]
    dense = [g if g is None or isinstance(g, tf.Tensor) else tf.convert_to_tensor(g) for g in gradients]
    known = [gradient for gradient in dense if gradient is not None]
    try:
        values = iter(_run(known, feeds, tf))
    except Exception as error:  # noqa: BLE001 - the error is the answer
        return {"nodes": nodes, "refused": _error_json("running", error)}
    return {
        "nodes": nodes,
        "values": [
            None if gradient is None else {"tensor": tensor_json(gradient), "value": value_json(next(values))}
            for gradient in dense
        ],
    }


def _run(fetches: list[Any], feeds: Mapping[Any, Any], tf: ModuleType) -> list[Any]:
    if not fetches:
        return []
    with tf.Session() as session:
        if tf.global_variables():
            session.run(tf.global_variables_initializer(), feed_dict=feeds)
        values: list[Any] = session.run(fetches, feed_dict=feeds)
    return values


def _flat(built: Any, tf: ModuleType) -> list[Any]:
    if isinstance(built, list | tuple):
        return [tensor for item in built for tensor in _flat(item, tf)]
    if isinstance(built, tf.Tensor | tf.Variable | tf.Operation):
        return [built]
    if isinstance(built, tf.IndexedSlices):
        return [built.values, built.indices]
    return [tf.constant(np.asarray(built))]


def _differentiable(tensors: list[Any], tf: ModuleType) -> list[Any]:
    return [
        tensor
        for tensor in tensors
        if not isinstance(tensor, tf.Operation) and (tensor.dtype.is_floating or tensor.dtype.is_complex)
    ]


def _output_json(output: Any, tf: ModuleType) -> Json:
    return {"operation": output.name} if isinstance(output, tf.Operation) else tensor_json(output)


def _nodes(graph: Any, graph_def_class: GraphMessageClass) -> list[Json]:
    return graph_nodes(graph.as_graph_def().SerializeToString(), graph_def_class)


def _error_json(stage: str, error: Exception) -> Json:
    return {"stage": stage, "class": type(error).__name__, "message": _cause(str(error))[:LONGEST_MESSAGE]}


def _cause(message: str) -> str:
    """Return what TensorFlow says of a failed node, without the stack traces around it and without addresses."""
    found = re.search(r"^Node: '.*'\n(.*?)^\s*\[\[", message, re.DOTALL | re.MULTILINE)
    return re.sub("0x[0-9a-f]+", "0x...", found.group(1).strip() if found else message)
