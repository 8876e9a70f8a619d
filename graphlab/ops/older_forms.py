"""Op types in graphs that older TensorFlows saved; today's functions add others in their place."""

from __future__ import annotations

from typing import Any

from graphlab.graph.dtypes import EVERY, INDICES
from graphlab.graph.registry import register
from graphlab.graph.shapes import UNKNOWN, TensorShape
from graphlab.graph.tensor import Operation
from graphlab.ops.gathering import check_indices, rows_gradient
from graphlab.ops.ranking import in_top_k_shape, lower_in_top_k
from graphlab.ops.shape_rules import unchanged


def _gather_shape(op: Operation) -> TensorShape:
    params, indices = (t.shape.extents for t in op.inputs)
    if params is None or indices is None:
        return UNKNOWN
    return TensorShape.of(indices + params[1:])


def _lower_gather(k: Any, params: Any, indices: Any) -> Any:
    check_indices(k, indices, params.shape[0])
    return k.xp.take(params, indices, axis=0)


register(
    "Gather",
    "params: Tparams, indices: Tindices -> output: Tparams",
    Tparams=EVERY,
    Tindices=INDICES,
    validate_indices=True,
    shape=_gather_shape,
    lower=_lower_gather,
    gradient=lambda op, grad: [rows_gradient(op.inputs[0], op.inputs[1], grad), None],
)

register(
    "InTopK",
    "predictions: float32, targets: T -> precision: bool",
    T=INDICES,
    shape=in_top_k_shape,
    lower=lambda k, predictions, targets: lower_in_top_k(k, predictions, targets, k.attr["k"]),
    stops_gradient=True,
)


def _prevent(op: Operation, _: Any) -> Any:
    raise LookupError(f"Gradient explicitly disabled. Reason: {op.attr['message'].decode()}")


register(
    "PreventGradient",
    "input: T -> output: T",
    T=EVERY,
    message=b"",
    shape=unchanged,
    lower=lambda k, x: x,
    gradient=_prevent,
)
