"""A run that is made node by node: what has been evaluated, and where the reader stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

import numpy as np

from labext.language import tr
from labext.value_summary import is_finite, summarize

Condition = Callable[[Any], Any]

_MOST_VALUES = 300


@dataclass(frozen=True, slots=True)
class Limit:
    """A condition that a page can choose: whether an element is NaN or infinite, or lies above or below a limit."""

    kind: Literal["odd", "above", "below"]
    limit: float = 0.0

    def __call__(self, value: Any) -> bool:
        """Whether it holds for a value; it never does for what is no number."""
        if self.kind == "odd":
            return not is_finite(value)
        array = np.asarray(value)
        if array.dtype.kind not in "biuf":
            return False
        return bool(((array > self.limit) if self.kind == "above" else (array < self.limit)).any())

    def __str__(self) -> str:
        if self.kind == "odd":
            return tr("value is NaN or infinite")
        text = f"{self.limit:g}"
        return tr("value above {limit}", limit=text) if self.kind == "above" else tr("value below {limit}", limit=text)


class Operation(Protocol):
    """A node."""

    @property
    def name(self) -> str:
        """Unique in its graph."""

    @property
    def type(self) -> str:
        """TensorFlow's name of the operation's kind."""


class Evaluated(Protocol):
    """A node that has just been evaluated."""

    @property
    def operation(self) -> Operation:
        """The node."""

    @property
    def values(self) -> tuple[Any, ...]:
        """The values of its outputs."""


@dataclass(slots=True)
class _Passed:
    name: str
    type: str
    values: tuple[Any, ...]
    summaries: list[dict[str, Any]] | None = None


@dataclass(slots=True)
class StepLog:
    """Goes through a run forward and back; each node is evaluated once, when it is first reached.

    Args:
        steps: gives one node after the other.
        total: how many there are; a loop may bring more.
        touch: called after each change.
    """

    steps: Iterator[Evaluated]
    total: int
    touch: Callable[[], None]
    version: int = 1
    position: int = 0
    is_done: bool = False
    error: Exception | None = None
    stopped_by: str = ""
    _passed: list[_Passed] = field(default_factory=list)
    _breakpoints: dict[str, Condition | None] = field(default_factory=dict)
    _stops_at_odd_numbers: bool = False

    def go(self, position: int) -> None:
        """Moves to where `position` nodes have been evaluated, or as far as the run comes."""
        self.stopped_by = ""
        while len(self._passed) < position and self._advance():
            pass
        self.position = max(0, min(position, len(self._passed)))
        self._change()

    def run(self) -> None:
        """Goes on to the next breakpoint, or to the end."""
        self.stopped_by = ""
        while self.position < len(self._passed) or self._advance():
            self.position += 1
            reason = self._stops_at(self._passed[self.position - 1])
            if reason:
                self.stopped_by = reason
                break
        self._change()

    def break_at(self, node: str, condition: Condition | None = None) -> None:
        """Lets `run` stop once a node has been evaluated, or only if a condition on its first value holds."""
        self._breakpoints[node] = condition
        self._change()

    def remove_break(self, node: str) -> None:
        """Takes a breakpoint away."""
        self._breakpoints.pop(node, None)
        self._change()

    def break_at_odd_numbers(self) -> None:
        """Lets `run` stop at the first node whose value holds NaN or infinity."""
        self._stops_at_odd_numbers = True
        self._change()

    def value(self, node: str, index: int = 0) -> Any:
        """Returns a value of a node that has been passed.

        Raises:
            KeyError: the node was not evaluated before where the reader stands.
        """
        for passed in reversed(self._passed[: self.position]):
            if passed.name == node:
                return passed.values[index]
        raise KeyError(f"{node!r} has not been evaluated yet; go further with forward() or run().")

    @property
    def current(self) -> str | None:
        """The node that was evaluated last; None at the start."""
        return self._passed[self.position - 1].name if self.position else None

    def describe(self, _since: int) -> dict[str, Any]:
        """Returns the present in plain JSON, in the form of `RunLog.describe`."""
        passed = self._passed[: self.position]
        return {
            "kinds": {0: {"operations": [one.name for one in passed], "feeds": [], "fetches": []}},
            "recent": [[0, 1]],
            "runs": 1,
            "step": None,
            "values": {
                f"{one.name}:{index}": {**summary, "step": None, "run": 1}
                for one in passed[-_MOST_VALUES:]
                for index, summary in enumerate(_summaries(one))
            },
            "watched": [],
            "failure": self._failure(),
            "stepping": {
                "position": self.position,
                "total": len(self._passed) if self.is_done else max(self.total, len(self._passed) + 1),
                "breakpoints": list(self._breakpoints),
                "conditions": {
                    node: str(condition) if isinstance(condition, Limit) else tr("a condition from Python")
                    for node, condition in self._breakpoints.items()
                    if condition is not None
                },
                "current": self.current,
                "message": self.message,
            },
        }

    @property
    def message(self) -> str:
        """Where the reader stands, in words."""
        if self.position == 0:
            return tr("{count} nodes to evaluate", count=self.total)
        at = self._passed[self.position - 1]
        end = tr("done") if self.is_done and self.position == len(self._passed) else ""
        parts = [tr("{count} evaluated", count=self.position), f"{at.name} ({at.type})", self.stopped_by, end]
        return " · ".join(part for part in parts if part)

    def _advance(self) -> bool:
        """Evaluates the next node; False if there is none, or it fails."""
        if self.is_done or self.error is not None:
            return False
        try:
            evaluated = next(self.steps)
        except StopIteration:
            self.is_done = True
            return False
        except Exception as error:  # noqa: BLE001 - whatever a node raises is shown at the node
            self.error = error
            return False
        self._passed.append(_Passed(evaluated.operation.name, evaluated.operation.type, evaluated.values))
        if len(self._passed) >= self.total:
            # The last node is not the end: only a further step lets the session take over what was assigned.
            self._advance()
        return True

    def _stops_at(self, passed: _Passed) -> str:
        if passed.name in self._breakpoints:
            condition = self._breakpoints[passed.name]
            if condition is None:
                return tr("breakpoint")
            if passed.values and passed.values[0] is not None and bool(condition(passed.values[0])):
                return tr("condition holds")
        if self._stops_at_odd_numbers and not all(is_finite(v) for v in passed.values if v is not None):
            return tr("first value with NaN or infinity")
        return ""

    def _failure(self) -> dict[str, Any] | None:
        if self.error is None or self.position < len(self._passed):
            return None
        op = getattr(self.error, "op", None)
        return {"node": getattr(op, "name", None), "message": f"{type(self.error).__name__}: {self.error}"}

    def _change(self) -> None:
        self.version += 1
        self.touch()


def _summaries(passed: _Passed) -> list[dict[str, Any]]:
    if passed.summaries is None:
        passed.summaries = [summarize(tr("not evaluated") if value is None else value) for value in passed.values]
    return passed.summaries
