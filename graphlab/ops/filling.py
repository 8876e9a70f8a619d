"""Tensors made from a rule: ranges, one value everywhere, copies."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphlab.graph.dtypes import EVERY, INDICES, NUMBERS, as_dtype, bool_, float32, int32, int64, string
from graphlab.graph.registry import register
from graphlab.graph.shapes import UNKNOWN, TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arrays, build, elementwise, reductions
from graphlab.ops.constant import constant
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import name_scope
from graphlab.ops.shape_rules import unchanged
from graphlab.ops.static import constant_shape, constant_value


def _range_shape(op: Operation) -> TensorShape:
    values = [constant_value(t) for t in op.inputs]
    if any(v is None for v in values):
        return TensorShape.of((None,))
    return TensorShape.of((len(np.arange(*[v.item() for v in values if v is not None])),))


register(
    "Range",
    "start: Tidx, limit: Tidx, delta: Tidx -> output: Tidx",
    Tidx=NUMBERS,
    shape=_range_shape,
    lower=lambda k, start, limit, delta: np.arange(start, limit, delta).astype(k.out),
    stops_gradient=True,
)


def sequence(start: Any, limit: Any = None, delta: Any = 1, dtype: Any = None, name: str = "range") -> Tensor:
    """Returns start, start + delta, ... up to but not including limit. Mirrors `tf.range`."""
    if limit is None:
        start, limit = 0, start
    with name_scope(name, "Range", [start, limit, delta]) as scope:
        kind = as_dtype(dtype) if dtype is not None else None
        tensors = [
            v if isinstance(v, Tensor) else convert_to_tensor(v, dtype=kind, name=n)
            for v, n in ((start, "start"), (limit, "limit"), (delta, "delta"))
        ]
        if kind is None:
            hierarchy = [int32, int64, float32, as_dtype("float64")]
            kind = max((t.dtype.base_dtype for t in tensors), key=hierarchy.index)
        tensors = [elementwise.cast(t, kind) for t in tensors]
        return _node("Range", *tensors, name=scope)


register(
    "Fill",
    "dims: index_type, value: T -> output: T",
    T=EVERY,
    index_type=INDICES,
    shape=lambda op: constant_shape(op.inputs[0]),
    lower=lambda k, dims, value: k.xp.full(tuple(int(d) for d in dims), value, dtype=k.out),
    gradient=lambda op, grad: [None, reductions.reduce_sum(grad)],
)


def fill(dims: Any, value: Any, name: str | None = None) -> Tensor:
    """Returns a tensor of a shape with one value everywhere. Mirrors `tf.fill`."""
    return _node("Fill", dims, value, name=name)


def _constant_fill(value: int, dims: Any, dtype: Any, name: str | None, scope_name: str) -> Tensor:
    kind = as_dtype(dtype).base_dtype
    with name_scope(name, scope_name, [dims]) as scope:
        content: Any = bool(value) if kind is bool_ else ("" if kind is string else value)
        if not isinstance(dims, Tensor):
            static = (
                None
                if isinstance(dims, (list, tuple)) and any(isinstance(d, Tensor) for d in dims)
                else TensorShape(dims)
            )
            if static is not None and static.is_fully_defined() and (static.num_elements() or 0) < 1000:
                return constant(content, kind, shape=static, name=scope)
            dims = convert_to_tensor(dims if static is None else static, dtype=int32)
        dims = arrays.reshape(dims, [-1]) if dims.shape.ndims != 1 else dims
        return fill(dims, constant(content, kind), name=scope)


def zeros(shape: Any, dtype: Any = float32, name: str | None = None) -> Tensor:
    """Returns a tensor of zeros. Mirrors `tf.zeros`."""
    return _constant_fill(0, shape, dtype, name, "zeros")


def ones(shape: Any, dtype: Any = float32, name: str | None = None) -> Tensor:
    """Returns a tensor of ones. Mirrors `tf.ones`."""
    return _constant_fill(1, shape, dtype, name, "ones")


register(
    "ZerosLike",
    "x: T -> y: T",
    T=EVERY,
    shape=unchanged,
    lower=lambda k, x: k.xp.zeros(x.shape, k.out),
    stops_gradient=True,
)


def zeros_like(tensor: Any, dtype: Any = None, name: str | None = None, optimize: bool = True) -> Tensor:
    """Returns zeros in the shape of a tensor. Mirrors `tf.zeros_like`."""
    with name_scope(name, "zeros_like", [tensor]) as scope:
        source = convert_to_tensor(tensor, name="tensor")
        kind = source.dtype.base_dtype if dtype is None else as_dtype(dtype)
        if optimize and source.shape.is_fully_defined():
            return zeros(source.shape, kind, name=scope)
        if kind is not source.dtype.base_dtype:
            return zeros(arrays.shape(source), kind, name=scope)
        return _node("ZerosLike", source, name=scope)


def ones_like(tensor: Any, dtype: Any = None, name: str | None = None, optimize: bool = True) -> Tensor:
    """Returns ones in the shape of a tensor. Mirrors `tf.ones_like`."""
    with name_scope(name, "ones_like", [tensor]) as scope:
        source = convert_to_tensor(tensor, name="tensor")
        kind = source.dtype.base_dtype if dtype is None else as_dtype(dtype)
        return ones(arrays.shape_of(source) if optimize else arrays.shape(source, optimize=False), kind, name=scope)


def _tile_shape(op: Operation) -> TensorShape:
    times = constant_shape(op.inputs[1])
    given = op.inputs[0].shape
    if given.extents is None or times.extents is None:
        return UNKNOWN
    return TensorShape.of(
        tuple(None if d is None or m is None else d * m for d, m in zip(given.extents, times.extents, strict=True))
    )


def _tile_gradient(op: Operation, grad: Tensor) -> list[Any]:
    given = arrays.shape(op.inputs[0])
    split = arrays.reshape(arrays.transpose(arrays.stack([op.inputs[1], given])), [-1])
    axes = sequence(0, arrays.size(split), 2)
    return [reductions.reduce_sum(arrays.reshape(grad, split), axes), None]


register(
    "Tile",
    "input: T, multiples: Tmultiples -> output: T",
    T=EVERY,
    Tmultiples=INDICES,
    shape=_tile_shape,
    lower=lambda k, x, multiples: k.xp.tile(x, tuple(int(m) for m in multiples)),
    gradient=_tile_gradient,
)


def tile(input: Any, multiples: Any, name: str | None = None) -> Tensor:
    """Repeats a tensor `multiples[i]` times along each axis i. Mirrors `tf.tile`."""
    return _node("Tile", input, multiples, name=name)


def _node(op_type: str, *values: Any, name: str | None = None, **attrs: Any) -> Tensor:
    result: Tensor = build.add(op_type, *values, name=name, **attrs)
    return result
