"""Adds up the gradients that reach one tensor on several ways."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from graphlab.graph.dtypes import int32, int64
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arithmetic, build, elementwise, gathering, joining
from graphlab.ops.indexed_slices import IndexedSlices
from graphlab.ops.scopes import colocate_with, name_scope

Gradient = Tensor | IndexedSlices


class AggregationMethod:
    """How gradients are added up. Mirrors `tf.AggregationMethod`."""

    ADD_N: Final = 0
    DEFAULT: Final = ADD_N
    EXPERIMENTAL_TREE: Final = 1
    EXPERIMENTAL_ACCUMULATE_N: Final = 2


def check_method(method: int | None) -> None:
    """Raises ValueError unless the argument is an aggregation method or None."""
    valid = [AggregationMethod.ADD_N, AggregationMethod.EXPERIMENTAL_TREE, AggregationMethod.EXPERIMENTAL_ACCUMULATE_N]
    if method is not None and method not in valid:
        raise ValueError(f"Invalid `aggregation_method` specified {method}. Accepted values are {valid}.")


def total(parts: Sequence[Gradient], op: Operation, method: int | None) -> Gradient | None:
    """Returns the sum of gradients, None for none.

    Args:
        parts: the gradients, tensors or slices.
        op: the operation whose output they belong to.
        method: one of `AggregationMethod`.
    """
    if len(parts) < 2:
        return parts[0] if parts else None
    tensors = [part for part in parts if isinstance(part, Tensor)]
    slices = [part for part in parts if isinstance(part, IndexedSlices)]
    if not tensors:
        return _joined(slices)
    if slices:
        mixed: Tensor = build.add("AddN", list(parts))
        return mixed
    if method:
        return _tree(tensors, op)
    return _sum_by_device(tensors)


def _tree(tensors: list[Tensor], op: Operation) -> Tensor:
    with name_scope(f"{op.name}_gradient_sum"):
        running = tensors[0]
        for tensor in tensors[1:]:
            running = arithmetic.add_n([running, tensor])
        return running


def _sum_by_device(tensors: list[Tensor]) -> Tensor:
    by_device: dict[str, list[Tensor]] = {}
    for tensor in tensors:
        by_device.setdefault(tensor.device, []).append(tensor)
    sums = []
    for device in sorted(by_device):
        group = by_device[device]
        with colocate_with(group[0].op, ignore_existing=True):
            sums.append(arithmetic.add_n(group))
    return arithmetic.add_n(sums)


def _joined(slices: list[IndexedSlices]) -> IndexedSlices:
    """The rows of all slices, one after the other."""
    flat = [_flat(s) for s in _with_one_index_type(slices)]
    values = joining.concat([s.values for s in flat], axis=0)
    indices = joining.concat([s.indices for s in flat], axis=0)
    return IndexedSlices(values, indices, flat[0].dense_shape)


def _with_one_index_type(slices: list[IndexedSlices]) -> list[IndexedSlices]:
    if len({s.indices.dtype for s in slices}) < 2:
        return slices
    return [
        IndexedSlices(s.values, elementwise.cast(s.indices, int64), s.dense_shape) if s.indices.dtype is int32 else s
        for s in slices
    ]


def _flat(slices: IndexedSlices) -> IndexedSlices:
    """Slices of a tensor where they are slices of slices."""
    inner: Any = slices.values
    if not isinstance(inner, IndexedSlices):
        return slices
    rows = _flat(inner)
    return IndexedSlices(rows.values, gathering.gather(slices.indices, rows.indices), rows.dense_shape)
