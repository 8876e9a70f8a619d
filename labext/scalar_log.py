"""Keeps every point of every curve in arrival order, as growing columns of numbers."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

_LARGEST_STEP = 2**32 - 1


@dataclass(frozen=True, slots=True)
class Points:
    """Points in arrival order, one column each.

    Attributes:
        curves: index of the point's curve, uint16.
        steps: training step, uint32.
        seconds: time since the curve was opened, float64.
        values: the value as float64; NaN and infinity are kept.
    """

    curves: npt.NDArray[np.uint16]
    steps: npt.NDArray[np.uint32]
    seconds: npt.NDArray[np.float64]
    values: npt.NDArray[np.float64]


class Curve:
    """One line of the plot: the values of a tag during a run."""

    __slots__ = ("_clock_start_s", "_pending", "_touch", "index", "run", "started_s", "tag")

    def __init__(
        self,
        index: int,
        tag: str,
        run: str,
        pending: deque[tuple[int, int, float, Any]],
        touch: Callable[[], None],
        started_s: float | None = None,
    ) -> None:
        self.index = index
        self.tag = tag
        self.run = run
        self.started_s = time.time() if started_s is None else started_s
        self._clock_start_s = time.perf_counter()
        self._pending = pending.append
        self._touch = touch

    def append(self, step: int, value: Any) -> None:
        """Adds a point. The value may be an array that is still being computed.

        It costs a fraction of a microsecond: the value is read later, in another thread.
        """
        self._pending((self.index, step, time.perf_counter() - self._clock_start_s, value))
        self._touch()

    def append_at(self, step: int, time_s: float, value: float) -> None:
        """Adds a point of an earlier time, in Unix seconds."""
        self._pending((self.index, step, time_s - self.started_s, value))
        self._touch()


class ScalarLog:
    """All points of a plot.

    Args:
        touch: called after each new point; must be cheap.
    """

    def __init__(self, touch: Callable[[], None]) -> None:
        self.curves: list[Curve] = []
        self.problem: str | None = None
        self._touch = touch
        self._pending: deque[tuple[int, int, float, Any]] = deque()
        self._lock = threading.Lock()
        self._length = 0
        self._columns = _columns_of(1024)

    def open_curve(self, tag: str, run: str, started_s: float | None = None) -> Curve:
        """Begins a new curve, now or at an earlier Unix time."""
        with self._lock:
            curve = Curve(len(self.curves), tag, run, self._pending, self._touch, started_s)
            self.curves.append(curve)
        return curve

    def __len__(self) -> int:
        """Returns the number of points, those not read yet included."""
        return self._length + len(self._pending)

    def points(self, since: int = 0) -> Points:
        """Returns all points from a position on; waits for values still being computed."""
        with self._lock:
            self._read_pending()
            stretch = slice(since, self._length)
            columns = self._columns
            return Points(
                columns.curves[stretch], columns.steps[stretch], columns.seconds[stretch], columns.values[stretch]
            )

    def points_of(self, curve: Curve) -> Points:
        """Returns all points of one curve."""
        points = self.points()
        mine = points.curves == curve.index
        return Points(points.curves[mine], points.steps[mine], points.seconds[mine], points.values[mine])

    def _read_pending(self) -> None:
        count = len(self._pending)
        if count == 0:
            return
        taken = [self._pending.popleft() for _ in range(count)]
        curves, steps, seconds, values = zip(*taken, strict=True)
        end = self._length + count
        if end > len(self._columns.values):
            self._columns = _grown(self._columns, self._length, max(end, 2 * self._length))
        stretch = slice(self._length, end)
        self._columns.curves[stretch] = curves
        self._columns.steps[stretch] = np.clip(steps, 0, _LARGEST_STEP)
        self._columns.seconds[stretch] = seconds
        self._columns.values[stretch] = [
            self._number(curve, value) for curve, value in zip(curves, values, strict=True)
        ]
        self._length = end

    def _number(self, curve: int, value: Any) -> float:
        # item() reads an array in 2.5 µs where float() takes 8 and numpy.asarray() 12.
        item = getattr(value, "item", None)
        try:
            return float(value if item is None else item())
        except (TypeError, ValueError) as error:
            self.problem = (
                f"A value of {self.curves[curve].tag!r} is not a single number ({error}). "
                "Plot a scalar, for example its mean."
            )
            return float("nan")


def _columns_of(capacity: int) -> Points:
    return Points(
        np.empty(capacity, np.uint16),
        np.empty(capacity, np.uint32),
        np.empty(capacity, np.float64),
        np.empty(capacity, np.float64),
    )


def _grown(old: Points, length: int, capacity: int) -> Points:
    new = _columns_of(capacity)
    new.curves[:length] = old.curves[:length]
    new.steps[:length] = old.steps[:length]
    new.seconds[:length] = old.seconds[:length]
    new.values[:length] = old.values[:length]
    return new
