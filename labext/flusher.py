"""The thread that sends for all channels: at once after a pause, in a loop at each channel's pace, 25 times a second in all."""

from __future__ import annotations

import atexit
import logging
import math
import threading
import time
from collections.abc import Callable
from typing import Protocol

INTERVAL_S = 0.04
"""Least time from one message to the next, of whatever channel, while there is always something to send."""

# A channel that is touched so soon after its last message is in a loop.
_SOON_S = 0.02
# To look whether a channel has news, where it has none.
_LOOK_S = INTERVAL_S / 10
_AT_ONCE = 4
_REST_S = 0.5
_END_S = 2.0

_log = logging.getLogger(__name__)


class Served(Protocol):
    """What the flusher needs of a channel.

    Attributes:
        is_due: whether it has asked for a turn that it has not had.
        pace_s: time from one message to the next in a loop.
        turn_s: when it is its turn; kept by the flusher.
        served_s: when it had its last one; kept by the flusher.
    """

    is_due: bool
    pace_s: float
    turn_s: float
    served_s: float

    def flush(self, *, more: bool) -> int:
        """Sends what is new, and whether another channel's turn is next; returns by how many items the source has grown."""

    def set_pace(self, count: int, seconds: float) -> None:
        """Fits the pace to a source that has grown by so many items in this time."""

    def tell_end(self) -> bool:
        """Says again where the source ends."""


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
        self._due: list[Served] = []
        self._resting: dict[Served, float] = {}
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

    def schedule(self, channel: Served) -> None:
        """Serves a channel once it is its turn."""
        now = self._clock.monotonic()
        channel.turn_s = now if now - channel.served_s > _SOON_S else _next_moment(now, channel.pace_s)
        self._due.append(channel)
        if channel.turn_s < self._wakes_s:
            self._wake.set()
        # A fork leaves its child without the thread.
        if self._thread is None or not self._thread.is_alive():
            self._start()

    def hasten(self, channel: Served) -> None:
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

    def _flush(self, channel: Served) -> None:
        before_s, channel.served_s = channel.served_s, self._clock.monotonic()
        more = any(due.turn_s <= channel.served_s for due in self._due)
        channel.set_pace(self._send(lambda: channel.flush(more=more)), channel.served_s - before_s)
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
    moment_s = (now_s // pace_s + 1) * pace_s
    # At such a moment the product may be the present, by its rounding.
    return moment_s if moment_s > now_s else moment_s + pace_s
