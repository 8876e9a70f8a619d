"""Reads checkpoints in TensorFlow's V2 bundle, checking every block and every tensor against its checksum."""

from __future__ import annotations

import contextlib
import os
import struct
import threading
import weakref
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final, NoReturn

import numpy as np
from google.protobuf.message import DecodeError

from graphlab.graph import dtypes, errors
from graphlab.graph.dtypes import DType
from graphlab.io import checksums, table_reader, varints
from graphlab.io.bundle_entries import Entry, data_name, index_name
from graphlab.io.durable_files import as_op_error
from graphlab.io.messages import BundleHeaderProto

_CHUNK_BYTES: Final = 1 << 18
_LARGEST_INDEX: Final = 1 << 30
_HIGHEST_VERSION: Final = 1
_MOST_SHARDS: Final = 1 << 16


class BundleReader:
    """An open checkpoint. A data file stays open once something was read from it, so that a writer who replaces it does not disturb.

    Attributes:
        prefix: its path, without the endings of its files.
        entries: what it holds, by name.
    """

    def __init__(self, prefix: str) -> None:
        """Reads the index.

        Raises:
            tf.errors.NotFoundError: there is no such checkpoint.
            tf.errors.DataLossError: the index is damaged.
            tf.errors.UnimplementedError: it was written on another kind of machine or by a newer TensorFlow.
            tf.errors.OpError: it cannot be read.
        """
        self.prefix = prefix
        self._index = index_name(prefix)
        self._files: dict[int, BinaryIO] = {}
        self._lock = threading.Lock()
        try:
            self.entries, self._shards = self._read_index()
        except OSError as error:
            if isinstance(error, errors.OpError):
                raise
            raise as_op_error(error, self._index, "read") from error
        except (ValueError, DecodeError) as error:
            if isinstance(error, errors.OpError):
                raise
            raise errors.DataLossError(
                None, None, f"The checkpoint index {self._index} is damaged: {error}. Restore an earlier checkpoint."
            ) from None

    def read(self, name: str) -> np.ndarray[Any, Any]:
        """Returns a tensor.

        Raises:
            tf.errors.NotFoundError: the checkpoint has no tensor of this name.
            tf.errors.DataLossError: its bytes are damaged or missing.
            tf.errors.UnimplementedError: this engine does not have its type, or it is stored in slices.
        """
        entry, dtype = self._found(name)
        with self._opened(entry) as file:
            if dtype is dtypes.string:
                return self._read_strings(file, name, entry)
            return self._read_numbers(file, name, entry, dtype.numpy)

    def check(self, name: str) -> None:
        """Reads a tensor of numbers without holding it; see `read` for the errors."""
        entry, _ = self._found(name)
        buffer = np.empty(min(entry.size, _CHUNK_BYTES), np.uint8)
        checksum = 0
        with self._opened(entry) as file:
            for start in range(0, entry.size, _CHUNK_BYTES):
                chunk = buffer[: entry.size - start]
                self._read_chunk(file, name, entry, chunk.data, start)
                checksum = checksums.extended(checksum, chunk)
        self._compare(name, entry, checksum)

    def _found(self, name: str) -> tuple[Entry, DType]:
        entry = self.entries.get(name)
        if entry is None:
            raise errors.NotFoundError(None, None, f"Key {name} not found in checkpoint {self.prefix}")
        dtype = entry.dtype
        if dtype is None:
            raise errors.UnimplementedError(
                None, None, f"Tensor {name} of {self.prefix} is of type {entry.dtype_name}, which is not supported."
            )
        if entry.is_sliced:
            raise errors.UnimplementedError(
                None,
                None,
                f"Tensor {name} of {self.prefix} is stored in slices, which is not supported. Save it whole.",
            )
        return entry, dtype

    @contextlib.contextmanager
    def _opened(self, entry: Entry) -> Iterator[BinaryIO]:
        """Gives the data file of a tensor; makes sure that all its bytes are there, before memory is taken for them."""
        path = data_name(self.prefix, entry.shard, self._shards)
        try:
            with self._lock:
                if entry.shard not in self._files:
                    file = open(path, "rb", buffering=0)  # noqa: PTH123, SIM115  tests make it fail; closed with the reader
                    weakref.finalize(self, file.close)
                    self._files[entry.shard] = file
            size = os.fstat(self._files[entry.shard].fileno()).st_size
            if entry.offset + entry.size > size:
                raise errors.DataLossError(
                    None,
                    None,
                    f"The checkpoint file {path} is damaged: it has {size} bytes, but needs at least "
                    f"{entry.offset + entry.size}. Restore an earlier checkpoint.",
                )
            yield self._files[entry.shard]
        except FileNotFoundError:
            raise errors.DataLossError(
                None, None, f"The checkpoint {self.prefix} lacks its data file {path}. Copy all files of a checkpoint."
            ) from None
        except OSError as error:
            if isinstance(error, errors.OpError):
                raise
            raise as_op_error(error, path, "read") from error

    def _read_index(self) -> tuple[Mapping[str, Entry], int]:
        path = Path(self._index)
        if not path.is_file():
            raise errors.NotFoundError(
                None,
                None,
                f"There is no checkpoint {self.prefix}: {self._index} does not exist. {_advice(self.prefix)}",
            )
        if path.stat().st_size > _LARGEST_INDEX:
            raise ValueError(f"it has more than {_LARGEST_INDEX} bytes")
        rows = table_reader.table_entries(path.read_bytes())
        key, value = next(rows, (b"", b""))
        if key or not value:
            raise ValueError("it has no header")
        header: Any = BundleHeaderProto.FromString(value)
        if header.endianness != BundleHeaderProto.LITTLE:
            raise errors.UnimplementedError(None, None, f"{self._index} was written on a big-endian machine.")
        if header.version.min_consumer > _HIGHEST_VERSION:
            raise errors.UnimplementedError(None, None, f"{self._index} needs a newer reader: it has another format.")
        if not 0 < header.num_shards <= _MOST_SHARDS:
            raise ValueError(f"it names {header.num_shards} data files")
        return self._checked_entries(rows, header.num_shards), header.num_shards

    def _checked_entries(self, rows: Any, shards: int) -> dict[str, Entry]:
        entries: dict[str, Entry] = {}
        for key, value in rows:
            if key.startswith(b"\0"):
                # The slices of a tensor; the tensor itself has an entry that says so.
                continue
            name = key.decode("utf-8", "backslashreplace")
            try:
                entry = Entry.decoded(value)
            except (ValueError, DecodeError) as error:
                raise ValueError(f"the entry of {name}: {error}") from None
            if entry.shard >= shards:
                raise ValueError(f"the entry of {name} names data file {entry.shard} of {shards}")
            entries[name] = entry
        ends: dict[int, int] = {}
        for entry in sorted(entries.values(), key=lambda e: (e.shard, e.offset, e.size)):
            if entry.offset < ends.get(entry.shard, 0) and entry.size:
                raise ValueError("two tensors overlap")
            ends[entry.shard] = max(ends.get(entry.shard, 0), entry.offset + entry.size)
        return entries

    def _read_numbers(self, file: BinaryIO, name: str, entry: Entry, dtype: np.dtype[Any]) -> np.ndarray[Any, Any]:
        array = np.empty(entry.shape, dtype.newbyteorder("<"))
        self._compare(name, entry, self._read_into(file, name, entry, array.reshape(-1).view(np.uint8)))
        return array.astype(dtype, copy=False)

    def _read_into(self, file: BinaryIO, name: str, entry: Entry, content: np.ndarray[Any, Any]) -> int:
        """Fills a buffer from the file and returns the checksum."""
        checksum = 0
        for start in range(0, content.size, _CHUNK_BYTES):
            chunk = content[start : start + _CHUNK_BYTES]
            self._read_chunk(file, name, entry, chunk.data, start)
            checksum = checksums.extended(checksum, chunk)
        return checksum

    def _read_chunk(self, file: BinaryIO, name: str, entry: Entry, chunk: memoryview, start: int) -> None:
        """Fills a buffer with what a tensor has from its byte `start` on."""
        position = entry.offset + start
        while chunk:
            if hasattr(os, "preadv"):
                count = os.preadv(file.fileno(), [chunk], position)
            else:
                # Threads share one position in the file.
                with self._lock:
                    file.seek(position)
                    count = file.readinto(chunk)  # type: ignore[attr-defined]
            if not count:
                self._lost(name, entry, "the file ends early")
            chunk = chunk[count:]
            position += count

    def _compare(self, name: str, entry: Entry, checksum: int) -> None:
        if checksums.masked(checksum) != entry.checksum:
            self._lost(name, entry, "its checksum does not match")

    def _read_strings(self, file: BinaryIO, name: str, entry: Entry) -> np.ndarray[Any, Any]:
        content = np.empty(entry.size, np.uint8)
        self._read_into(file, name, entry, content)
        data = content.tobytes()
        del content
        try:
            lengths, position = _string_lengths(data, entry.elements)
        except ValueError as error:
            self._lost(name, entry, str(error))
        checksum = checksums.extended(0, b"".join(struct.pack("<I" if n < 1 << 32 else "<Q", n) for n in lengths))
        if data[position : position + 4] != struct.pack("<I", checksums.masked(checksum)):
            self._lost(name, entry, "the checksum of its lengths does not match")
        if checksums.masked(checksums.extended(checksum, data[position:])) != entry.checksum:
            self._lost(name, entry, "its checksum does not match")
        array = np.empty(entry.elements, object)
        position += 4
        for index, length in enumerate(lengths):
            array[index] = data[position : position + length]
            position += length
        return array.reshape(entry.shape)

    def _lost(self, name: str, entry: Entry, reason: str) -> NoReturn:
        raise errors.DataLossError(
            None,
            None,
            f"The checkpoint file {data_name(self.prefix, entry.shard, self._shards)} is damaged: of tensor {name} {reason}. "
            "Nothing was restored; restore an earlier checkpoint.",
        )


def _string_lengths(data: bytes, count: int) -> tuple[list[int], int]:
    lengths = []
    position = 0
    for _ in range(count):
        length, position = varints.decoded(data, position)
        lengths.append(length)
    if position + 4 + sum(lengths) != len(data):
        raise ValueError("the lengths of its strings do not add up")
    return lengths, position


def _advice(prefix: str) -> str:
    if Path(prefix).is_dir():
        return f"It is a folder: pass tf.train.latest_checkpoint({prefix!r})."
    return "Pass what saver.save returned, without the ending of a file."
