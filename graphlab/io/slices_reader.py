"""Reads checkpoints in TensorFlow's first format: one file, a table of slices of tensors. The usual one before 1.0."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from google.protobuf.message import DecodeError
from tensorboard.compat.proto import tensor_pb2

from graphlab.graph import attributes, dtypes, errors
from graphlab.graph.shapes import TensorShape
from graphlab.io import table_reader
from graphlab.io.bundle_entries import Entry
from graphlab.io.durable_files import explained
from graphlab.io.messages import SavedTensorSlices

_LARGEST_FILE: Final = 1 << 31


class SlicesReader:
    """An open checkpoint in the first format.

    Attributes:
        prefix: the path of its file.
        entries: what it holds, by name.
    """

    def __init__(self, prefix: str) -> None:
        """Reads the file.

        Raises:
            tf.errors.DataLossError: it is damaged, or no checkpoint.
            tf.errors.OpError: it cannot be read.
        """
        self.prefix = prefix
        self.entries: dict[str, Entry] = {}
        self._values: dict[str, Any] = {}
        try:
            with explained(prefix, "read"):
                path = Path(prefix)
                if path.stat().st_size > _LARGEST_FILE:
                    raise ValueError(f"it has more than {_LARGEST_FILE} bytes")
                content = path.read_bytes()
            for key, value in table_reader.table_entries(content):
                message: Any = SavedTensorSlices.FromString(value)
                if key:
                    self._values[message.data.name] = message.data.data
                else:
                    self.entries = {tensor.name: _entry(tensor) for tensor in message.meta.tensor}
        except (ValueError, DecodeError) as error:
            if isinstance(error, errors.OpError):
                raise
            raise errors.DataLossError(
                None, None, f"The checkpoint {prefix} is damaged, or the file is none: {error}."
            ) from None

    def read(self, name: str) -> np.ndarray[Any, Any]:
        """Returns a tensor.

        Raises:
            tf.errors.NotFoundError: the checkpoint has no tensor of this name.
            tf.errors.DataLossError: its values are damaged or missing.
            tf.errors.UnimplementedError: this engine does not have its type, or it is stored in slices.
        """
        entry = self.entries.get(name)
        if entry is None:
            raise errors.NotFoundError(None, None, f"Key {name} not found in checkpoint {self.prefix}")
        if entry.dtype is None or entry.is_sliced:
            what = "stored in slices" if entry.is_sliced else f"of type {entry.dtype_name}"
            raise errors.UnimplementedError(
                None, None, f"Tensor {name} of {self.prefix} is {what}, which is not supported."
            )
        proto = tensor_pb2.TensorProto(dtype=entry.dtype_number)
        proto.tensor_shape.CopyFrom(TensorShape(entry.shape).as_proto())
        try:
            proto.MergeFrom(self._values[name])
            # Elsewhere a list of values may be shorter than its tensor; here all of them must be there.
            count = sum(len(values) for field, values in proto.ListFields() if field.name.endswith("_val"))
            if not proto.tensor_content and count != entry.elements * (2 if entry.dtype.is_complex else 1):
                raise ValueError(f"{count} numbers for shape {list(entry.shape)}")
            return attributes.make_ndarray(proto)
        except (KeyError, ValueError) as error:
            raise errors.DataLossError(
                None,
                None,
                f"The checkpoint {self.prefix} is damaged: the values of tensor {name} do not fit it: {error}. "
                "Nothing was restored; restore an earlier checkpoint.",
            ) from None

    def check(self, name: str) -> None:
        """Raises what `read` would raise."""
        self.read(name)


def _entry(tensor: Any) -> Entry:
    shape = tuple(dim.size for dim in tensor.shape.dim)
    if tensor.shape.unknown_rank or any(extent < 0 for extent in shape):
        raise ValueError(f"the shape of {tensor.name} is not known")
    is_whole = len(tensor.slice) == 1 and not any(extent.start or extent.length for extent in tensor.slice[0].extent)
    entry = Entry(tensor.type, shape, 0, 0, 0, 0, not is_whole)
    itemsize = entry.dtype.numpy.itemsize if entry.dtype and entry.dtype is not dtypes.string else 1
    return replace(entry, size=entry.elements * itemsize)
