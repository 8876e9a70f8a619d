"""Shapes and layout of tensors: identity, shape, reshape, transpose, fill, tile, select, pack."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphlab.graph.dtypes import EVERY, INDICES, NUMBERS, as_dtype, bool_, float32, int32, int64, string
from graphlab.graph.registry import register
from graphlab.graph.shapes import UNKNOWN, TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import build
from graphlab.ops.constant import constant
from graphlab.ops.convert import convert_to_tensor, register_tensor_conversion_function
from graphlab.ops.scopes import name_scope
from graphlab.ops.shape_rules import scalar, unchanged
from graphlab.ops.static import constant_shape, constant_value

register("Identity", "input: T -> output: T", T=EVERY, shape=unchanged, lower=lambda k, x: x, gradient=lambda op, grad: grad)


def identity(input: Any, name: str | None = None) -> Tensor:
    """Returns a tensor with the same value. Mirrors `tf.identity`."""
    return _node("Identity", input, name=name)


register("StopGradient", "input: T -> output: T", T=EVERY, shape=unchanged, lower=lambda k, x: x, stops_gradient=True)


def stop_gradient(input: Any, name: str | None = None) -> Tensor:
    """Returns the same value, through which no gradient flows back. Mirrors `tf.stop_gradient`."""
    return _node("StopGradient", input, name=name)


register(
    "Placeholder",
    "-> output: dtype",
    shape=lambda op: op.attr["shape"],
    lower=lambda k: None,
    stops_gradient=True,
)


def placeholder(dtype: Any, shape: Any = None, name: str | None = None) -> Tensor:
    """Adds a tensor whose value every run must feed. Mirrors `tf.placeholder`.

    Args:
        dtype: the element type.
        shape: the static shape; None for any, with None for extents of any size.
        name: the name of the operation.
    """
    return _node("Placeholder", name=name, dtype=as_dtype(dtype), shape=TensorShape(shape))


register("PlaceholderWithDefault", "input: dtype -> output: dtype", dtype=EVERY, shape=lambda op: op.attr["shape"], lower=lambda k, x: x, gradient=lambda op, grad: grad)


def placeholder_with_default(input: Any, shape: Any, name: str | None = None) -> Tensor:
    """Adds a tensor that a run may feed; else it has the value of `input`. Mirrors `tf.placeholder_with_default`."""
    return _node("PlaceholderWithDefault", input, name=name, shape=TensorShape(shape))


def _shape_shape(op: Operation) -> TensorShape:
    return TensorShape.of((op.inputs[0].shape.ndims,))


register(
    "Shape",
    "input: T -> output: out_type",
    T=EVERY,
    out_type=INDICES,
    shape=_shape_shape,
    lower=lambda k, x: np.array(x.shape, k.out),
    stops_gradient=True,
)


def shape(input: Any, name: str | None = None, out_type: Any = int32, optimize: bool = True) -> Tensor:
    """Returns the shape of a tensor as an integer vector: a constant when it is known now. Mirrors `tf.shape`."""
    with name_scope(name, "Shape", [input]) as scope:
        tensor = convert_to_tensor(input)
        kind = as_dtype(out_type)
        if optimize and tensor.shape.is_fully_defined():
            return constant(np.array(tensor.shape.as_list(), kind.numpy), kind, name=scope)
        return _node("Shape", tensor, name=scope, out_type=kind)


register("Size", "input: T -> output: out_type", T=EVERY, out_type=INDICES, shape=scalar, lower=lambda k, x: np.array(x.size, k.out), stops_gradient=True)


def size(input: Any, name: str | None = None, out_type: Any = int32) -> Tensor:
    """Returns the number of elements of a tensor. Mirrors `tf.size`."""
    with name_scope(name, "Size", [input]) as scope:
        tensor = convert_to_tensor(input)
        kind = as_dtype(out_type)
        if tensor.shape.is_fully_defined():
            return constant(np.array(tensor.shape.num_elements(), kind.numpy), kind, name=scope)
        return _node("Size", tensor, name=scope, out_type=kind)


register("Rank", "input: T -> output: int32", T=EVERY, shape=scalar, lower=lambda k, x: np.array(x.ndim, np.int32), stops_gradient=True)


def rank(input: Any, name: str | None = None) -> Tensor:
    """Returns the number of dimensions of a tensor. Mirrors `tf.rank`."""
    with name_scope(name, "Rank", [input]) as scope:
        tensor = convert_to_tensor(input)
        if tensor.shape.ndims is not None:
            return constant(tensor.shape.ndims, int32, name=scope)
        return _node("Rank", tensor, name=scope)


def _reshape_shape(op: Operation) -> TensorShape:
    wanted = constant_shape(op.inputs[1])
    total = op.inputs[0].shape.num_elements()
    if wanted.extents is None or total is None:
        return wanted
    known = [d for d in wanted.extents if d is not None]
    product = int(np.prod(known, dtype=np.int64))
    missing = len(wanted.extents) - len(known)
    if missing == 0 and product != total or missing == 1 and (total % product if product else total):
        raise ValueError(f"Cannot reshape a tensor with {total} elements to shape {wanted} ({product} elements)")
    if missing == 1 and product:
        return TensorShape.of(tuple(total // product if d is None else d for d in wanted.extents))
    return wanted


register(
    "Reshape",
    "tensor: T, shape: Tshape -> output: T",
    T=EVERY,
    Tshape=INDICES,
    shape=_reshape_shape,
    lower=lambda k, x, new: k.xp.reshape(x, tuple(int(d) for d in new)),
    gradient=lambda op, grad: [reshape(grad, shape(op.inputs[0])), None],
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
register("InvertPermutation", "x: T -> y: T", T=INDICES, shape=unchanged, lower=lambda k, x: k.xp.argsort(x).astype(k.out), stops_gradient=True)


def transpose(a: Any, perm: Any = None, name: str = "transpose") -> Tensor:
    """Permutes the dimensions; without `perm` reverses them. Mirrors `tf.transpose`."""
    with name_scope(name, "transpose", [a]) as scope:
        tensor = convert_to_tensor(a, name="a")
        if perm is None:
            if tensor.shape.ndims is not None:
                perm = np.arange(tensor.shape.ndims, dtype=np.int32)[::-1]
            else:
                dims = rank(tensor)
                perm = (dims - 1) - sequence(0, dims, 1)
        return _node("Transpose", tensor, perm, name=scope)


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
        tensors = [convert_to_tensor(v, dtype=kind, name=n) for v, n in ((start, "start"), (limit, "limit"), (delta, "delta"))]
        if kind is None:
            hierarchy = [int32, int64, float32, as_dtype("float64")]
            widest = max((t.dtype.base_dtype for t in tensors), key=hierarchy.index)
            tensors = [t if t.dtype.base_dtype is widest else build.add("Cast", t, DstT=widest) for t in tensors]
        return _node("Range", *tensors, name=scope)


register(
    "Fill",
    "dims: index_type, value: T -> output: T",
    T=EVERY,
    index_type=INDICES,
    shape=lambda op: constant_shape(op.inputs[0]),
    lower=lambda k, dims, value: k.xp.full(tuple(int(d) for d in dims), value, dtype=k.out),
    gradient=lambda op, grad: [None, build.add("Sum", grad, sequence(0, rank(op.outputs[0])), keep_dims=False)],
)


def fill(dims: Any, value: Any, name: str | None = None) -> Tensor:
    """Returns a tensor of a shape with one value everywhere. Mirrors `tf.fill`."""
    return _node("Fill", dims, value, name=name)


def _constant_fill(value: int, dims: Any, dtype: Any, name: str | None, scope_name: str) -> Tensor:
    kind = as_dtype(dtype).base_dtype
    with name_scope(name, scope_name, [dims]) as scope:
        content: Any = bool(value) if kind is bool_ else ("" if kind is string else value)
        if not isinstance(dims, Tensor):
            static = TensorShape(dims) if not (isinstance(dims, (list, tuple)) and any(isinstance(d, Tensor) for d in dims)) else None
            if static is not None and static.is_fully_defined() and (static.num_elements() or 0) < 1000:
                return constant(content, kind, shape=static, name=scope)
            dims = convert_to_tensor(dims if static is None else np.array(static.as_list(), np.int32), dtype=int32 if static is not None else None)
        dims = reshape(dims, [-1]) if dims.shape.ndims != 1 else dims
        return fill(dims, constant(content, kind), name=scope)


def zeros(shape: Any, dtype: Any = float32, name: str | None = None) -> Tensor:
    """Returns a tensor of zeros. Mirrors `tf.zeros`."""
    return _constant_fill(0, shape, dtype, name, "zeros")


def ones(shape: Any, dtype: Any = float32, name: str | None = None) -> Tensor:
    """Returns a tensor of ones. Mirrors `tf.ones`."""
    return _constant_fill(1, shape, dtype, name, "ones")


register("ZerosLike", "x: T -> y: T", T=EVERY, shape=unchanged, lower=lambda k, x: k.xp.zeros(x.shape, k.out), stops_gradient=True)


def zeros_like(tensor: Any, dtype: Any = None, name: str | None = None, optimize: bool = True) -> Tensor:
    """Returns zeros in the shape of a tensor. Mirrors `tf.zeros_like`."""
    with name_scope(name, "zeros_like", [tensor]) as scope:
        source = convert_to_tensor(tensor, name="tensor")
        kind = source.dtype.base_dtype if dtype is None else as_dtype(dtype)
        if optimize and source.shape.is_fully_defined():
            return zeros(source.shape, kind, name=scope)
        if kind is not source.dtype.base_dtype:
            return zeros(shape(source), kind, name=scope)
        return _node("ZerosLike", source, name=scope)


def ones_like(tensor: Any, dtype: Any = None, name: str | None = None, optimize: bool = True) -> Tensor:
    """Returns ones in the shape of a tensor. Mirrors `tf.ones_like`."""
    with name_scope(name, "ones_like", [tensor]) as scope:
        source = convert_to_tensor(tensor, name="tensor")
        kind = source.dtype.base_dtype if dtype is None else as_dtype(dtype)
        return ones(shape(source, optimize=optimize), kind, name=scope)


def _tile_shape(op: Operation) -> TensorShape:
    times = constant_shape(op.inputs[1])
    given = op.inputs[0].shape
    if given.extents is None or times.extents is None:
        return UNKNOWN
    return TensorShape.of(tuple(None if d is None or m is None else d * m for d, m in zip(given.extents, times.extents, strict=True)))


def _tile_gradient(op: Operation, grad: Tensor) -> list[Any]:
    given = shape(op.inputs[0])
    split = reshape(transpose(stack([op.inputs[1], given])), [-1])
    axes = sequence(0, size(split), 2)
    return [build.add("Sum", reshape(grad, split), axes, keep_dims=False), None]


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


def _select_gradient(op: Operation, grad: Tensor) -> list[Any]:
    condition = op.inputs[0]
    zero = zeros_like(op.inputs[1])
    return [None, _node("Select", condition, grad, zero), _node("Select", condition, zero, grad)]


def _lower_select(k: Any, condition: Any, x: Any, y: Any) -> Any:
    if k.xp.ndim(condition) == 1 and k.xp.ndim(x) > 1:
        condition = k.xp.reshape(condition, (-1,) + (1,) * (x.ndim - 1))
    return k.xp.where(condition, x, y)


register(
    "Select",
    "condition: bool, t: T, e: T -> output: T",
    T=EVERY,
    shape=lambda op: op.inputs[1].shape.merge_with(op.inputs[2].shape),
    lower=_lower_select,
    gradient=_select_gradient,
)


def where(condition: Any, x: Any = None, y: Any = None, name: str | None = None) -> Tensor:
    """Returns x where the condition holds and y elsewhere. Mirrors `tf.where` with three arguments.

    Raises:
        ValueError: only one of x and y is given.
    """
    if x is None or y is None:
        raise ValueError("x and y must both be given: tf.where(condition, x, y).")
    return _node("Select", condition, x, y, name=name)


def _pack_shape(op: Operation) -> TensorShape:
    merged = UNKNOWN
    for tensor in op.inputs:
        merged = merged.merge_with(tensor.shape)
    if merged.extents is None:
        return UNKNOWN
    axis = op.attr["axis"] % (len(merged.extents) + 1)
    return TensorShape.of((*merged.extents[:axis], len(op.inputs), *merged.extents[axis:]))


register(
    "Pack",
    "values: N*T -> output: T",
    T=EVERY,
    axis=0,
    shape=_pack_shape,
    lower=lambda k, *values: k.xp.stack(values, axis=k.attr["axis"]),
    gradient=lambda op, grad: unstack(grad, num=len(op.inputs), axis=op.attr["axis"]),
)


def stack(values: Any, axis: int = 0, name: str = "stack") -> Tensor:
    """Joins tensors of one shape along a new axis. Mirrors `tf.stack`.

    Raises:
        ValueError: the shapes differ.
    """
    if axis == 0 and not any(hasattr(v, "graph") for v in values):
        return convert_to_tensor(values, name=name)
    return _node("Pack", list(values), name=name, axis=axis)


def _unpack_shape(op: Operation) -> list[TensorShape]:
    given = op.inputs[0].shape
    if given.extents is None:
        return [UNKNOWN] * op.attr["num"]
    axis = op.attr["axis"] % len(given.extents)
    return [TensorShape.of(given.extents[:axis] + given.extents[axis + 1 :])] * int(op.attr["num"])


def _lower_unpack(k: Any, value: Any) -> tuple[Any, ...]:
    moved = k.xp.moveaxis(value, k.attr["axis"], 0)
    return tuple(moved[i] for i in range(k.attr["num"]))


register(
    "Unpack",
    "value: T -> output: num*T",
    T=EVERY,
    axis=0,
    shape=_unpack_shape,
    lower=_lower_unpack,
    gradient=lambda op, *grads: stack(list(grads), axis=op.attr["axis"]),
)


def unstack(value: Any, num: int | None = None, axis: int = 0, name: str = "unstack") -> list[Tensor]:
    """Returns the slices of a tensor along an axis. Mirrors `tf.unstack`.

    Raises:
        ValueError: `num` is not given and the extent of the axis is unknown.
    """
    tensor = convert_to_tensor(value)
    if num is None:
        if tensor.shape.extents is None or tensor.shape.extents[axis] is None:
            raise ValueError(f"Cannot infer argument `num` from shape {tensor.shape}")
        num = tensor.shape.extents[axis]
    tensors: list[Tensor] = build.add("Unpack", tensor, name=name, num=num, axis=axis)
    return tensors


def expand_dims(input: Any, axis: Any = None, name: str | None = None) -> Tensor:
    """Inserts an axis of extent 1. Mirrors `tf.expand_dims`."""
    return _node("ExpandDims", input, axis, name=name)


def _expand_dims_shape(op: Operation) -> TensorShape:
    axis = constant_value(op.inputs[1])
    given = op.inputs[0].shape
    if axis is None or given.extents is None:
        return UNKNOWN
    position = int(axis) % (len(given.extents) + 1)
    return TensorShape.of((*given.extents[:position], 1, *given.extents[position:]))


register(
    "ExpandDims",
    "input: T, dim: Tdim -> output: T",
    T=EVERY,
    Tdim=INDICES,
    shape=_expand_dims_shape,
    lower=lambda k, x, axis: k.xp.expand_dims(x, int(axis)),
    gradient=lambda op, grad: [reshape(grad, shape(op.inputs[0])), None],
)


def _node(op_type: str, *values: Any, name: str | None = None, **attrs: Any) -> Tensor:
    result: Tensor = build.add(op_type, *values, name=name, **attrs)
    return result


def _pack_list(value: Any, dtype: Any, name: str | None, as_ref: bool) -> Any:
    """Stacks a list that holds tensors, as in `tf.reshape(x, [n, -1])` with a tensor n."""
    flat: list[Any] = list(value)
    nested = flat
    while nested and isinstance(nested[0], (list, tuple)):
        nested = [v for part in nested if isinstance(part, (list, tuple)) for v in part]
    if not any(hasattr(v, "graph") for v in [*flat, *nested]):
        return NotImplemented
    with name_scope(name, "packed", []) as scope:
        kind = dtype or next(v.dtype.base_dtype for v in [*nested, *flat] if hasattr(v, "graph"))
        parts = [_pack_list(v, kind, None, False) if isinstance(v, (list, tuple)) else v for v in flat]
        return _node("Pack", [convert_to_tensor(p, dtype=kind if not isinstance(p, Tensor) else None, name=str(i)) for i, p in enumerate(parts)], name=scope, axis=0)


register_tensor_conversion_function((list, tuple), _pack_list, 99)

