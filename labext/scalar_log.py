"""Keeps every point of every curve in arrival order, as growing columns of numbers."""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import numpy as np
import numpy.typing as npt

from labext.awaited import Awaited, Column
from labext.language import tr

_LARGEST_STEP = 2**32 - 1
_MOST_ELEMENTS = 16

# The curve, the first of consecutive steps, the seconds of the first and the last of them, and their values.
_Stretch = tuple[int, int, float, float, Column]
_Parts = dict[str, Callable[[npt.NDArray[Any]], Any]]
_EXTREMES: _Parts = {" min": np.min, " mean": np.mean, " max": np.max}


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
        pending: deque[_Stretch],
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
        now_s = time.perf_counter() - self._clock_start_s
        self._pending((self.index, step, now_s, now_s, (value,)))
        self._touch()

    def extend(self, step: int, values: Column, since_s: float | None = None) -> None:
        """Adds the points of consecutive steps.

        Args:
            step: the first of the steps.
            values: the values, a list or an array of them, which may still be being computed.
            since_s: when the first one was asked for, by `time.perf_counter`; they are taken for evenly spaced. By
                default all are of now.
        """
        if since_s is None:
            for place, value in enumerate(values):
                self.append(step + place, value)
            return
        last_s = time.perf_counter()
        first_s = since_s + (last_s - since_s) / len(values)
        self._pending((self.index, step, first_s - self._clock_start_s, last_s - self._clock_start_s, values))
        self._touch()

    def append_at(self, step: int, time_s: float, value: float) -> None:
        """Adds a point of an earlier time, in Unix seconds."""
        second = time_s - self.started_s
        self._pending((self.index, step, second, second, (value,)))
        self._touch()


class ScalarLog:
    """All points of a plot.

    Args:
        touch: called after each new point; must be cheap.
    """

    def __init__(self, touch: Callable[[], None]) -> None:
        self.curves: list[Curve] = []
        self.awaited = Awaited(touch)
        self.problem: str | None = None
        self._touch = touch
        self._pending: deque[_Stretch] = deque()
        self._groups: dict[int, _Parts] = {}
        self._lock = threading.Lock()
        self._length = 0
        self._columns = _columns_of(1024)

    def open_curve(self, tag: str, run: str, started_s: float | None = None) -> Curve:
        """Begins a new curve, now or at an earlier Unix time."""
        with self._lock:
            return self._open(tag, run, started_s)

    def open_curves(self, tag: str, run: str, shape: tuple[int, ...]) -> Curve:
        """Begins curves of the elements of arrays, or of what large arrays come down to; the first one takes the arrays."""
        with self._lock:
            parts = _elements_of(shape) if math.prod(shape) <= _MOST_ELEMENTS else _EXTREMES
            curves = [self._open(f"{tag}{part}", run, None) for part in parts]
            self._groups[curves[0].index] = parts
        return curves[0]

    def __len__(self) -> int:
        """Returns the number of points."""
        self.awaited.settle()
        with self._lock:
            self._read_pending()
            return self._length

    def points(self, since: int = 0) -> Points:
        """Returns all points from a position on; waits for values still being computed."""
        self.awaited.settle()
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

    def _open(self, tag: str, run: str, started_s: float | None) -> Curve:
        curve = Curve(len(self.curves), tag, run, self._pending, self._touch, started_s)
        self.curves.append(curve)
        return curve

    def _read_pending(self) -> None:
        taken = [self._pending.popleft() for _ in range(len(self._pending))]
        if self._groups:
            taken = [part for stretch in taken for part in self._parts(stretch)]
        if not taken:
            return
        # A step of NumPy for all of them: one for each costs more than reading a value.
        curves, steps, firsts, lasts, values = zip(*taken, strict=True)
        counts = np.array([*map(len, values)])
        begins = self._length + counts.cumsum() - counts
        end = int(begins[-1] + counts[-1])
        if end > len(self._columns.values):
            self._columns = _grown(self._columns, self._length, max(end, 2 * self._length))
        columns, stretch = self._columns, slice(self._length, end)
        places = np.arange(self._length, end) - begins.repeat(counts)
        gaps = np.subtract(lasts, firsts) / np.maximum(counts - 1, 1)
        columns.curves[stretch] = np.repeat(curves, counts)
        columns.steps[stretch] = _clipped(np.repeat(steps, counts) + places)
        columns.seconds[stretch] = np.repeat(firsts, counts) + places * gaps.repeat(counts)
        numbers = [*map(self._numbers, curves, values)]
        columns.values[stretch] = (
            np.concatenate(numbers) if end - self._length > len(numbers) else [one for (one,) in numbers]
        )
        self._length = end

    def _parts(self, stretch: _Stretch) -> Iterable[_Stretch]:
        curve, step, first_s, last_s, values = stretch
        parts = self._groups.get(curve)
        if parts is None:
            return (stretch,)
        arrays = [np.asarray(value) for value in values]
        return [
            (curve + place, step, first_s, last_s, [self._part(read, array, curve) for array in arrays])
            for place, read in enumerate(parts.values())
        ]

    def _part(self, read: Callable[[npt.NDArray[Any]], Any], array: npt.NDArray[Any], curve: int) -> Any:
        try:
            return read(array)
        except (TypeError, ValueError, IndexError) as error:
            self.problem = tr(
                "A value of {tag} could not be plotted ({error}).", tag=repr(self.curves[curve].tag), error=error
            )
            return float("nan")

    def _numbers(self, curve: int, values: Column) -> Column:
        if isinstance(values, np.ndarray) and values.dtype.kind in "fiub" and values.size == len(values):
            return values.reshape(-1)
        return [self._number(curve, value) for value in values]

    def _number(self, curve: int, value: Any) -> float:
        # item() reads an array in 2.5 µs where float() takes 8 and numpy.asarray() 12.
        item = getattr(value, "item", None)
        try:
            return float(value if item is None else item())
        except (TypeError, ValueError) as error:
            self.problem = tr(
                "A value of {tag} is not a single number ({error}). Plot a scalar, for example its mean.",
                tag=repr(self.curves[curve].tag),
                error=error,
            )
            return float("nan")


def _elements_of(shape: tuple[int, ...]) -> _Parts:
    return {f"[{', '.join(map(str, index))}]": itemgetter(index) for index in np.ndindex(*shape)}


def _clipped(steps: Any) -> npt.NDArray[np.int64]:
    return np.minimum(np.maximum(np.asarray(steps, np.int64), 0), _LARGEST_STEP)


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
