"""Reads checkpoints in TensorFlow's V2 bundle, checking every block and every tensor against its checksum."""

from __future__ import annotations

import contextlib
import os
import struct
import threading
import weakref
from collections.abc import Iterator
from typing import Any, BinaryIO, Final, NoReturn

import numpy as np

from graphlab.graph import dtypes, errors
from graphlab.graph.dtypes import DType
from graphlab.io import checksums, varints
from graphlab.io.bundle_entries import Entry, data_name
from graphlab.io.bundle_index import read_index
from graphlab.io.durable_files import explained

_CHUNK_BYTES: Final = 1 << 18


class BundleReader:
    """An open checkpoint. A data file stays open once something was read from it, so that a writer who replaces it does not disturb.

    Attributes:
        prefix: its path, without the endings of its files.
        entries: what it holds, by name.
    """

    def __init__(self, prefix: str) -> None:
        """Reads the index; see `read_index` for the errors."""
        self.prefix = prefix
        self.entries, self._shards = read_index(prefix)
        self._files: dict[int, BinaryIO] = {}
        self._lock = threading.Lock()

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
        with explained(path, "read"):
            file = self._file(entry.shard, path)
            size = os.fstat(file.fileno()).st_size
            if entry.offset + entry.size > size:
                raise errors.DataLossError(
                    None,
                    None,
                    f"The checkpoint file {path} is damaged: it has {size} bytes, but needs at least "
                    f"{entry.offset + entry.size}. Restore an earlier checkpoint.",
                )
            yield file

    def _file(self, shard: int, path: str) -> BinaryIO:
        with self._lock:
            if shard not in self._files:
                try:
                    file = open(path, "rb", buffering=0)  # noqa: PTH123, SIM115  tests make it fail; closed with the reader
                except FileNotFoundError:
                    raise errors.DataLossError(
                        None,
                        None,
                        f"The checkpoint {self.prefix} lacks its data file {path}. Copy all files of a checkpoint.",
                    ) from None
                weakref.finalize(self, file.close)
                self._files[shard] = file
            return self._files[shard]

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
