"""The live channel: what grows in Python reaches the page in batches, and nothing gets lost.

A *source* is anything that only grows and counts its items: points of a plot, nodes of a graph.
Its channel sends the page what is new, from the one thread of `labext.flusher`. A batch says which
items it holds, ``since`` up to ``upto``; a page that stands elsewhere asks for the rest with
``{"channel": name, "epoch": e, "resync": its position}``. It also says whether ``more`` follows at
this moment, from another channel, so that the page draws once for all. Once a source rests, an
empty batch says again where it ends, for a page that has missed the last one.
"""

from __future__ import annotations

import contextvars
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from labext.cells import at_cell_end
from labext.flusher import Flusher

PACE_S = 0.1
"""Time from one message of a channel to its next in a loop.

All channels of a loop send at the same moments, so that the page draws once for all of them.
"""

FAST_PACES = {1_000: 0.2, 2_000: 0.6}
"""The same for a source that grows by more than so many items a second: its loop pays for each message."""

_FIRST_KEYFRAME_S = 0.25


@dataclass(frozen=True, slots=True)
class Batch:
    """A stretch of a source.

    Attributes:
        upto: the source's length after this stretch.
        header: what the page needs to read the buffers; JSON.
        buffers: the items, binary, each a C-contiguous buffer.
    """

    upto: int
    header: Mapping[str, Any] = field(default_factory=dict)
    buffers: Sequence[bytes | bytearray | memoryview] = ()


Collect = Callable[[int], Batch]
"""Gives all items from a position to the present end. Never called twice at once by a channel."""


class Send(Protocol):
    """Sends one message to every page that shows the widget, as ``ipywidgets.Widget.send`` does."""

    def __call__(self, content: dict[str, Any], buffers: list[Any] | None = None) -> None:
        """Sends ``content`` as JSON and ``buffers`` as they are."""


class Channel:
    """Carries a growing source to the page.

    ``touch`` is all that a fast loop calls; the source is read and converted in the flusher's
    thread. Until a page has spoken, the whole source is sent again whenever the time since its
    first batch has doubled: the page may have missed the first batches while it loaded, and a
    kernel that is busy with a cell does not hear it ask.

    Args:
        send: the widget's ``send``.
        collect: reads the source; runs in the flusher's thread or at a cell's end.
        name: tells the channels of one widget apart.
        pace_s: time from one message to the next in a loop, a multiple of all paces.
    """

    def __init__(self, send: Send, collect: Collect, name: str = "data", pace_s: float = PACE_S) -> None:
        self._send = send
        self._collect = collect
        self._name = name
        # The kernel delivers what a page says to a widget to where the widget has last spoken from. The cell that made
        # it stays; the subshell whose message happens to be handled now goes with its page, and the widget turns deaf.
        self._cell = contextvars.copy_context()
        self._lock = threading.RLock()
        self._epoch = 0
        self._sent = 0
        self._is_heard = False
        self._started_s = 0.0
        self._keyframe_s = 0.0
        self._is_closed = False
        self.is_due = False
        self._pace_s = self.pace_s = pace_s
        self.served_s = 0.0
        self.turn_s = 0.0
        at_cell_end(self.flush)

    def touch(self) -> None:
        """Says that the source has grown. Costs a fraction of a microsecond, from any thread."""
        if not self.is_due:
            self.is_due = True
            _flusher.schedule(self)

    def restart(self) -> None:
        """Says that the source has begun anew: the page drops what it has."""
        with self._lock:
            self._epoch += 1
            self._sent = 0
        self.touch()

    def receive(self, content: object) -> bool:
        """Handles a message from the page; returns whether it was meant for this channel."""
        if not isinstance(content, dict) or content.get("channel") != self._name:
            return False
        position = content.get("resync")
        if isinstance(position, int) and position >= 0:
            with self._lock:
                self._is_heard = True
                self._sent = min(self._sent, position) if content.get("epoch") == self._epoch else 0
            self.touch()
            # Not at the loop's pace: the page has waited for that once.
            _flusher.hasten(self)
        return True

    def set_pace(self, count: int, seconds: float) -> None:
        """Fits the pace to a source that has grown by so many items in this time."""
        # Within a shorter time a few items more say nothing of the source.
        least = max(seconds, self._pace_s)
        self.pace_s = max([self._pace_s, *(pace_s for rate, pace_s in FAST_PACES.items() if count > rate * least)])

    def flush(self, *, more: bool = False) -> int:
        """Sends now what the page does not have yet; returns by how many items the source has grown.

        Args:
            more: whether the page may wait for another channel's batch before it draws.
        """
        with self._lock:
            self.is_due = False
            if self._is_closed:
                return 0
            since = 0 if self._is_keyframe_due() else self._sent
            batch = self._collect(since)
            if batch.upto <= since:
                return 0
            self._send_batch(since, batch, more=more)
            count, self._sent = batch.upto - self._sent, batch.upto
            return count

    def tell_end(self) -> bool:
        """Says again where the source ends; returns whether the channel is still open."""
        with self._lock:
            if not self._is_closed:
                self._send_batch(self._sent, Batch(self._sent))
            return not self._is_closed

    def close(self) -> None:
        """Ends the channel after a last batch."""
        self.flush()
        self._is_closed = True

    def _send_batch(self, since: int, batch: Batch, *, more: bool = False) -> None:
        place = {"channel": self._name, "epoch": self._epoch, "since": since, "upto": batch.upto, "more": more}
        self._cell.run(self._send, {**place, "header": dict(batch.header)}, buffers=list(batch.buffers))

    def _is_keyframe_due(self) -> bool:
        if self._is_heard:
            return False
        now = time.monotonic()
        if self._started_s == 0.0:
            self._started_s = now
            self._keyframe_s = now + _FIRST_KEYFRAME_S
        if now < self._keyframe_s:
            return False
        self._keyframe_s = now + (now - self._started_s)
        return True


_flusher = Flusher()
