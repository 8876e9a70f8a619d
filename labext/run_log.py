"""What has been run, as a graph view shows it: which nodes, how often, with which values, and what failed."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from labext.awaited import Awaited, Column
from labext.language import tr
from labext.value_history import ValueHistory
from labext.value_summary import is_finite, summarize


@dataclass(frozen=True, slots=True)
class RunShape:
    """What distinct runs have in common.

    Attributes:
        operations: names of the evaluated operations, in the order of evaluation.
        feeds: names of the fed tensors.
        fetches: names of the fetched tensors.
    """

    operations: tuple[str, ...]
    feeds: tuple[str, ...]
    fetches: tuple[str, ...]


@dataclass(eq=False, slots=True)
class RunKind:
    """One distinct run and how often it was made.

    Attributes:
        index: its number, in the order of first sight.
        shape: what it evaluates.
        since: the log's version that brought it.
        count: how often it ran since the log's counts began.
    """

    index: int
    shape: RunShape
    since: int
    count: int = 0


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a run failed, or where numbers went wrong.

    Attributes:
        node: name of the operation, or None if none is to blame.
        message: what happened, for the reader.
    """

    node: str | None
    message: str


@dataclass(slots=True)
class _Value:
    step: int | None
    run: int
    summary: dict[str, Any]


