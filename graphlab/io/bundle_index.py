"""Reads the index of a checkpoint in TensorFlow's V2 bundle, and refuses one that contradicts itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from google.protobuf.message import DecodeError

from graphlab.graph import errors
from graphlab.io import table_reader
from graphlab.io.bundle_entries import Entry, index_name
from graphlab.io.durable_files import explained
from graphlab.io.messages import BundleHeaderProto

_LARGEST_INDEX: Final = 1 << 30
_HIGHEST_VERSION: Final = 1
_MOST_SHARDS: Final = 1 << 16


def read_index(prefix: str) -> tuple[Mapping[str, Entry], int]:
    """Returns what a checkpoint holds, by name, and the number of its data files.

    Raises:
        tf.errors.NotFoundError: there is no such checkpoint.
        tf.errors.DataLossError: the index is damaged.
        tf.errors.UnimplementedError: it was written on another kind of machine or by a newer TensorFlow.
        tf.errors.OpError: it cannot be read.
    """
    path = Path(index_name(prefix))
    if not path.is_file():
        raise errors.NotFoundError(
            None, None, f"There is no checkpoint {prefix}: {path} does not exist. {_advice(prefix)}"
        )
    try:
        with explained(path, "read"):
            if path.stat().st_size > _LARGEST_INDEX:
                raise ValueError(f"it has more than {_LARGEST_INDEX} bytes")
            content = path.read_bytes()
        rows = table_reader.table_entries(content)
        shards = _shards(path, rows)
        return _checked_entries(rows, shards), shards
    except (ValueError, DecodeError) as error:
        if isinstance(error, errors.OpError):
            raise
        raise errors.DataLossError(
            None, None, f"The checkpoint index {path} is damaged: {error}. Restore an earlier checkpoint."
        ) from None


def _shards(path: Path, rows: Iterator[tuple[bytes, bytes]]) -> int:
    key, value = next(rows, (b"", b""))
    if key or not value:
        raise ValueError("it has no header")
    header: Any = BundleHeaderProto.FromString(value)
    if header.endianness != BundleHeaderProto.LITTLE:
        raise errors.UnimplementedError(None, None, f"{path} was written on a big-endian machine.")
    if header.version.min_consumer > _HIGHEST_VERSION:
        raise errors.UnimplementedError(None, None, f"{path} needs a newer reader: it has another format.")
    if not 0 < header.num_shards <= _MOST_SHARDS:
        raise ValueError(f"it names {header.num_shards} data files")
    return int(header.num_shards)


def _checked_entries(rows: Iterator[tuple[bytes, bytes]], shards: int) -> dict[str, Entry]:
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


def _advice(prefix: str) -> str:
    if Path(prefix).is_dir():
        return f"It is a folder: pass tf.train.latest_checkpoint({prefix!r})."
    return "Pass what saver.save returned, without the ending of a file."
