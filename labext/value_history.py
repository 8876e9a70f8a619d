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
    run: int
    step: int
    names: Sequence[str]
    values: Sequence[Any]
    summaries: dict[str, Any] | None = None


class ValueHistory:
    """What watched tensors were at each recorded step of each run.

    Every step is recorded until there are too many; then every second is dropped, and of those to come only every
    second is kept, and so on. The newest values are never dropped before they were summarised.
    """

    def __init__(self, capacity: int = _CAPACITY) -> None:
        self.epoch = 0
        self._capacity = capacity
        self._stride = 1
        self._pending: deque[_Moment] = deque()
        self._most_pending = 0
        self._moments: list[_Moment] = []
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """Returns the number of recorded steps."""
        with self._lock:
            self._read_pending()
            return len(self._moments)

    def record(self, run: int, step: int, names: Sequence[str], values: Sequence[Column]) -> None:
        """Records values that may still be computed, for each tensor those of consecutive steps from `step` on.

        It costs a fraction of a microsecond for each step that is kept.
        """
        for place in range(-step % self._stride, len(values[0]), self._stride):
            moment = _Moment(run, step + place, names, [column[place] for column in values])
            if not self._pending:
                # Asked once for each reading: an array on a device takes a microsecond to tell its size.
                size = sum(getattr(value, "nbytes", 8) for value in moment.values)
                self._most_pending = _MOST_PENDING_BYTES // max(1, size)
            if len(self._pending) <= self._most_pending:
                self._pending.append(moment)

    def since(self, position: int) -> list[dict[str, Any]]:
        """Returns the recorded steps from a position on, in plain JSON, oldest first."""
        with self._lock:
            self._read_pending()
            return [
                {"run": moment.run, "step": moment.step, "values": moment.summaries}
                for moment in self._moments[position:]
            ]

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
                    return {"step": moment.step, **(moment.summaries or {})}
        raise KeyError(f"nothing is recorded up to step {step}")

    def _read_pending(self) -> None:
        new = [self._pending.popleft() for _ in range(len(self._pending))]
        moments = [*self._moments, *new]
        if len(moments) > self._capacity:
            while len(moments) > self._capacity:
                self._stride *= 2
                moments = [moment for moment in moments if moment.step % self._stride == 0]
            # Positions have changed: whoever follows begins anew.
            self.epoch += 1
        for moment in moments:
            if moment.summaries is None:
                moment.summaries = {n: summarize(v) for n, v in zip(moment.names, moment.values, strict=True)}
                moment.values = ()
        self._moments = moments
