"""Writes checkpoints as TensorFlow's V2 bundle: a data file with the tensors and an index of what lies where."""

from __future__ import annotations

import contextlib
import glob
import itertools
import os
import struct
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
from google.protobuf.message import DecodeError

from graphlab.graph import errors
from graphlab.graph.dtypes import as_dtype
from graphlab.io import checksums, table_reader, table_writer, varints
from graphlab.io.bundle_entries import Entry, data_name, index_name
from graphlab.io.durable_files import explained, locked_folder, sync_folder, write_all, written_aside
from graphlab.io.messages import BundleHeaderProto

_CHUNK_BYTES: Final = 1 << 22
_PARALLEL_BYTES: Final = 1 << 24
_THREADS: Final = min(4, os.cpu_count() or 1)
_VERSION: Final = 1


def write_bundle(prefix: str, names: Sequence[str], arrays: Sequence[np.ndarray[Any, Any]]) -> None:
    """Writes tensors as a checkpoint; at any moment there is the old one at this prefix or the complete new one.

    Args:
        prefix: the path of the checkpoint, to which the endings of its files are added.
        names: the names of the tensors, each once.
        arrays: their values.

    Raises:
        tf.errors.InvalidArgumentError: two tensors have one name, or `prefix` is a folder.
        tf.errors.OpError: a file cannot be written; what was there before is as it was.
    """
    if len(set(names)) != len(names):
        twice = sorted({name for name in names if names.count(name) > 1})
        raise errors.InvalidArgumentError(None, None, f"Two tensors are to be saved as {', '.join(twice)}.")
    if Path(prefix).is_dir():
        raise errors.InvalidArgumentError(
            None, None, f"Cannot save to {prefix}: it is a folder. Name a file in it, for example {prefix}/model.ckpt."
        )
    with explained(data_name(prefix, 0, 1)), locked_folder(Path(prefix).parent, leftovers_of=f"{Path(prefix).name}."):
        if Path(index_name(prefix)).exists():
            _overwrite(prefix, names, arrays)
        else:
            _write(prefix, 1, names, arrays)


def write_index(prefix: str, entries: Mapping[str, Entry], shards: int) -> None:
    """Writes the index of a checkpoint whose data files are in place.

    Raises:
        OSError: it cannot be written.
    """
    header: Any = BundleHeaderProto(num_shards=shards)
    header.version.producer = _VERSION
    rows = [(b"", header.SerializeToString(deterministic=True))]
    rows += sorted((name.encode(), entry.encoded()) for name, entry in entries.items())
    with written_aside(index_name(prefix)) as file:
        write_all(file, table_writer.encoded_table(rows), 0)


def stored_shards(prefix: str) -> int:
    """Returns how many data files the checkpoint at a prefix has; 0 if there is none or it is damaged."""
    path = Path(index_name(prefix))
    if not path.exists():
        return 0
    try:
        _, value = next(table_reader.table_entries(path.read_bytes()))
        header: Any = BundleHeaderProto.FromString(value)
    except (ValueError, DecodeError):
        return 0
    return int(header.num_shards)


def remove_data(prefix: str, kept: set[str]) -> None:
    """Removes the data files of earlier checkpoints at a prefix."""
    path = Path(prefix)
    for other in path.parent.glob(f"{glob.escape(path.name)}.data-?????-of-?????"):
        if str(other) not in {str(Path(name)) for name in kept}:
            other.unlink(missing_ok=True)


def _write(prefix: str, shards: int, names: Sequence[str], arrays: Sequence[Any]) -> dict[str, Entry]:
    """Writes the data as the first of `shards` files, and then the index, which makes it the checkpoint."""
    with written_aside(data_name(prefix, 0, shards)) as file:
        entries = _write_tensors(file, names, arrays)
    write_index(prefix, entries, shards)
    return entries


def _overwrite(prefix: str, names: Sequence[str], arrays: Sequence[Any]) -> None:
    """Replaces a checkpoint that has two files, which no file system does at once.

    So the new data goes under another name, the name of a first of two shards, and the new index switches to it.
    Then the data gets the usual name as a second one, and a second index switches to that.
    """
    usual, spare = data_name(prefix, 0, 1), data_name(prefix, 0, 2)
    if stored_shards(prefix) != 1:
        # The usual name is free: an earlier writer was stopped half way, or the old checkpoint has several shards.
        _write(prefix, 1, names, arrays)
        remove_data(prefix, {usual})
        return
    entries = _write(prefix, 2, names, arrays)
    linked = f"{usual}.tempstate{os.getpid()}"
    try:
        os.link(spare, linked)
        os.replace(linked, usual)  # noqa: PTH105  tests make it fail
    except OSError:
        # No hard links here: the checkpoint stays under the spare name, where every reader finds it.
        with contextlib.suppress(OSError):
            os.unlink(linked)  # noqa: PTH108  the same
        remove_data(prefix, {spare})
        return
    sync_folder(Path(prefix).parent)
    write_index(prefix, entries, 1)
    remove_data(prefix, {usual})


def _write_tensors(file: BinaryIO, names: Sequence[str], arrays: Sequence[Any]) -> dict[str, Entry]:
    """Writes tensors one behind the other, large ones side by side in threads, and returns where they lie."""
    contents = [_content(array) for array in arrays]
    offsets = list(itertools.accumulate((content.size for content, _ in contents), initial=0))
    jobs = [(file, content, offset) for (content, _), offset in zip(contents, offsets, strict=False)]
    if offsets[-1] < _PARALLEL_BYTES or not hasattr(os, "pwrite"):
        sums = [_write_at(*job) for job in jobs]
    else:
        with ThreadPoolExecutor(_THREADS) as pool:
            sums = list(pool.map(lambda job: _write_at(*job), jobs))
    entries = {}
    for name, array, (content, checksum), offset, written in zip(names, arrays, contents, offsets, sums, strict=False):
        kind = as_dtype(array.dtype.newbyteorder("=")).base_dtype.as_datatype_enum
        stored = checksums.masked(written if checksum is None else checksum)
        entries[name] = Entry(kind, array.shape, 0, offset, content.size, stored)
    return entries


def _content(array: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], int | None]:
    """The bytes of a tensor in the file, without a copy where that can be; and their checksum where it is special."""
    if array.dtype.hasobject:
        return _encoded_strings(array)
    little = array.astype(array.dtype.newbyteorder("<"), copy=False)
    return np.ascontiguousarray(little).reshape(-1).view(np.uint8), None


def _write_at(file: BinaryIO, content: np.ndarray[Any, Any], offset: int) -> int:
    """Writes bytes at a place in the file and returns their checksum."""
    checksum = 0
    for start in range(0, content.size, _CHUNK_BYTES):
        chunk = content[start : start + _CHUNK_BYTES]
        checksum = checksums.extended(checksum, chunk)
        write_all(file, chunk.data, offset + start)
    return checksum


def _encoded_strings(array: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], int]:
    """The lengths, their checksum, then the strings; the checksum counts each length as a whole number."""
    strings = [s if isinstance(s, bytes) else str(s).encode() for s in array.ravel().tolist()]
    lengths = [len(s) for s in strings]
    checksum = checksums.extended(0, b"".join(struct.pack("<I" if n < 1 << 32 else "<Q", n) for n in lengths))
    body = struct.pack("<I", checksums.masked(checksum)) + b"".join(strings)
    content = b"".join(map(varints.encoded, lengths)) + body
    return np.frombuffer(content, np.uint8), checksums.extended(checksum, body)
