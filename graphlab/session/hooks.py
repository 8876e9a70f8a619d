"""Hooks that take part in the runs of every session on a graph, without a change to the user's loop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol, runtime_checkable

from graphlab.execute.plan import Plan
from graphlab.graph.tensor import Operation, Tensor


@dataclass(frozen=True)
class RunInfo:
    """One kind of run: the same fetches and the same fed tensors in one session.

    Attributes:
        session: the session that runs.
        plan: what the run evaluates, without what hooks add.
        is_initialized: says whether the session holds a value for each variable that a tensor needs, given the feeds.
    """

    session: Any
    plan: Plan
    is_initialized: Callable[[Tensor], bool]

    @cached_property
    def fetches(self) -> tuple[str, ...]:
        """The names of the fetched tensors."""
        return tuple(t.name for t in self.plan.fetches)

    @cached_property
    def feeds(self) -> tuple[str, ...]:
        """The names of the fed tensors."""
        return tuple(t.name for t in self.plan.feeds)

    @cached_property
    def operations(self) -> tuple[str, ...]:
        """The names of the evaluated operations, in the order of evaluation."""
        return tuple(op.name for op in self.plan.operations)

    @property
    def is_step(self) -> bool:
        """Whether the run updates a variable other than by its initializer: a training step."""
        return self.plan.is_step

    def can_fetch(self, tensor: Tensor) -> bool:
        """Whether a tensor can ride along: what it needs is fed, and the variables it reads are initialised."""
        return self.is_initialized(tensor)


class RunHook(Protocol):
    """Takes part in runs; add one with `graph.add_run_hook`."""

    def before_run(self, run: RunInfo) -> Sequence[Tensor]:
        """Returns tensors to evaluate along with a kind of run; asked once for each kind."""

    def after_run(self, run: RunInfo, values: Sequence[Any]) -> None:
        """Receives the values of those tensors after each run that succeeded; they may still be on their way."""


@runtime_checkable
class FailureHook(Protocol):
    """A run hook that also wants to know of runs that failed."""

    def run_failed(self, run: RunInfo, error: Exception, op: Operation | None) -> None:
        """Receives what a run is about to raise, and the operation it is about if that is known."""
