"""Softmax and its logarithm."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphlab.graph.dtypes import FLOATS
from graphlab.graph.registry import register
from graphlab.graph.shapes import TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arithmetic, arrays, build, elementwise, joining, reductions
from graphlab.ops.convert import convert_to_tensor


def _last_axis_shape(op: Operation) -> TensorShape:
    shape: TensorShape = op.inputs[0].shape
    if shape.ndims == 0:
        raise ValueError("Shape must be at least rank 1 but is rank 0")
    return shape


def shifted_logits(k: Any, logits: Any) -> tuple[Any, Any]:
    """Returns the logits less their largest, which changes no softmax and overflows nowhere, and the log of their summed exp."""
    shifted = logits - k.xp.max(logits, axis=-1, keepdims=True, initial=-np.inf)
    return shifted, k.xp.log(k.xp.sum(k.xp.exp(shifted), axis=-1, keepdims=True))


def _lower_softmax(k: Any, logits: Any) -> Any:
    shifted, _ = shifted_logits(k, logits)
    powers = k.xp.exp(shifted)
    return powers / k.xp.sum(powers, axis=-1, keepdims=True)


def _lower_log_softmax(k: Any, logits: Any) -> Any:
    shifted, log_sum = shifted_logits(k, logits)
    return shifted - log_sum


def _softmax_gradient(op: Operation, grad: Tensor) -> Tensor:
    y = op.outputs[0]
    sums = reductions.reduce_sum(grad * y, -1, keepdims=True)
    result: Tensor = (grad - sums) * y
    return result


def _log_softmax_gradient(op: Operation, grad: Tensor) -> Tensor:
    y = elementwise.exp(op.outputs[0])
    result: Tensor = grad - reductions.reduce_sum(grad, -1, keepdims=True) * y
    return result


register(
    "Softmax",
    "logits: T -> softmax: T",
    T=FLOATS,
    shape=_last_axis_shape,
    lower=_lower_softmax,
    gradient=_softmax_gradient,
)
register(
    "LogSoftmax",
    "logits: T -> logsoftmax: T",
    T=FLOATS,
    shape=_last_axis_shape,
    lower=_lower_log_softmax,
    gradient=_log_softmax_gradient,
)


def softmax(logits: Any, axis: int | None = None, name: str | None = None, dim: int | None = None) -> Tensor:
    """Returns e^logits, scaled so that it sums to one along an axis. Mirrors `tf.nn.softmax`.

    Args:
        logits: a floating point tensor.
        axis: the axis of the classes; default the last one.
        name: the name of the operation.
        dim: another name of `axis`.

    Raises:
        ValueError: the logits are a scalar, or have no such axis.
    """
    return _along_axis("Softmax", logits, axis if dim is None else dim, name)


def log_softmax(logits: Any, axis: int | None = None, name: str | None = None, dim: int | None = None) -> Tensor:
    """Returns the logarithm of `softmax`. Mirrors `tf.nn.log_softmax`; see there."""
    return _along_axis("LogSoftmax", logits, axis if dim is None else dim, name)


def _along_axis(op_type: str, logits: Any, axis: int | None, name: str | None) -> Tensor:
    tensor = convert_to_tensor(logits)
    rank = tensor.shape.ndims
    if axis is None or axis == -1 or (rank is not None and axis == rank - 1):
        result: Tensor = build.add(op_type, tensor, name=name)
        return result
    if rank is None or not -rank <= axis < rank:
        raise ValueError(
            f"`axis` must be in the range [-rank, rank) of the logits. Received: axis={axis}, shape {tensor.shape}"
        )
    dims = arrays.rank(tensor)
    place: Any = axis if axis >= 0 else axis + dims
    dims = arrays.rank(tensor)
    place = place % rank
    moved = _with_last(tensor, place, arithmetic.subtract(dims, 1), None)
    return _with_last(build.add(op_type, moved), place, arithmetic.subtract(dims, 1), name)


def _with_last(tensor: Tensor, axis: Any, last: Tensor, name: str | None) -> Tensor:
    """Exchanges an axis with the last one."""
    before, after = arrays.sequence(axis), arrays.sequence(axis + 1, last)
    return arrays.transpose(tensor, joining.concat([before, [last], after, [axis]], 0), name=name or "transpose")
