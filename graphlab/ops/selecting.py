"""Choosing between two tensors by a condition."""

from __future__ import annotations

from typing import Any

from graphlab.graph.dtypes import EVERY, bool_
from graphlab.graph.registry import register
from graphlab.graph.shapes import TensorShape, broadcast
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arrays, build
from graphlab.ops.broadcasting import reduced_to
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import name_scope


def _select_gradient(op: Operation, grad: Tensor) -> list[Any]:
    condition = op.inputs[0]
    zero = arrays.zeros_like(op.inputs[1])
    return [None, _node("Select", condition, grad, zero), _node("Select", condition, zero, grad)]


def _select_shape(op: Operation) -> TensorShape:
    condition, x, y = (t.shape for t in op.inputs)
    whole = x.merge_with(y)
    if condition.extents and whole.extents is not None:
        if len(condition.extents) == 1 and whole.extents:
            TensorShape.of(whole.extents[:1]).merge_with(condition)
        else:
            whole = whole.merge_with(condition)
    return whole


def _lower_select(k: Any, condition: Any, x: Any, y: Any) -> Any:
    if k.xp.ndim(condition) == 1 and k.xp.ndim(x) > 1:
        condition = k.xp.reshape(condition, (-1,) + (1,) * (x.ndim - 1))
    return k.xp.where(condition, x, y)


register(
    "Select",
    "condition: bool, t: T, e: T -> output: T",
    T=EVERY,
    shape=_select_shape,
    lower=_lower_select,
    gradient=_select_gradient,
)


def _select_v2_shape(op: Operation) -> TensorShape:
    condition, x, y = (t.shape for t in op.inputs)
    return broadcast(condition, broadcast(x, y))


def _select_v2_gradient(op: Operation, grad: Tensor) -> list[Any]:
    condition, x, y = op.inputs
    zero = arrays.zeros([], dtype=grad.dtype.base_dtype)
    gx = _node("SelectV2", condition, grad, zero)
    gy = _node("SelectV2", condition, zero, grad)
    return [None, reduced_to(x, gx, op.outputs[0]), reduced_to(y, gy, op.outputs[0])]


register(
    "SelectV2",
    "condition: bool, t: T, e: T -> output: T",
    T=EVERY,
    shape=_select_v2_shape,
    lower=lambda k, condition, x, y: k.xp.where(condition, x, y),
    gradient=_select_v2_gradient,
)


def where(condition: Any, x: Any = None, y: Any = None, name: str | None = None) -> Tensor:
    """Returns x where the condition holds and y elsewhere; without x and y the places where it holds. Mirrors `tf.where`.

    Args:
        condition: truth values, of x's shape, or one for each row of x.
        x: a tensor.
        y: a tensor of x's type and shape.
        name: the name of the operation.

    Returns:
        A tensor of x's shape; without x and y one row of coordinates (int64) for each element that is true.

    Raises:
        ValueError: only one of x and y is given, or the shapes do not fit.
    """
    if x is None and y is None:
        with name_scope(name, "Where", [condition]) as scope:
            return _node("Where", convert_to_tensor(condition, preferred_dtype=bool_, name="condition"), name=scope)
    if x is None or y is None:
        raise ValueError("x and y must both be non-None or both be None.")
    return _node("Select", condition, x, y, name=name)


def where_v2(condition: Any, x: Any = None, y: Any = None, name: str | None = None) -> Tensor:
    """Like `tf.where`, but condition, x and y are broadcast against each other. Mirrors `tf.where_v2`."""
    if x is None or y is None:
        return where(condition, x, y, name)
    return _node("SelectV2", condition, x, y, name=name)


def _node(op_type: str, *values: Any, name: str | None = None) -> Tensor:
    result: Tensor = build.add(op_type, *values, name=name)
    return result
