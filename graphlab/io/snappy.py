"""Unpacks Snappy's raw format, in which older TensorFlows wrote the blocks of an index.

The format: https://github.com/google/snappy/blob/main/format_description.txt
"""

from __future__ import annotations

from graphlab.io import varints


def decompressed(data: bytes, largest: int) -> bytes:
    """Returns what was compressed.

    Args:
        data: the compressed bytes.
        largest: the most bytes that the result may have.

    Raises:
        ValueError: the data is damaged, or its content is larger.
    """
    size, position = varints.decoded(data, 0)
    if size > largest:
        raise ValueError(f"a compressed block of {size} bytes is larger than the {largest} allowed")
    result = bytearray()
    while position < len(data):
        tag = data[position]
        position += 1
        if tag & 3 == 0:
            length, position = _literal_length(data, tag >> 2, position)
            if position + length > len(data):
                raise ValueError("a compressed block ends early")
            result += data[position : position + length]
            position += length
        else:
            length, offset, position = _copy(data, tag, position)
            if not 0 < offset <= len(result):
                raise ValueError("a compressed block refers to what is not there")
            _repeat(result, offset, length)
        if len(result) > size:
            raise ValueError("a compressed block is longer than it says")
    if len(result) != size:
        raise ValueError("a compressed block is shorter than it says")
    return bytes(result)


def _literal_length(data: bytes, code: int, position: int) -> tuple[int, int]:
    if code < 60:
        return code + 1, position
    width = code - 59
    return _number(data, position, width) + 1, position + width


def _copy(data: bytes, tag: int, position: int) -> tuple[int, int, int]:
    """The length and the distance of a repetition, and the position after it."""
    if tag & 3 == 1:
        return (tag >> 2 & 7) + 4, (tag >> 5) << 8 | _number(data, position, 1), position + 1
    width = 2 if tag & 3 == 2 else 4
    return (tag >> 2) + 1, _number(data, position, width), position + width


def _number(data: bytes, position: int, width: int) -> int:
    if position + width > len(data):
        raise ValueError("a compressed block ends early")
    return int.from_bytes(data[position : position + width], "little")


def _repeat(result: bytearray, offset: int, length: int) -> None:
    start = len(result) - offset
    while length > 0:
        # What is repeated may reach into what the repetition makes.
        piece = result[start : start + length]
        result += piece
        start += len(piece)
        length -= len(piece)
