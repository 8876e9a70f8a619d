"""Joining tensors along an axis and taking them apart again."""

from __future__ import annotations

import numbers
from typing import Any

import numpy as np

from graphlab.graph.dtypes import EVERY, INDICES, int32
from graphlab.graph.registry import register
from graphlab.graph.shapes import UNKNOWN, Dimension, TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arrays, build, gathering, reductions, reshaping, shapes, slicing
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import name_scope
from graphlab.ops.static import constant_value, partial_values


def _concat_shape(op: Operation) -> TensorShape:
    axis = constant_value(op.inputs[-1])
    shapes = [t.shape for t in op.inputs[:-1]]
    rank = next((s.ndims for s in shapes if s.ndims is not None), None)
    if rank is None:
        return UNKNOWN
    if rank == 0:
        raise ValueError("Can't concatenate scalars (use tf.stack instead)")
    if axis is None:
        return TensorShape.of((None,) * rank)
    if not -rank <= axis < rank:
        raise ValueError(f"Expected concatenation axis in range [{-rank}, {rank}), but got {axis}")
    place = int(axis) % rank
    rest = TensorShape.of((None,) * rank)
    total: int | None = 0
    for shape in shapes:
        extents = list(shape.with_rank(rank).known)
        total = None if total is None or extents[place] is None else total + (extents[place] or 0)
        extents[place] = None
        rest = rest.merge_with(TensorShape.of(tuple(extents)))
    return TensorShape.of((*rest.known[:place], total, *rest.known[place + 1 :]))


def _concat_gradient(op: Operation, grad: Tensor) -> list[Any]:
    values, axis = op.inputs[:-1], op.inputs[-1]
    if len(values) == 1:
        return [grad, None]
    place = axis % arrays.rank(values[0])
    sizes = _sizes(list(values))
    if len(sizes) > 16:
        along = arrays.stack(sizes, axis=1)
        chosen = reshaping.squeeze(slicing.slice_(along, [place, 0], [1, -1]))
        return [*split(grad, chosen, place), None]
    offsets: list[Tensor] = build.add("ConcatOffset", place, sizes)
    return [*(slicing.slice_(grad, begin, size) for begin, size in zip(offsets, sizes, strict=True)), None]


def _sizes(values: list[Tensor]) -> list[Tensor]:
    sizes: list[Tensor] = []
    for value in values:
        size = arrays.shape(value)
        if size.op.type != "Const":
            return shapes.shape_n(values)
        sizes.append(size)
    return sizes


register(
    "ConcatV2",
    "values: N*T, axis: Tidx -> output: T",
    T=EVERY,
    Tidx=INDICES,
    shape=_concat_shape,
    lower=lambda k, *v: k.xp.concatenate(v[:-1], axis=int(v[-1])),
    gradient=_concat_gradient,
)


def _lower_offset(k: Any, axis: Any, *shapes: Any) -> tuple[Any, ...]:
    offsets = []
    position = 0
    for shape in shapes:
        offset = np.zeros(len(shape), k.out)
        offset[int(axis)] = position
        position += shape[int(axis)]
        offsets.append(offset)
    return tuple(offsets)


register(
    "ConcatOffset",
    "concat_dim: int32, shape: N*shape_type -> offset: N*shape_type",
    shape_type=INDICES,
    shape=lambda op: [t.shape for t in op.inputs[1:]],
    lower=_lower_offset,
    stops_gradient=True,
)


def concat(values: Any, axis: Any, name: str = "concat") -> Tensor:
    """Joins tensors along an axis that they have. Mirrors `tf.concat`.

    Raises:
        TypeError: the element types differ.
        ValueError: the other extents differ.
    """
    if not isinstance(values, (list, tuple)):
        values = [values]
    if len(values) == 1:
        with name_scope(name):
            convert_to_tensor(axis, dtype=int32, name="concat_dim")
            return arrays.identity(values[0], name=name)
    result: Tensor = build.add("ConcatV2", list(values), axis, name=name)
    return result


