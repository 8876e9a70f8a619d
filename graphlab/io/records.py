"""Files of records, as TensorFlow frames them: length, its checksum, the bytes, their checksum."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from graphlab.graph import errors
from graphlab.io import checksums
from graphlab.io.durable_files import as_op_error

_HEAD: Final = struct.Struct("<QI")
_LENGTH: Final = struct.Struct("<Q")
_TAIL: Final = struct.Struct("<I")


def framed(data: bytes) -> bytes:
    """Returns a record as it stands in a file."""
    length = len(data)
    head = _HEAD.pack(length, checksums.masked_crc32c(_LENGTH.pack(length)))
    return head + data + _TAIL.pack(checksums.masked_crc32c(data))


def read_records(path: str | os.PathLike[str]) -> Iterator[bytes]:
    """Yields the records of a file. Mirrors `tf.python_io.tf_record_iterator`.

    Args:
        path: the file.

    Raises:
        tf.errors.NotFoundError: there is no such file.
        tf.errors.DataLossError: it is damaged or ends inside a record; the records before were yielded.
        tf.errors.OpError: it cannot be read.
    """
    name = os.fspath(path)
    try:
        with Path(path).open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            while head := file.read(_HEAD.size):
                start = file.tell() - len(head)
                if len(head) < _HEAD.size:
                    raise _damaged(name, start, "the file ends inside a record")
                length, stored = _HEAD.unpack(head)
                if checksums.masked_crc32c(head[:8]) != stored:
                    raise _damaged(name, start, "the checksum of its length does not match")
                # Checked before reading, so that a length cannot ask for memory that the file does not fill.
                if length > size - file.tell() - _TAIL.size:
                    raise _damaged(name, start, "the file ends inside a record")
                data = file.read(length)
                tail = file.read(_TAIL.size)
                if len(tail) < _TAIL.size or _TAIL.unpack(tail)[0] != checksums.masked_crc32c(data):
                    raise _damaged(name, start, "its checksum does not match")
                yield data
    except OSError as error:
        if isinstance(error, errors.OpError):
            raise
        raise as_op_error(error, name, "read") from error


def _damaged(name: str, start: int, reason: str) -> errors.DataLossError:
    return errors.DataLossError(None, None, f"{name} is damaged: of the record at byte {start} {reason}.")
