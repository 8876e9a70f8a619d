"""The same elements in another shape or order of axes: reshape, transpose, axes of extent 1, broadcasting."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphlab.graph.dtypes import EVERY, INDICES
from graphlab.graph.registry import register
from graphlab.graph.shapes import UNKNOWN, TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arrays, build, elementwise, reductions
from graphlab.ops.constant import constant
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import name_scope
from graphlab.ops.static import constant_shape, constant_value


def _reshape_shape(op: Operation) -> TensorShape:
    wanted = constant_shape(op.inputs[1])
    given = op.inputs[0].shape
    total = given.num_elements()
    if wanted.extents is None:
        return wanted
    if total is None:
        _check_divisible(given, wanted)
        return wanted
    known = [d for d in wanted.extents if d is not None]
    product = int(np.prod(known, dtype=np.int64))
    missing = len(wanted.extents) - len(known)
    if (missing == 0 and product != total) or (missing == 1 and (total % product if product else total)):
        raise ValueError(f"Cannot reshape a tensor with {total} elements to shape {wanted} ({product} elements)")
    if missing == 1 and product:
        return TensorShape.of(tuple(total // product if d is None else d for d in wanted.extents))
    return wanted


def _check_divisible(given: TensorShape, wanted: TensorShape) -> None:
    """Raises ValueError if no size of the one unknown extent could give the wanted number of elements."""
    total = wanted.num_elements()
    known = [d for d in given.extents or () if d is not None]
    product = int(np.prod(known, dtype=np.int64))
    if (
        total is not None
        and given.extents is not None
        and len(known) == len(given.extents) - 1
        and product
        and total % product
    ):
        raise ValueError(f"Dimension size must be evenly divisible by {product} but is {total}")


def _reshape_gradient(op: Operation, grad: Any) -> list[Any]:
    grad = convert_to_tensor(grad)
    extents = op.inputs[0].shape.extents
    if extents is not None and len([d for d in extents if d is None]) == 1 and 0 not in extents:
        # One unknown extent needs no node that looks it up.
        return [reshape(grad, [-1 if d is None else d for d in extents]), None]
    return [reshape(grad, arrays.shape(op.inputs[0])), None]


register(
    "Reshape",
    "tensor: T, shape: Tshape -> output: T",
    T=EVERY,
    Tshape=INDICES,
    shape=_reshape_shape,
    lower=lambda k, x, new: k.xp.reshape(x, tuple(int(d) for d in new)),
    gradient=_reshape_gradient,
)


def reshape(tensor: Any, shape: Any, name: str | None = None) -> Tensor:
    """Returns the same elements in another shape; one extent may be -1. Mirrors `tf.reshape`.

    Raises:
        ValueError: the number of elements does not fit.
    """
    return _node("Reshape", tensor, shape, name=name)


def _transpose_shape(op: Operation) -> TensorShape:
    perm = constant_value(op.inputs[1])
    given = op.inputs[0].shape
    if perm is None or given.extents is None:
        return UNKNOWN if given.extents is None else TensorShape.of((None,) * len(given.extents))
    if len(perm) != len(given.extents):
        raise ValueError(f"Dimension must be {len(given.extents)} but is {len(perm)}")
    return TensorShape.of(tuple(given.extents[int(p)] for p in perm))


register(
    "Transpose",
    "x: T, perm: Tperm -> y: T",
    T=EVERY,
    Tperm=INDICES,
    shape=_transpose_shape,
    lower=lambda k, x, perm: k.xp.transpose(x, tuple(int(p) for p in perm)),
    gradient=lambda op, grad: [transpose(grad, build.add("InvertPermutation", op.inputs[1])), None],
)


def transpose(a: Any, perm: Any = None, name: str = "transpose") -> Tensor:
    """Permutes the dimensions; without `perm` reverses them. Mirrors `tf.transpose`."""
    with name_scope(name, "transpose", [a]) as scope:
        tensor = convert_to_tensor(a, name="a")
        if perm is None:
            if tensor.shape.ndims is not None:
                perm = np.arange(tensor.shape.ndims, dtype=np.int32)[::-1]
            else:
                perm = _node("Range", arrays.rank(tensor) - 1, -1, -1)
        return _node("Transpose", tensor, perm, name=scope)


def expand_dims(input: Any, axis: Any = None, name: str | None = None) -> Tensor:
    """Inserts an axis of extent 1. Mirrors `tf.expand_dims`."""
    return _node("ExpandDims", input, axis, name=name)


def _expand_dims_shape(op: Operation) -> TensorShape:
    axis = constant_value(op.inputs[1])
    given = op.inputs[0].shape
    if axis is None or given.extents is None:
        return UNKNOWN
    rank = len(given.extents)
    if not -rank - 1 <= axis <= rank:
        raise ValueError(f"dim {int(axis)} not in the interval [{-rank - 1}, {rank}].")
    position = int(axis) % (rank + 1)
    return TensorShape.of((*given.extents[:position], 1, *given.extents[position:]))


register(
    "ExpandDims",
    "input: T, dim: Tdim -> output: T",
    T=EVERY,
    Tdim=INDICES,
    shape=_expand_dims_shape,
    lower=lambda k, x, axis: k.xp.expand_dims(x, int(axis)),
    gradient=lambda op, grad: [reshape(grad, arrays.shape(op.inputs[0])), None],
)


def _squeeze_shape(op: Operation) -> TensorShape:
    extents = op.inputs[0].shape.extents
    if extents is None:
        return UNKNOWN
    axes = [_axis(a, len(extents)) for a in op.attr["squeeze_dims"]]
    if not axes:
        return UNKNOWN if None in extents else TensorShape.of(tuple(d for d in extents if d != 1))
    for axis in axes:
        if extents[axis] not in (1, None):
            raise ValueError(f"Can not squeeze dim[{axis}], expected a dimension of 1, got {extents[axis]}")
    return TensorShape.of(tuple(d for i, d in enumerate(extents) if i not in axes))


def _axis(axis: int, rank: int) -> int:
    if not -rank <= axis < rank:
        raise ValueError(f"Tried to use axis {axis}, which is not in [{-rank}, {rank})")
    return axis % rank


register(
    "Squeeze",
    "input: T -> output: T",
    T=EVERY,
    squeeze_dims=[],
    shape=_squeeze_shape,
    lower=lambda k, x: k.xp.squeeze(x, axis=tuple(k.attr["squeeze_dims"]) or None),
    gradient=lambda op, grad: arrays.reshape(grad, arrays.shape(op.inputs[0])),
)


def squeeze(input: Any, axis: Any = None, name: str | None = None, squeeze_dims: Any = None) -> Tensor:
    """Drops axes of extent 1: all of them, or those of `axis`. Mirrors `tf.squeeze`.

    Raises:
        ValueError: an axis of `axis` has another extent.
    """
    chosen = axis if axis is not None else squeeze_dims
    axes = [] if chosen is None else [int(a) for a in np.ravel(chosen)]
    return _node("Squeeze", input, squeeze_dims=axes, name=name)


def _broadcast_gradient(op: Operation, grad: Tensor) -> list[Any]:
    given, target = op.inputs
    given_shape = arrays.shape(given)
    target_static = (
        target
        if constant_value(target) is None or target.op.type == "Const"
        else constant(constant_value(target), target.dtype)
    )
    if target_static.op.type == "Const":
        target_static = constant(constant_value(target), target.dtype)
    axes = build.add("BroadcastGradientArgs", target_static, given_shape)[1]
    return [arrays.reshape(reductions.reduce_sum(grad, axes, keepdims=True), given_shape), None]


register(
    "BroadcastTo",
    "input: T, shape: Tidx -> output: T",
    T=EVERY,
    Tidx=INDICES,
    shape=lambda op: constant_shape(op.inputs[1]),
    lower=lambda k, x, shape: k.xp.broadcast_to(x, tuple(int(d) for d in shape)),
    gradient=_broadcast_gradient,
)


def broadcast_to(input: Any, shape: Any, name: str | None = None) -> Tensor:
    """Repeats a tensor along new axes and axes of extent 1 until it has a shape. Mirrors `tf.broadcast_to`."""
    return _node("BroadcastTo", input, shape, name=name)


def matrix_transpose(a: Any, name: str = "matrix_transpose", conjugate: bool = False) -> Tensor:
    """Exchanges the last two axes. Mirrors `tf.matrix_transpose`.

    Raises:
        ValueError: the tensor has fewer than two axes.
    """
    with name_scope(name, "matrix_transpose", [a]):
        tensor = convert_to_tensor(a, name="a")
        if conjugate:
            tensor = elementwise.conj(tensor)
        if tensor.shape.ndims is None:
            rank = arrays.rank(tensor)
            places = arrays.sequence(rank)
            perm: Any = build.add("ConcatV2", [places[:-2], [rank - 1, rank - 2]], 0, name="concat")
            return arrays.transpose(tensor, perm)
        if tensor.shape.ndims < 2:
            raise ValueError(
                f"Argument `a` should be a (batch) matrix with rank >= 2. Received `a` = {a} with shape: {tensor.shape}"
            )
        order = list(range(tensor.shape.ndims - 2))
        return arrays.transpose(tensor, [*order, tensor.shape.ndims - 1, tensor.shape.ndims - 2])


def _node(op_type: str, *values: Any, name: str | None = None, **attrs: Any) -> Tensor:
    result: Tensor = build.add(op_type, *values, name=name, **attrs)
    return result
