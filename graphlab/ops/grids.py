"""Regular patterns of numbers: even spacing, grids, masks of lengths, one-hot vectors."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphlab.graph.dtypes import EVERY, as_dtype, float32, int32, int64, uint8
from graphlab.graph.registry import register
from graphlab.graph.shapes import UNKNOWN, TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arithmetic, arrays, build, comparisons, elementwise, reshaping, selecting, shapes, slicing
from graphlab.ops.constant import constant
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import name_scope
from graphlab.ops.static import constant_value


def linspace(start: Any, stop: Any, num: Any, name: str | None = None, axis: int = 0) -> Tensor:
    """Returns `num` evenly spaced numbers from `start` to `stop`, both included. Mirrors `tf.linspace`.

    Args:
        start: the first number, or a tensor of first numbers.
        stop: the last one, of the same type.
        num: how many numbers.
        name: the name scope.
        axis: where the new axis stands.
    """
    with name_scope(name, "linspace", [start, stop]):
        start = convert_to_tensor(start, name="start")
        stop = convert_to_tensor(stop, name="stop", dtype=start.dtype)
        count = build.add("Cast", convert_to_tensor(num, name="num", preferred_dtype=int32), DstT=int32)
        elementwise.cast(count, start.dtype)
        target = shapes.broadcast_dynamic_shape(arrays.shape(start), arrays.shape(stop))
        start, stop = (reshaping.broadcast_to(t, target) for t in (start, stop))
        first, last = arrays.expand_dims(start, axis), arrays.expand_dims(stop, axis)
        extents = arrays.shape(first)
        rank = arrays.shape(extents)[0]
        place = selecting.where_v2(axis >= 0, axis, rank + axis)
        between = arithmetic.maximum(count - 2, 0)
        steps = arithmetic.maximum(count - 1, 1)
        delta = (last - first) / elementwise.cast(steps, last.dtype)
        end = selecting.where_v2(count >= 0, steps, -1)
        numbers = elementwise.cast(arrays.sequence(1, end, dtype=int64), delta.dtype)
        is_axis = comparisons.equal(place, arrays.sequence(rank))
        inner = first + delta * arrays.reshape(numbers, selecting.where_v2(is_axis, between, 1))
        whole = arrays.concat((first, inner, last), place)
        begin = arrays.zeros_like(extents)
        size = arrays.concat((extents[0:place], arrays.reshape(count, [1]), extents[place + 1 :]), 0)
        return slicing.slice_(whole, begin, size)


def meshgrid(*args: Any, indexing: str = "xy", name: str | None = None) -> list[Tensor]:
    """Returns the coordinates of the points of a grid, one tensor for each axis. Mirrors `tf.meshgrid`.

    Args:
        *args: the coordinates along each axis.
        indexing: `xy` puts the first coordinates along the second axis, `ij` along the first.
        name: the name scope.

    Raises:
        ValueError: the indexing is unknown.
    """
    if indexing not in ("xy", "ij"):
        raise ValueError(f"Argument `indexing` parameter must be either 'xy' or 'ij', got '{indexing}'")
    with name_scope(name, "meshgrid", args):
        rank = len(args)
        if not rank:
            return []
        ones = (1,) * rank
        lines = [
            arrays.reshape(convert_to_tensor(x, name="stack"), (*ones[:i], -1, *ones[i + 1 :]))
            for i, x in enumerate(args)
        ]
        sizes = [arrays.size(x) for x in args]
        kind = convert_to_tensor(args[0]).dtype.base_dtype
        if indexing == "xy" and rank > 1:
            lines[0] = arrays.reshape(lines[0], (1, -1) + (1,) * (rank - 2))
            lines[1] = arrays.reshape(lines[1], (-1, 1) + (1,) * (rank - 2))
            sizes[0], sizes[1] = sizes[1], sizes[0]
        full = arrays.ones(sizes, kind)
        return [line * full for line in lines]


def sequence_mask(lengths: Any, maxlen: Any = None, dtype: Any = None, name: str | None = None) -> Tensor:
    """Returns for each length a row that is true in its first so many places. Mirrors `tf.sequence_mask`.

    Args:
        lengths: integers.
        maxlen: the length of the rows; default the largest length.
        dtype: the element type of the result; default bool.
        name: the name scope.

    Raises:
        ValueError: `maxlen` is no scalar.
    """
    with name_scope(name, "SequenceMask", [lengths, maxlen]):
        lengths = convert_to_tensor(lengths)
        if maxlen is None:
            axes = constant(np.arange(lengths.shape.ndims or 0, dtype=np.int32))
            longest = build.add("Max", lengths, axes, keep_dims=False)
            limit = arithmetic.maximum(constant(0, longest.dtype), longest)
        else:
            limit = convert_to_tensor(maxlen)
        if limit.shape.ndims not in (None, 0):
            raise ValueError(
                f"Argument `maxlen` must be scalar for sequence_mask, received `maxlen` = {limit} with shape '{limit.shape}' instead"
            )
        row = build.add("Range", constant(0, limit.dtype), limit, constant(1, limit.dtype))
        column = build.add("Cast", arrays.expand_dims(lengths, -1), DstT=limit.dtype)
        mask: Tensor = row < column
        return (
            mask
            if dtype is None or mask.dtype.is_compatible_with(dtype)
            else build.add("Cast", mask, DstT=as_dtype(dtype))
        )


def _one_hot_shape(op: Operation) -> TensorShape:
    extents, depth, axis = op.inputs[0].shape.extents, constant_value(op.inputs[1]), op.attr["axis"]
    if extents is None:
        return UNKNOWN
    place = len(extents) if axis == -1 else axis
    return TensorShape.of((*extents[:place], None if depth is None else int(depth), *extents[place:]))


def _lower_one_hot(k: Any, indices: Any, depth: Any, on: Any, off: Any) -> Any:
    axis = k.attr["axis"]
    numbers = np.arange(int(depth)).reshape(-1, *[1] * (0 if axis == -1 else indices.ndim - axis))
    return k.xp.where(k.xp.expand_dims(indices, axis) == (numbers if axis != -1 else numbers.ravel()), on, off)


register(
    "OneHot",
    "indices: TI, depth: int32, on_value: T, off_value: T -> output: T",
    TI=(uint8, as_dtype("int8"), int32, int64),
    T=EVERY,
    axis=-1,
    shape=_one_hot_shape,
    lower=_lower_one_hot,
    stops_gradient=True,
)


def one_hot(
    indices: Any,
    depth: Any,
    on_value: Any = None,
    off_value: Any = None,
    axis: int | None = None,
    dtype: Any = None,
    name: str | None = None,
) -> Tensor:
    """Returns for each index a vector that is `on_value` at this place and `off_value` elsewhere. Mirrors `tf.one_hot`.

    Args:
        indices: integers; one outside `[0, depth)` gives a vector without `on_value`.
        depth: the length of the vectors.
        on_value: default 1.
        off_value: default 0.
        axis: where the new axis stands; default last.
        dtype: the element type; default that of the values, or float32.
        name: the name of the operation.

    Raises:
        TypeError: the values do not have the type, or two types.
    """
    with name_scope(name, "one_hot", [indices, depth, on_value, off_value, axis, dtype]) as scope:
        kind = None if dtype is None else as_dtype(dtype)
        given = [None if v is None else convert_to_tensor(v, preferred_dtype=kind) for v in (on_value, off_value)]
        for label, tensor in zip(("on_value", "off_value"), given, strict=True):
            if tensor is not None and kind is not None and tensor.dtype.base_dtype is not kind:
                raise TypeError(f"dtype {tensor.dtype.base_dtype} of {label} does not match dtype parameter {kind}")
        kind = kind or next((t.dtype.base_dtype for t in given if t is not None), float32)
        on, off = (
            t if t is not None else convert_to_tensor(default, dtype=kind, name=label)
            for t, default, label in zip(given, (1, 0), ("on_value", "off_value"), strict=True)
        )
        if on.dtype.base_dtype is not off.dtype.base_dtype:
            raise TypeError(
                f"dtype {on.dtype.base_dtype} of on_value does not match dtype {off.dtype.base_dtype} of off_value"
            )
        result: Tensor = build.add("OneHot", indices, depth, on, off, axis=-1 if axis is None else axis, name=scope)
        return result
