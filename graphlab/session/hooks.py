"""Hooks that take part in the runs of every session on a graph, without a change to the user's loop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol, runtime_checkable

import numpy as np

from graphlab.execute.plan import Plan
from graphlab.graph.tensor import Operation, Tensor

Column = Sequence[Any] | np.ndarray[Any, Any]


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

    def settle(self) -> bool:
        """Makes the steps that wait in the session; False if it is busy, then ask again. From any thread."""
        return bool(self.session.settle())


class RunHook(Protocol):
    """Takes part in runs; add one with `graph.add_run_hook`."""

    def before_run(self, run: RunInfo) -> Sequence[Tensor]:
        """Returns tensors to evaluate along with a kind of run; asked once for each kind."""

    def after_runs(self, run: RunInfo, count: int, values: Sequence[Column]) -> None:
        """Receives the values of those tensors in the last `count` runs: for each tensor a list or an array of them.

        They may still be on their way. Runs of a kind that returns nothing may have waited to be made together.
        """


@runtime_checkable
class WaitingHook(Protocol):
    """A run hook that also wants to know of steps that wait: `run.settle()` brings them."""

    def runs_wait(self, run: RunInfo) -> None:
        """Is told at the first step of those that will be made together; must be quick."""


@runtime_checkable
class FailureHook(Protocol):
    """A run hook that also wants to know of runs that failed."""

    def run_failed(self, run: RunInfo, error: Exception, op: Operation | None) -> None:
        """Receives what a run is about to raise, and the operation it is about if that is known."""
