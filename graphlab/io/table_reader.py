"""Reads a sorted table of keys and values, the format of a checkpoint's index: LevelDB's.

Every block is checked against its checksum, and memory stays within a small multiple of the file's size.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from graphlab.io import checksums, snappy, varints
from graphlab.io.table_writer import FOOTER_BYTES, MAGIC, TRAILER_BYTES

_LONGEST_KEY: Final = 1 << 16
_MOST_GROWTH: Final = 64  # a Snappy block grows less than this many times
_SPARE_BYTES: Final = 1 << 20


def table_entries(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yields the keys and values of a file, in order.

    Args:
        data: the content of the file.

    Raises:
        ValueError: the file is damaged; the message says how.
    """
    if len(data) < FOOTER_BYTES:
        raise ValueError(f"it has {len(data)} bytes, too few for a table")
    footer = data[-FOOTER_BYTES:]
    if struct.unpack("<Q", footer[-8:])[0] != MAGIC:
        raise ValueError("it does not end as a table does")
    _, position = _handle(footer, 0)
    index, _ = _handle(footer, position)
    allowance = _Allowance(_SPARE_BYTES + _MOST_GROWTH * len(data))
    end = 0
    last_key: bytes | None = None
    for _, value in _block_entries(_block(data, *index, allowance), allowance):
        (offset, size), _ = _handle(value, 0)
        if offset < end:
            raise ValueError("its blocks overlap")
        end = offset + size
        for key, entry in _block_entries(_block(data, offset, size, allowance), allowance):
            if last_key is not None and key <= last_key:
                raise ValueError("its keys are not in order")
            last_key = key
            yield key, entry


class _Allowance:
    """How many bytes may still be made from a file, so that a small one cannot fill the memory."""

    def __init__(self, left: int) -> None:
        self.left = left

    def take(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise ValueError("it unpacks to far more than its size")


def _handle(data: bytes, position: int) -> tuple[tuple[int, int], int]:
    offset, position = varints.decoded(data, position)
    size, position = varints.decoded(data, position)
    return (offset, size), position


def _block(data: bytes, offset: int, size: int, allowance: _Allowance) -> bytes:
    end = offset + size
    if end + TRAILER_BYTES > len(data) - FOOTER_BYTES:
        raise ValueError("a block lies outside the file")
    (stored,) = struct.unpack_from("<I", data, end + 1)
    if checksums.masked_crc32c(data[offset : end + 1]) != stored:
        raise ValueError(f"the checksum of the block at byte {offset} does not match")
    if data[end] == 0:
        return data[offset:end]
    if data[end] != 1:
        raise ValueError(f"a block has the unknown compression {data[end]}")
    content = snappy.decompressed(data[offset:end], allowance.left)
    allowance.take(len(content))
    return content


def _block_entries(block: bytes, allowance: _Allowance) -> Iterator[tuple[bytes, bytes]]:
    if len(block) < 4:
        raise ValueError("a block is too short")
    (restarts,) = struct.unpack("<I", block[-4:])
    end = len(block) - 4 * (restarts + 1)
    if end < 0:
        raise ValueError("a block is too short")
    position = 0
    key = b""
    while position < end:
        shared, position = varints.decoded(block, position)
        fresh, position = varints.decoded(block, position)
        length, position = varints.decoded(block, position)
        if shared > len(key) or position + fresh + length > end:
            raise ValueError("an entry reaches beyond its block")
        if shared + fresh > _LONGEST_KEY:
            raise ValueError(f"a key has {shared + fresh} bytes, more than {_LONGEST_KEY}")
        allowance.take(shared)
        key = key[:shared] + block[position : position + fresh]
        position += fresh + length
        yield key, block[position - length : position]
