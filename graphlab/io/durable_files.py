"""Files that are written aside, flushed to the disk and then renamed: a reader finds the old file or the new one.

Mirrors what TensorFlow's checkpoint writer does with `.tempstate` files, and adds the flush.
"""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import secrets
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

from graphlab.graph import errors

if sys.platform != "win32":
    import fcntl

_TEMPORARY: Final = ".tempstate"
_CLASSES: Final[dict[int, type[errors.OpError]]] = {
    errno.ENOENT: errors.NotFoundError,
    errno.EACCES: errors.PermissionDeniedError,
    errno.EPERM: errors.PermissionDeniedError,
    errno.EROFS: errors.PermissionDeniedError,
    errno.ENOSPC: errors.ResourceExhaustedError,
    errno.EDQUOT: errors.ResourceExhaustedError,
    errno.EFBIG: errors.ResourceExhaustedError,
    errno.EISDIR: errors.FailedPreconditionError,
    errno.ENOTDIR: errors.FailedPreconditionError,
    errno.ENOTEMPTY: errors.FailedPreconditionError,
}
_ADVICE: Final[dict[type[errors.OpError], str]] = {
    errors.NotFoundError: "Make the folder first, for example with os.makedirs, or correct the path.",
    errors.PermissionDeniedError: "Choose a folder that you may write to.",
    errors.ResourceExhaustedError: "Free some space, or save on another disk.",
    errors.FailedPreconditionError: "A folder and a file are mixed up there; choose another path.",
}

_READING_ADVICE: Final[dict[type[errors.OpError], str]] = {
    errors.NotFoundError: "Correct the path.",
    errors.PermissionDeniedError: "Ask for the right to read it.",
}


_live: Final[set[str]] = set()
_own = threading.local()


def replace_file(path: str | Path, content: bytes) -> None:
    """Writes a file as a whole: at any moment there is the old one or the complete new one.

    Raises:
        tf.errors.OpError: it cannot be written; the old file is as it was.
    """
    with prepared_file(path, content):
        pass


@contextlib.contextmanager
def prepared_file(path: str | Path, content: bytes) -> Iterator[None]:
    """Writes a file beside `path` and flushes it; at the end of the block it takes the place of `path`.

    So what the block does is not done if there is no room for this file; and if the block fails, the old file stays.

    Raises:
        tf.errors.OpError: it cannot be written; the old file is as it was.
    """
    with explained(path), locked_folder(Path(path).parent, leftovers_of=Path(path).name), written_aside(path) as file:
        write_all(file, content, 0)
        os.fsync(file.fileno())
        yield


@contextlib.contextmanager
def written_aside(path: str | Path) -> Iterator[BinaryIO]:
    """Opens a file beside `path`; at the end of the block it is flushed to the disk and takes the place of `path`.

    The caller holds the lock of the folder.

    If the block fails, `path` is untouched and the file beside it is removed.

    Raises:
        OSError: it cannot be written.
    """
    temporary = f"{os.path.abspath(path)}{_TEMPORARY}{os.getpid()}-{secrets.token_hex(6)}"  # noqa: PTH100  keeps links
    _live.add(temporary)
    try:
        # Unbuffered: what is written is large, or written once.
        with open(temporary, "xb", buffering=0) as file:  # noqa: PTH123  tests make `open` fail
            yield file
            os.fsync(file.fileno())
        os.replace(temporary, path)  # noqa: PTH105  the same
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108  the same
        raise
    finally:
        _live.discard(temporary)
    sync_folder(Path(path).parent)


def write_all(file: Any, content: memoryview | bytes, offset: int) -> None:
    """Writes everything at a place in an unbuffered file, which may take it in parts."""
    view = memoryview(content)
    while view:
        if hasattr(os, "pwrite"):
            count = os.pwrite(file.fileno(), view, offset)
        else:
            file.seek(offset)
            count = file.write(view)
        view = view[count:]
        offset += count


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder durable, where the system can."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        except OSError as error:
            # Some network file systems cannot, and say so.
            if error.errno not in (errno.EINVAL, errno.ENOTSUP):
                raise
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def locked_folder(folder: Path, leftovers_of: str) -> Iterator[None]:
    """Keeps other writers that use this function out of a folder; leaves no file behind. Blocks may be nested.

    Args:
        folder: the folder.
        leftovers_of: the start of the names of files whose writers may have been killed; what they left is removed.

    Raises:
        OSError: there is no such folder.
    """
    if sys.platform == "win32":  # It has no locks on folders; there two writers of one checkpoint must not meet.
        yield
        return
    held: set[str] = _own.__dict__.setdefault("folders", set())
    name = os.path.abspath(folder)  # noqa: PTH100  keeps links
    is_outer = name not in held
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        held.add(name)
        # Some network file systems have no locks; there two writers of one checkpoint must not meet.
        with contextlib.suppress(OSError):
            if is_outer:
                fcntl.flock(descriptor, fcntl.LOCK_EX)
            for leftover in folder.glob(f"{glob.escape(leftovers_of)}*{_TEMPORARY}*"):
                if os.path.abspath(leftover) not in _live:  # noqa: PTH100  the same
                    leftover.unlink(missing_ok=True)
        yield
    finally:
        if is_outer:
            held.discard(name)
        os.close(descriptor)


@contextlib.contextmanager
def explained(path: str | Path, action: str = "write") -> Iterator[None]:
    """Turns the system's errors into TensorFlow's, which name the file and say what to do."""
    try:
        yield
    except errors.OpError:
        raise
    except OSError as error:
        raise as_op_error(error, path, action) from error


def as_op_error(error: OSError, path: str | Path, action: str) -> errors.OpError:
    """Returns the system's error as TensorFlow's."""
    kind = _CLASSES.get(error.errno or 0, errors.UnknownError)
    advice = _ADVICE.get(kind, "")
    if action == "read":
        advice = _READING_ADVICE.get(kind, advice)
    reason = error.strerror or str(error)
    return kind(None, None, f"Cannot {action} {os.fspath(path)}: {reason}. {advice}".strip())
