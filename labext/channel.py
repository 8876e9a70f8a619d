"""The live channel: what grows in Python reaches the page in batches, and nothing gets lost.

A *source* is anything that only grows and counts its items: points of a plot, nodes of a graph.
Its channel sends the page what is new, from one daemon thread that all channels share: at once
after a pause, in a loop ten times a second, in a fast one less often, and 25 times a second in all.
A batch says which items it holds, ``since`` up to ``upto``; a page that stands elsewhere asks for
the rest with ``{"channel": name, "epoch": e, "resync": its position}``. Once a source rests, an
empty batch says again where it ends, for a page that has missed the last one.
"""

from __future__ import annotations

import atexit
import contextvars
import logging
import math
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from labext.cells import at_cell_end

INTERVAL_S = 0.04
"""Least time from one message to the next, of whatever channel, while there is always something to send."""

PACE_S = 0.1
"""Time from one message of a channel to its next in a loop.

All channels of a loop send at the same moments, so that the page draws once for all of them.
"""

FAST_PACES = {1_000: 0.2, 2_000: 0.6}
"""The same for a source that grows by more than so many items a second: its loop pays for each message."""

# A channel that is touched so soon after its last message is in a loop.
_SOON_S = 0.02
# To look whether a channel has news, where it has none.
_LOOK_S = INTERVAL_S / 10
_AT_ONCE = 4
_REST_S = 0.5
_END_S = 2.0
_FIRST_KEYFRAME_S = 0.25

_log = logging.getLogger(__name__)


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
        self.pace_s = max([self._pace_s, *(pace_s for rate, pace_s in FAST_PACES.items() if count > rate * seconds)])

    def flush(self) -> int:
        """Sends now what the page does not have yet; returns by how many items the source has grown."""
        with self._lock:
            self.is_due = False
            if self._is_closed:
                return 0
            since = 0 if self._is_keyframe_due() else self._sent
            batch = self._collect(since)
            if batch.upto <= since:
                return 0
            self._send_batch(since, batch)
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

    def _send_batch(self, since: int, batch: Batch) -> None:
        place = {"channel": self._name, "epoch": self._epoch, "since": since, "upto": batch.upto}
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


class Clock(Protocol):
    """What the flusher needs to know of time."""

    def monotonic(self) -> float:
        """Seconds since some moment."""

    def wait(self, event: threading.Event, seconds: float | None) -> None:
        """Waits for an event, but no longer than so many seconds."""


class _Clock:
    monotonic = staticmethod(time.monotonic)

    def wait(self, event: threading.Event, seconds: float | None) -> None:
        event.wait(seconds)


class Flusher:
    """The thread that serves all channels in turns; it sleeps while there is nothing to send.

    Args:
        clock: tells the time.
    """

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock or _Clock()
        self._due: list[Channel] = []
        self._resting: dict[Channel, float] = {}
        self._free_s = 0.0
        # When it looks again: after a message at the next moment for all, since a loop that goes on then need not wake it.
        self._look_s = math.inf
        self._wakes_s = math.inf
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None
        self._start_lock = threading.Lock()
        self._is_over = False
        # An interpreter that ends under a thread which reads an array of JAX aborts.
        atexit.register(self._end)

    def schedule(self, channel: Channel) -> None:
        """Serves a channel once it is its turn."""
        now = self._clock.monotonic()
        channel.turn_s = now if now - channel.served_s > _SOON_S else _next_moment(now, channel.pace_s)
        self._due.append(channel)
        if channel.turn_s < self._wakes_s:
            self._wake.set()
        # A fork leaves its child without the thread.
        if self._thread is None or not self._thread.is_alive():
            self._start()

    def hasten(self, channel: Channel) -> None:
        """Serves a channel that is due as soon as another message may go."""
        channel.turn_s = 0.0
        self._wake.set()

    def _start(self) -> None:
        with self._start_lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._serve, name="labext-flusher", daemon=True)
                self._thread.start()

    def _end(self) -> None:
        self._is_over = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join(_END_S)

    def _serve(self) -> None:
        while not self._is_over:
            # Whoever comes from here on wakes it.
            self._wakes_s = math.inf
            now = self._clock.monotonic()
            channel = min(self._due, key=lambda due: due.turn_s, default=None)
            turn_s = math.inf if channel is None else channel.turn_s
            rest_s = next(iter(self._resting.values()), math.inf)
            next_s = max(self._free_s, min(turn_s, rest_s, self._look_s))
            if next_s > now:
                self._wakes_s = next_s
                self._clock.wait(self._wake, None if next_s == math.inf else next_s - now)
                self._wake.clear()
            elif rest_s <= now:
                self._tell_end()
            elif channel is not None and turn_s <= now:
                self._due.remove(channel)
                self._flush(channel)
            else:
                self._look_s = math.inf

    def _flush(self, channel: Channel) -> None:
        before_s, channel.served_s = channel.served_s, self._clock.monotonic()
        channel.set_pace(self._send(channel.flush), channel.served_s - before_s)
        self._look_s = _next_moment(channel.served_s, channel.pace_s)
        self._resting.pop(channel, None)
        self._resting[channel] = self._clock.monotonic() + _REST_S

    def _tell_end(self) -> None:
        channel = next(iter(self._resting))
        del self._resting[channel]
        # One that waits for its turn does not rest.
        if not channel.is_due:
            self._send(channel.tell_end)

    def _send(self, send: Callable[[], int]) -> int:
        """Sends, and notes when the next message may go; after a rest some go at once."""
        cost_s, count = INTERVAL_S, 0
        try:
            count = send()
            if not count:
                cost_s = _LOOK_S
        except Exception:  # noqa: BLE001 - one broken source must not end the thread that serves all
            _log.exception("A batch for the page could not be sent; the next one will hold its items too.")
        self._free_s = max(self._free_s, self._clock.monotonic() - (_AT_ONCE - 1) * INTERVAL_S) + cost_s
        return count


def _next_moment(now_s: float, pace_s: float) -> float:
    """The next moment at which channels with this pace send."""
    return (now_s // pace_s + 1) * pace_s


_flusher = Flusher()