@dataclass(slots=True)
class RunLog:
    """Counts runs and keeps the newest value of each watched tensor.

    Noting a run costs a fraction of a microsecond; values are read and summarised when the page is told.

    Args:
        touch: called after each change; must be cheap.
    """

    touch: Callable[[], None]
    awaited: Awaited = field(init=False)
    runs: int = 0
    step: int | None = None
    failure: Failure | None = None
    watched: tuple[str, ...] = ()
    training: int = 0
    trouble: Failure | None = None
    _version: int = 0
    _history: ValueHistory = field(default_factory=ValueHistory)
    _kinds: dict[RunShape, RunKind] = field(default_factory=dict)
    _recent: dict[RunKind, None] = field(default_factory=dict)
    _last: RunKind | None = None
    _unchecked: deque[tuple[int | None, Sequence[str], Sequence[Any]]] = field(default_factory=deque)
    _arrived: dict[tuple[str, ...], tuple[int | None, int, Sequence[Any]]] = field(default_factory=dict)
    _values: dict[str, _Value] = field(default_factory=dict)
    _begins_anew: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        """Begins to wait for steps."""
        self.awaited = Awaited(self.touch)

    @property
    def version(self) -> int:
        """Grows with each change."""
        self.awaited.settle()
        return self._version

    @property
    def history(self) -> ValueHistory:
        """The values of the watched tensors over the training steps."""
        self.awaited.settle()
        return self._history

    def kind_of(self, shape: RunShape) -> RunKind:
        """Finds or makes the kind of a run."""
        with self._lock:
            return self._kinds.setdefault(shape, RunKind(len(self._kinds), shape, self._version))

    def note(
        self,
        kind: RunKind,
        count: int,
        step: int | None,
        names: tuple[str, ...],
        values: Sequence[Column],
        *,
        is_step: bool = False,
    ) -> None:
        """Notes runs of this kind that have succeeded.

        Args:
            kind: their kind.
            count: how many.
            step: the training step of the first one, or None.
            names: tensors.
            values: the values of each tensor in all runs.
            is_step: whether each of them was a training step.
        """
        if self._begins_anew:
            self._begin()
        kind.count += count
        self.runs += count
        if kind is not self._last:
            # The newest stands last.
            self._recent.pop(kind, None)
            self._recent[kind] = None
            self._last = kind
        self.step = step + count - 1 if is_step and step is not None else step
        self.failure = None
        if names:
            self._arrived[names] = (self.step, self.runs, [column[-1] for column in values])
            if is_step and step is not None:
                self._history.record(self.training, step, names, values)
        self._version += count
        self.touch()

    def begin_training(self) -> None:
        """Says that the variables begin anew: what is recorded from here on is another training."""
        self.training += 1
        self.trouble = None

    def check(self, step: int | None, names: Sequence[str], values: Sequence[Any]) -> None:
        """Looks, later, for the first of these tensors, in the order of evaluation, that is not finite."""
        if self.trouble is None:
            self._unchecked.append((step, names, values))

    def find_trouble(self) -> Failure | None:
        """Returns where NaN or infinity came up first in this training, as far as runs were checked."""
        self.awaited.settle()
        with self._lock:
            self._read_unchecked()
        return self.trouble

    def fail(self, failure: Failure) -> None:
        """Notes a failure; the next run that succeeds takes it back."""
        self.failure = failure
        self._version += 1
        self.touch()

    def watch(self, names: Sequence[str]) -> None:
        """Says of which tensors values are to be shown."""
        self.watched = tuple(names)
        with self._lock:
            self._read_arrived()
            self._values = {name: held for name, held in self._values.items() if name in names}
        self._version += 1
        self.touch()

    def end_cell(self) -> None:
        """Lets the counts begin anew with the next run."""
        self.awaited.settle()
        self._begins_anew = True

    def clear(self) -> None:
        """Forgets all runs: another graph is shown."""
        with self._lock:
            self._kinds.clear()
            self._recent.clear()
            self._last = None
            self._arrived.clear()
            self._values.clear()
        self.failure = None
        self._version += 1
        self.touch()

    def value(self, name: str) -> dict[str, Any] | None:
        """Returns the summary of a tensor's newest value, or None before there is one."""
        self.awaited.settle()
        with self._lock:
            self._read_arrived()
            held = self._values.get(name)
        return None if held is None else held.summary

    def counts(self) -> dict[str, int]:
        """Returns how often each node was evaluated since the counts began."""
        self.awaited.settle()
        counts: dict[str, int] = {}
        for kind in list(self._recent):
            for name in kind.shape.operations:
                counts[name] = counts.get(name, 0) + kind.count
        return counts

    def describe(self, since: int) -> dict[str, Any]:
        """Returns, in plain JSON, what a page that has seen version `since` needs to show the present."""
        with self._lock:
            new = [kind for kind in self._kinds.values() if kind.since >= since]
            self._read_arrived()
            self._read_unchecked()
            failure = self.failure or self.trouble
            values = {n: {**held.summary, "step": held.step, "run": held.run} for n, held in self._values.items()}
        return {
            "kinds": {
                kind.index: {
                    "operations": kind.shape.operations,
                    "feeds": kind.shape.feeds,
                    "fetches": kind.shape.fetches,
                }
                for kind in new
            },
            "recent": [[kind.index, kind.count] for kind in list(self._recent)],
            "runs": self.runs,
            "step": self.step,
            "values": values,
            "watched": self.watched,
            "failure": failure and {"node": failure.node, "message": failure.message},
        }

    def _read_arrived(self) -> None:
        """Summarises what has arrived since; only the newest value of each tensor."""
        for names in list(self._arrived):
            step, run, values = self._arrived.pop(names)
            for name, value in zip(names, values, strict=True):
                if name not in self._values or self._values[name].run < run:
                    self._values[name] = _Value(step, run, summarize(value))

    def _read_unchecked(self) -> None:
        for _ in range(len(self._unchecked)):
            step, names, values = self._unchecked.popleft()
            if self.trouble is not None:
                continue
            for name, value in zip(names, values, strict=True):
                if not is_finite(value):
                    self.trouble = Failure(name.partition(":")[0], _trouble(name, step, summarize(value)))
                    break

    def _begin(self) -> None:
        self._begins_anew = False
        for kind in self._recent:
            kind.count = 0
        self._recent.clear()
        self._last = None


def _trouble(tensor: str, step: int | None, told: dict[str, Any]) -> str:
    kinds = [kind for kind, count in (("NaN", told["nan"]), (tr("infinity"), told["infinite"])) if count]
    places = {
        "kinds": tr("{first} and {second}", first=kinds[0], second=kinds[1]) if kinds[1:] else kinds[0],
        "node": repr(tensor.partition(":")[0]),
    }
    if step is None:
        return tr("{kinds} came up here first: the inputs of {node} were finite.", **places)
    return tr("{kinds} came up here first at step {step}: the inputs of {node} were finite.", step=step, **places)
