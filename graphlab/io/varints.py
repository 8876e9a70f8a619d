"""Numbers of variable length, seven bits a byte, the lowest first."""

from __future__ import annotations

from typing import Final

_LONGEST: Final = 10


def encoded(number: int) -> bytes:
    """Returns a number that is not negative as a varint."""
    parts = bytearray()
    while number > 0x7F:
        parts.append(number & 0x7F | 0x80)
        number >>= 7
    parts.append(number)
    return bytes(parts)


def decoded(data: bytes, position: int) -> tuple[int, int]:
    """Returns the number at a position and the position after it.

    Raises:
        ValueError: the data ends inside the number, or it has more than 64 bits.
    """
    number = 0
    for count in range(_LONGEST):
        if position >= len(data):
            raise ValueError("it ends inside a number")
        byte = data[position]
        position += 1
        number |= (byte & 0x7F) << (7 * count)
        if byte < 0x80:
            return number, position
    raise ValueError("a number has more than 64 bits")
