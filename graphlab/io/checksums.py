"""The CRC-32C checksums of TensorFlow's files, masked as they are stored."""

from __future__ import annotations

from typing import Any, Final

import google_crc32c
import numpy as np

_DELTA: Final = 0xA282EAD8
_WORD: Final = 0xFFFFFFFF


def extended(checksum: int, data: bytes | np.ndarray[Any, Any]) -> int:
    """Returns the checksum of what `checksum` covers followed by `data`, a contiguous buffer."""
    result: int = google_crc32c.extend(checksum, data)
    return result


def masked(checksum: int) -> int:
    """Returns a checksum as it is stored, so that a checksum of data with checksums inside stays a good one."""
    return (((checksum >> 15) | (checksum << 17)) + _DELTA) & _WORD


def masked_crc32c(data: bytes) -> int:
    """Returns the stored form of the checksum of `data`."""
    return masked(extended(0, data))
