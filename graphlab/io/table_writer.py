"""Writes a sorted table of keys and values, the format of a checkpoint's index: LevelDB's, without compression.

The format: https://github.com/google/leveldb/blob/main/doc/table_format.md
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import Final

from graphlab.io import checksums, varints

MAGIC: Final = 0xDB4775248B80FB57
FOOTER_BYTES: Final = 48
TRAILER_BYTES: Final = 5  # of a block: its compression and its checksum
_BLOCK_BYTES: Final = 256 * 1024
_RESTART_INTERVAL: Final = 16


def encoded_table(entries: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Returns the file that holds entries, which must come sorted by key."""
    file = bytearray()
    handles: list[tuple[bytes, bytes]] = []
    block = _Block(_RESTART_INTERVAL)
    for key, value in entries:
        if block.size >= _BLOCK_BYTES:
            handles.append((_separator(block.last_key, key), _append(file, block)))
            block = _Block(_RESTART_INTERVAL)
        block.add(key, value)
    handles.append((_successor(block.last_key), _append(file, block)))
    meta = _append(file, _Block(_RESTART_INTERVAL))
    index = _Block(1)
    for key, handle in handles:
        index.add(key, handle)
    footer = meta + _append(file, index)
    file += footer.ljust(FOOTER_BYTES - 8, b"\0") + struct.pack("<Q", MAGIC)
    return bytes(file)


class _Block:
    """Entries whose keys leave out what they share with the key before; every so often one is whole."""

    def __init__(self, restart_interval: int) -> None:
        self.last_key = b""
        self.count = 0
        self._interval = restart_interval
        self._data = bytearray()
        self._restarts = [0]

    @property
    def size(self) -> int:
        return len(self._data)

    def add(self, key: bytes, value: bytes) -> None:
        shared = 0
        if self.count % self._interval:
            shared = _shared_length(self.last_key, key)
        elif self.count:
            self._restarts.append(len(self._data))
        lengths = (shared, len(key) - shared, len(value))
        self._data += b"".join(map(varints.encoded, lengths)) + key[shared:] + value
        self.last_key = key
        self.count += 1

    def encoded(self) -> bytes:
        restarts = self._restarts
        return bytes(self._data) + struct.pack(f"<{len(restarts) + 1}I", *restarts, len(restarts))


def _append(file: bytearray, block: _Block) -> bytes:
    """Appends a block to the file and returns its handle: where it is and how long."""
    content = block.encoded() + b"\0"  # not compressed
    handle = varints.encoded(len(file)) + varints.encoded(len(content) - 1)
    file += content + struct.pack("<I", checksums.masked_crc32c(content))
    return handle


def _separator(low: bytes, high: bytes) -> bytes:
    """A short key from `low` on and before `high`."""
    shared = _shared_length(low, high)
    if shared < min(len(low), len(high)) and low[shared] + 1 < high[shared]:
        return low[:shared] + bytes([low[shared] + 1])
    return low


def _successor(key: bytes) -> bytes:
    """A short key from `key` on."""
    for position, byte in enumerate(key):
        if byte != 0xFF:
            return key[:position] + bytes([byte + 1])
    return key


def _shared_length(first: bytes, second: bytes) -> int:
    length = 0
    for a, b in zip(first, second, strict=False):
        if a != b:
            break
        length += 1
    return length
