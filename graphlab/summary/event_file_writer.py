"""Appends events to a file in a thread of its own, so that a training loop does not wait for the disk."""

from __future__ import annotations

import atexit
import itertools
import os
import socket
import threading
import time
import weakref
from pathlib import Path
from typing import Any, BinaryIO, Final

from tensorboard.compat.proto import event_pb2

from graphlab.graph import errors
from graphlab.io.durable_files import as_op_error, explained
from graphlab.io.records import framed

_FILE_VERSION: Final = "brain.Event:2"
_SOURCE: Final = "graphlab.summary.event_file_writer"
_MOST_WAITING_BYTES: Final = 1 << 27
_PAUSE_S: Final = 0.2
_numbers = itertools.count()
_open: weakref.WeakSet[EventFileWriter] = weakref.WeakSet()


class EventFileWriter:
    """A new event file in a folder.

    Events wait in a queue, which the thread empties some times a second, so that adding one costs no change of
    threads. Only when the disk cannot keep up and 128 MiB wait does `add_event` wait too: no event is dropped.

    Attributes:
        path: the file.
    """

    def __init__(self, logdir: str, flush_secs: float = 120, filename_suffix: str = "") -> None:
        """Makes the folder if need be, and the file.

        Raises:
            tf.errors.OpError: they cannot be made.
        """
        self._pause_s = min(flush_secs, _PAUSE_S)
        self._changed = threading.Condition()
        self._filled = threading.Event()
        self._hurry = threading.Event()
        self._waiting: list[bytes] = []
        self._waiting_bytes = 0
        self._writing = False
        self._closing = False
        self._failure: errors.OpError | None = None
        self.path, self._file = _new_file(logdir, filename_suffix)
        self._thread = threading.Thread(target=self._write_until_closed, name="EventFileWriter", daemon=True)
        self._thread.start()
        source = event_pb2.SourceMetadata(writer=_SOURCE)
        self.add_event(event_pb2.Event(wall_time=time.time(), file_version=_FILE_VERSION, source_metadata=source))
        self.flush()
        _open.add(self)

    def add_event(self, event: Any) -> None:
        """Queues an event.

        Raises:
            tf.errors.OpError: earlier events could not be written.
        """
        # Framed here rather than in the thread, which would contend for the interpreter with the training loop.
        data = framed(event.SerializeToString())
        with self._changed:
            while self._waiting_bytes > _MOST_WAITING_BYTES and self._failure is None:
                self._hurry.set()
                self._changed.wait()
            self._check()
            self._waiting.append(data)
            self._waiting_bytes += len(data)
            is_first = len(self._waiting) == 1
        if is_first:
            self._filled.set()

    def flush(self) -> None:
        """Waits until all queued events are in the file.

        Raises:
            tf.errors.OpError: they cannot be written.
        """
        with self._changed:
            self._hurry.set()
            self._changed.wait_for(lambda: self._failure or not (self._waiting or self._writing))
            self._check()

    def close(self) -> None:
        """Writes what is queued, ends the thread and closes the file. Does nothing the second time.

        Raises:
            tf.errors.OpError: what was queued cannot be written.
        """
        with self._changed:
            if self._closing:
                return
            self._closing = True
        self._hurry.set()
        self._filled.set()
        self._thread.join()
        _open.discard(self)
        with explained(self.path):
            self._file.close()
        self._check()

    def _check(self) -> None:
        if self._failure is not None:
            raise self._failure

    def _write_until_closed(self) -> None:
        is_last = False
        while not is_last and self._failure is None:
            self._filled.wait()
            # Lets events gather, unless somebody waits for them.
            self._hurry.wait(self._pause_s)
            with self._changed:
                self._hurry.clear()
                self._filled.clear()
                batch, self._waiting = self._waiting, []
                self._waiting_bytes = 0
                self._writing = True
                is_last = self._closing
            failure = self._written(batch)
            with self._changed:
                self._writing = False
                self._failure = failure
                self._changed.notify_all()

    def _written(self, batch: list[bytes]) -> errors.OpError | None:
        """Writes events as whole records; the error if that fails."""
        try:
            content = memoryview(b"".join(batch))
            while content:
                content = content[self._file.write(content) :]
        except OSError as error:
            return as_op_error(error, self.path, "write")
        return None


def _new_file(logdir: str, suffix: str) -> tuple[str, BinaryIO]:
    """Makes a file of a name that no other writer has, in this process or another one."""
    with explained(logdir):
        Path(logdir).mkdir(parents=True, exist_ok=True)
        while True:
            name = f"events.out.tfevents.{int(time.time()):010d}.{socket.gethostname()}.{os.getpid()}.{next(_numbers)}"
            path = str(Path(logdir) / (name + suffix))
            try:
                return path, open(path, "xb", buffering=0)  # noqa: PTH123  closed by `close`
            except FileExistsError:
                # Another machine or container with the same host name shares the folder.
                continue


@atexit.register
def _close_all() -> None:
    """Writes what programs left in queues when they ended without closing their writers."""
    for writer in list(_open):
        writer.close()
