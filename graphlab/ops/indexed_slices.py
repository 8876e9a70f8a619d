"""Slices of a tensor at given rows: how gradients of lookups touch only the rows that were looked up."""

from __future__ import annotations

from typing import Any, NamedTuple

from graphlab.graph.dtypes import DType, as_dtype
from graphlab.graph.graph import Graph
from graphlab.graph.shapes import UNKNOWN, TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import build
from graphlab.ops.convert import convert_to_tensor, register_tensor_conversion_function
from graphlab.ops.static import constant_shape


class IndexedSlicesValue(NamedTuple):
    """What a run returns for `IndexedSlices`. Mirrors `tf.IndexedSlicesValue`.

    Attributes:
        values: the rows, an array of shape `[n, ...]`.
        indices: their positions, an integer array of shape `[n]`.
        dense_shape: the shape of the larger tensor, an integer vector, or None if unknown.
    """

    values: Any
    indices: Any
    dense_shape: Any


class IndexedSlices:
    """Rows `values` of a larger tensor, at the positions `indices`; all other rows are zero. Mirrors `tf.IndexedSlices`.

    A position may occur several times: then its rows are added up.

    Attributes:
        values: the rows, a tensor of shape `[n, ...]`.
        indices: their positions, an integer tensor of shape `[n]`.
        dense_shape: the shape of the larger tensor, an integer vector, or None if unknown.
    """

    def __init__(self, values: Any, indices: Any, dense_shape: Any = None) -> None:
        self.values = values
        self.indices = indices
        self.dense_shape = dense_shape

    @property
    def name(self) -> str:
        """The name of the rows."""
        return str(self.values.name)

    @property
    def dtype(self) -> DType:
        """The element type of the rows."""
        dtype: DType = self.values.dtype
        return dtype

    @property
    def shape(self) -> TensorShape:
        """What is known of the larger tensor's shape."""
        return UNKNOWN if self.dense_shape is None else constant_shape(self.dense_shape)

    def get_shape(self) -> TensorShape:
        """Returns what is known of the larger tensor's shape."""
        return self.shape

    @property
    def op(self) -> Operation:
        """The operation that makes the rows."""
        op: Operation = self.values.op
        return op

    @property
    def graph(self) -> Graph:
        """The graph that holds the rows."""
        graph: Graph = self.values.graph
        return graph

    @property
    def device(self) -> str:
        """The device of the rows."""
        return str(self.values.device)

    def __neg__(self) -> IndexedSlices:
        return IndexedSlices(-self.values, self.indices, self.dense_shape)

    def __str__(self) -> str:
        shape = "" if self.dense_shape is None else f", dense_shape={self.dense_shape}"
        return f"IndexedSlices(indices={self.indices}, values={self.values}{shape})"


def convert_to_tensor_or_indexed_slices(value: Any, dtype: Any = None, name: str | None = None) -> Any:
    """Returns slices as they are and all else as a tensor. Mirrors `tf.convert_to_tensor_or_indexed_slices`."""
    if not isinstance(value, IndexedSlices):
        return convert_to_tensor(value, dtype=dtype, name=name)
    if dtype is not None:
        _check_dtype(value, as_dtype(dtype))
    return value


def _to_tensor(value: IndexedSlices, dtype: DType | None, name: str | None, as_ref: bool) -> Tensor:
    if dtype is not None:
        _check_dtype(value, dtype)
    if value.dense_shape is None:
        raise ValueError(
            f"Tensor conversion requested for IndexedSlices for argument `value` without dense_shape: {value}. "
            "Give it one, or use its values and indices."
        )
    dense: Tensor = build.add("UnsortedSegmentSum", value.values, value.indices, value.dense_shape[0], name=name)
    return dense


def _check_dtype(value: IndexedSlices, dtype: DType) -> None:
    if not dtype.is_compatible_with(value.dtype):
        raise ValueError(
            f"Incompatible tensor conversion requested to `dtype` {dtype.name} for IndexedSlices ({value}) with dtype "
            f"{value.dtype.name}. Use tf.cast on its values."
        )


register_tensor_conversion_function(IndexedSlices, _to_tensor)
