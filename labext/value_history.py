"""Values of tensors over training steps, in bounded memory: the longer the training, the fewer steps between are kept."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from labext.awaited import Column
from labext.value_summary import summarize

_CAPACITY = 1500
_MOST_PENDING_BYTES = 64 * 2**20


@dataclass(slots=True)
class _Moment:
    number: int
    run: int
    step: int
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a follower needs who has seen the first of the recorded steps.

    Attributes:
        upto: how many steps were ever recorded.
        first_run: of earlier runs nothing is kept.
        stride: of all steps only the multiples of this are kept.
        moments: the others that are kept, in plain JSON, oldest first.
    """

    upto: int
    first_run: int
    stride: int
    moments: list[dict[str, Any]]


# The run, the first of consecutive steps, the names, and for each of them its values.
_Stretch = tuple[int, int, Sequence[str], Sequence[Column]]


class ValueHistory:
    """What watched tensors were at each recorded step of each run.

    Every step is recorded until there are too many; then every second is dropped, and of those to come only every
    second is kept, and so on. A tenth as many runs are kept, the newest ones. The newest values are never dropped before
    they were summarised.
    """

    def __init__(self, capacity: int = _CAPACITY) -> None:
        self._capacity = capacity
        self._first_run = 0
        self._stride = 1
        self._recorded = 0
        self._pending: deque[_Stretch] = deque()
        self._places_left = 0
        self._moments: list[_Moment] = []
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """Returns the number of recorded steps."""
        with self._lock:
            self._read_pending()
            return len(self._moments)

    def record(self, run: int, step: int, names: Sequence[str], values: Sequence[Column]) -> None:
        """Records values that may still be computed, for each tensor those of consecutive steps from `step` on.

        It costs a fraction of a microsecond.
        """
        count = len(values[0])
        if -step % self._stride >= count:
            return
        if not self._pending:
            # Asked once for each reading: an array on a device takes a microsecond to tell its size.
            size = sum(getattr(column[0], "nbytes", 8) for column in values)
            self._places_left = _MOST_PENDING_BYTES // max(1, size)
        if self._places_left > 0:
            self._places_left -= count
            self._pending.append((run, step, names, values))

    def since(self, position: int) -> Recorded:
        """Returns what was recorded after the first `position` steps that ever were, and what was dropped."""
        with self._lock:
            self._read_pending()
            new = [moment for moment in self._moments if moment.number >= position]
            moments = [{"run": moment.run, "step": moment.step, "values": moment.values} for moment in new]
            return Recorded(self._recorded, self._first_run, self._stride, moments)

    def at(self, step: int, run: int | None = None) -> dict[str, Any]:
        """Returns what the tensors were at the last recorded step up to `step`, of a run or of the newest.

        Raises:
            KeyError: nothing was recorded so early.
        """
        with self._lock:
            self._read_pending()
            wanted = self._moments[-1].run if run is None and self._moments else run
            for moment in reversed(self._moments):
                if moment.run == wanted and moment.step <= step:
                    return {"step": moment.step, **moment.values}
        raise KeyError(f"nothing is recorded up to step {step}")

    def _read_pending(self) -> None:
        taken = [self._pending.popleft() for _ in range(len(self._pending))]
        if not taken:
            return
        # The first step of a run is never dropped alone.
        first_run = self._first_run = max(self._first_run, taken[-1][0] - self._capacity // 10 + 1)
        taken = [stretch for stretch in taken if stretch[0] >= first_run]
        stride, kept = self._stride, [moment for moment in self._moments if moment.run >= first_run]
        while len(kept) + sum(len(_places(stretch, stride)) for stretch in taken) > self._capacity:
            stride *= 2
            kept = [moment for moment in kept if moment.step % stride == 0]
        self._stride, self._moments = stride, kept
        for run, step, names, columns in taken:
            for place in _places((run, step, names, columns), stride):
                values = {name: summarize(column[place]) for name, column in zip(names, columns, strict=True)}
                self._moments.append(_Moment(self._recorded, run, step + place, values))
                self._recorded += 1


def _places(stretch: _Stretch, stride: int) -> range:
    """The places of the steps to keep."""
    _, step, _, columns = stretch
    return range(-step % stride, len(columns[0]), stride)
