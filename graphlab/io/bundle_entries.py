"""What the index of a checkpoint says of each tensor. The format is TensorFlow's V2 bundle."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from tensorboard.compat.proto import types_pb2

from graphlab.graph import dtypes
from graphlab.graph.dtypes import DType
from graphlab.graph.shapes import TensorShape
from graphlab.io.messages import BundleEntryProto


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a tensor lies and what it is.

    Attributes:
        dtype_number: its element type, a number of TensorFlow's `DataType`.
        shape: its extents.
        shard: the number of the data file.
        offset: its first byte there.
        size: how many bytes it has there.
        checksum: their masked CRC-32C.
        is_sliced: whether the tensor is stored in slices, under other keys.
    """

    dtype_number: int
    shape: tuple[int, ...]
    shard: int
    offset: int
    size: int
    checksum: int
    is_sliced: bool = False

    @classmethod
    def decoded(cls, data: bytes) -> Entry:
        """Reads an entry of the index.

        Raises:
            ValueError: it is damaged; the message says how.
        """
        message = BundleEntryProto.FromString(data)
        shape = tuple(dim.size for dim in message.shape.dim)
        if message.shape.unknown_rank or any(extent < 0 for extent in shape):
            raise ValueError("its shape is not known")
        if message.offset < 0 or message.size < 0 or message.shard_id < 0:
            raise ValueError("its place in the file is negative")
        entry = cls(
            message.dtype,
            shape,
            message.shard_id,
            message.offset,
            message.size,
            message.crc32c,
            bool(message.slices),
        )
        entry._check_size()
        return entry

    def encoded(self) -> bytes:
        """Returns the entry as it stands in the index."""
        message: Any = BundleEntryProto(
            dtype=self.dtype_number, shard_id=self.shard, offset=self.offset, size=self.size, crc32c=self.checksum
        )
        message.shape.CopyFrom(TensorShape(self.shape).as_proto())
        result: bytes = message.SerializeToString(deterministic=True)
        return result

    @property
    def dtype(self) -> DType | None:
        """The element type; None if this engine does not have it."""
        try:
            return dtypes.as_dtype(self.dtype_number)
        except TypeError:
            return None

    @property
    def dtype_name(self) -> str:
        """The name of the element type."""
        known = self.dtype
        if known is not None:
            return known.name
        try:
            return str(types_pb2.DataType.Name(self.dtype_number)).removeprefix("DT_").lower()
        except ValueError:
            return f"unknown type {self.dtype_number}"

    @property
    def elements(self) -> int:
        """The number of elements."""
        return math.prod(self.shape)

    def _check_size(self) -> None:
        dtype = self.dtype
        if dtype is None or self.is_sliced:
            return
        if dtype is dtypes.string:
            # Each string has at least one byte for its length.
            if self.elements > self.size:
                raise ValueError(f"{self.size} bytes cannot hold {self.elements} strings")
        elif self.elements * dtype.numpy.itemsize != self.size:
            raise ValueError(f"{self.size} bytes do not fit shape {list(self.shape)} of {dtype.name}")


def index_name(prefix: str) -> str:
    """Returns the path of a checkpoint's index, the file that makes it one."""
    return f"{prefix}.index"


def data_name(prefix: str, shard: int, shards: int) -> str:
    """Returns the path of one of a checkpoint's data files."""
    return f"{prefix}.data-{shard:05d}-of-{shards:05d}"