def _split_shape(op: Operation) -> list[TensorShape]:
    count = int(op.attr["num_split"])
    axis, given = constant_value(op.inputs[0]), op.inputs[1].shape
    if given.extents is None or axis is None:
        return [UNKNOWN if given.extents is None else TensorShape.of((None,) * len(given.extents))] * count
    place = _place(int(axis), len(given.extents))
    extent = given.extents[place]
    if extent is not None and extent % count:
        raise ValueError(
            f"Dimension size must be evenly divisible by {count} but is {extent}. Number of ways to split should evenly divide the split dimension"
        )
    return [_with_extent(given, place, None if extent is None else extent // count)] * count


def _place(axis: int, rank: int) -> int:
    if not -rank <= axis < rank:
        raise ValueError(f"Dimension {axis} is not in the interval [{-rank}, {rank - 1}]")
    return axis % rank


def _with_extent(shape: TensorShape, place: int, extent: int | None) -> TensorShape:
    return TensorShape.of((*shape.known[:place], extent, *shape.known[place + 1 :]))


register(
    "Split",
    "split_dim: int32, value: T -> output: num_split*T",
    T=EVERY,
    shape=_split_shape,
    lower=lambda k, axis, x: tuple(k.xp.split(x, k.attr["num_split"], axis=int(axis))),
    gradient=lambda op, *grads: [None, concat(list(grads), op.inputs[0])],
)


def _split_v_shape(op: Operation) -> list[TensorShape]:
    given, sizes, axis = op.inputs[0].shape, partial_values(op.inputs[1]), constant_value(op.inputs[2])
    count = int(op.attr["num_split"])
    if given.extents is None or axis is None or sizes is None:
        return [UNKNOWN if given.extents is None else TensorShape.of((None,) * len(given.extents))] * count
    place = _place(int(axis), len(given.extents))
    extent = given.extents[place]
    known = [s for s in sizes if s is not None and s >= 0]
    rest = None if extent is None else extent - sum(known)
    if None not in sizes and -1 not in sizes and rest:
        raise ValueError(
            f"Sum of output sizes must match the size of the original Tensor along the split dimension: {extent}, but is {sum(known)}"
        )
    return [_with_extent(given, place, rest if s == -1 else s) for s in sizes]


def _lower_split_v(k: Any, x: Any, sizes: Any, axis: Any) -> tuple[Any, ...]:
    extents = [int(s) for s in sizes]
    if -1 in extents:
        extents[extents.index(-1)] = x.shape[int(axis)] - sum(extents) - 1
    if sum(extents) != x.shape[int(axis)]:
        raise ValueError(f"The sizes {extents} do not add up to the extent {x.shape[int(axis)]} of axis {int(axis)}")
    return tuple(k.xp.split(x, list(np.cumsum(extents)[:-1]), axis=int(axis)))


register(
    "SplitV",
    "value: T, size_splits: Tlen, split_dim: int32 -> output: num_split*T",
    T=EVERY,
    Tlen=INDICES,
    shape=_split_v_shape,
    lower=_lower_split_v,
    gradient=lambda op, *grads: [concat(list(grads), op.inputs[2]), None, None],
)


def split(
    value: Any, num_or_size_splits: Any, axis: Any = 0, num: int | None = None, name: str = "split"
) -> list[Tensor]:
    """Takes a tensor apart along an axis: into equally many parts, or parts of given sizes. Mirrors `tf.split`.

    Raises:
        ValueError: the extent cannot be split so, or the number of parts is unknown.
    """
    tensors: list[Tensor]
    if isinstance(num_or_size_splits, (numbers.Integral, Dimension)):
        tensors = build.add("Split", axis, value, num_split=int(num_or_size_splits), name=name)
        return tensors
    sizes = convert_to_tensor(num_or_size_splits)
    if sizes.shape.ndims == 0:
        raise ValueError(
            "Rank-0 tensors are not supported as the num_or_size_splits argument to split. Pass an int, or a list of sizes."
        )
    count = num if num is not None else sizes.shape.num_elements()
    if count is None:
        raise ValueError(f"Cannot infer argument `num` from shape {sizes.shape}")
    tensors = build.add("SplitV", value, sizes, axis, num_split=count, name=name)
    return tensors


def _partition_shape(op: Operation) -> list[TensorShape]:
    data, partitions = op.inputs[0].shape, op.inputs[1].shape
    tail = (
        UNKNOWN
        if data.extents is None or partitions.extents is None
        else TensorShape.of((None, *data.extents[len(partitions.extents) :]))
    )
    return [tail] * int(op.attr["num_partitions"])


def _partition_gradient(op: Operation, *grads: Tensor) -> list[Any]:
    data, partitions = op.inputs
    prefix = arrays.shape(partitions)
    places = arrays.reshape(arrays.sequence(reductions.reduce_prod(prefix)), prefix)
    parts = dynamic_partition(places, partitions, op.attr["num_partitions"])
    whole = build.add("ParallelDynamicStitch", parts, list(grads))
    return [arrays.reshape(whole, arrays.shape(data)), None]


register(
    "DynamicPartition",
    "data: T, partitions: int32 -> outputs: num_partitions*T",
    T=EVERY,
    shape=_partition_shape,
    lower=lambda k, data, partitions: tuple(data[np.asarray(partitions) == i] for i in range(k.attr["num_partitions"])),
    gradient=_partition_gradient,
)


def dynamic_partition(data: Any, partitions: Any, num_partitions: int, name: str | None = None) -> list[Tensor]:
    """Sorts rows into `num_partitions` tensors by the number that each has in `partitions`. Mirrors `tf.dynamic_partition`."""
    tensors: list[Tensor] = build.add("DynamicPartition", data, partitions, num_partitions=num_partitions, name=name)
    return tensors


def _stitch_shape(op: Operation) -> TensorShape:
    half = len(op.inputs) // 2
    tail = UNKNOWN
    for index, data in zip(op.inputs[:half], op.inputs[half:], strict=True):
        if data.shape.extents is not None and index.shape.ndims is not None:
            tail = tail.merge_with(data.shape.extents[index.shape.ndims :])
    known = [constant_value(t) for t in op.inputs[:half]]
    rows = (
        None if any(v is None for v in known) else max([int(np.max(v, initial=-1)) for v in known if v is not None]) + 1
    )
    return TensorShape.of((rows,)).concatenate(tail)


def _lower_stitch(k: Any, *inputs: Any) -> Any:
    half = len(inputs) // 2
    rows = [np.ravel(np.asarray(i)) for i in inputs[:half]]
    tail = inputs[half].shape[np.ndim(inputs[0]) :]
    total = max((int(r.max(initial=-1)) for r in rows), default=-1) + 1
    source = np.zeros(total, np.int64)
    start = 0
    for row in rows:
        source[row] = np.arange(start, start + len(row))
        start += len(row)
    data = [k.xp.reshape(d, (r.size, *tail)) for r, d in zip(rows, inputs[half:], strict=True)]
    return k.xp.concatenate(data)[source] if start else k.xp.zeros((total, *tail), k.out)


def _stitch_gradient(op: Operation, grad: Tensor) -> list[Any]:
    half = len(op.inputs) // 2
    return [None] * half + [gathering.gather(grad, rows) for rows in op.inputs[:half]]


for _op_type in ("DynamicStitch", "ParallelDynamicStitch"):
    register(
        _op_type,
        "indices: N*int32, data: N*T -> merged: T",
        T=EVERY,
        shape=_stitch_shape,
        lower=_lower_stitch,
        gradient=_stitch_gradient,
    )


def dynamic_stitch(indices: Any, data: Any, name: str | None = None) -> Tensor:
    """Puts the rows of several tensors at the places that `indices` names; the last one wins. Mirrors `tf.dynamic_stitch`."""
    result: Tensor = build.add("DynamicStitch", list(indices), list(data), name=name)
    return result
