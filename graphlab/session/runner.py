"""Runs one kind of run again and again: first on NumPy, then compiled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import jax
import numpy as np

from graphlab.execute.compile import Compiled
from graphlab.execute.feed import fed_array
from graphlab.execute.fetch import Fetches
from graphlab.execute.plan import Plan, make_plan
from graphlab.execute.program import evaluate, make_program
from graphlab.graph import errors
from graphlab.graph.tensor import Operation, Tensor, failed
from graphlab.session.hooks import RunHook, RunInfo
from graphlab.session.store import Store

_RUNS_BEFORE_COMPILING: Final = 2
_MAX_SHAPES: Final = 64


class Runner:
    """One kind of run: fixed fetches and fed tensors.

    The first runs are computed by NumPy, which needs no compiler; from the third on, one compiled program does it.
    The tier depends on the number of runs alone, so that the same program gives the same digits each time.
    """

    def __init__(self, session: Any, fetches: Any, feeds: Sequence[Tensor], hooks: Sequence[RunHook]) -> None:
        """Plans the run.

        Raises:
            TypeError, ValueError: the fetches cannot be fetched.
        """
        self._fetches = Fetches(session.graph, fetches)
        plan = make_plan(self._fetches.tensors, self._fetches.targets, feeds)
        self._store: Store = session.store
        self._feeds = tuple(feeds)
        self._riders, extra = _riders(session, plan, hooks)
        self._plan = make_plan((*plan.fetches, *extra), self._fetches.targets, feeds) if extra else plan
        self._fetched = len(plan.fetches)
        self._program = make_program(self._plan)
        self._counts: dict[Any, int] = {}
        self._compiled: dict[Any, Compiled | None] = {}
        if self._plan.unfed:
            raise _unfed(self._plan.unfed[0])

    def run(self, values: Sequence[Any]) -> Any:
        """Runs once with the given values for the fed tensors, and returns the results in the form of the fetches."""
        feeds = [fed_array(tensor, value) for tensor, value in zip(self._feeds, values, strict=True)]
        results, written, samples = self._evaluate(feeds)
        self._store.commit(written, samples)
        position = self._fetched
        for hook, info, count in self._riders:
            hook.after_run(info, results[position : position + count])
            position += count
        return self._fetches.assemble([_fetched_value(r) for r in results[: self._fetched]])

    def _evaluate(
        self, feeds: list[np.ndarray[Any, Any]]
    ) -> tuple[Sequence[Any], dict[str, Any], dict[Operation, int]]:
        compiled = self._tier(feeds)
        if compiled is None:
            return self._interpret(feeds)
        results, new = compiled(feeds, self._store.variables, self._store.offsets(self._plan.random))
        return results, dict(zip(compiled.written, new, strict=True)), compiled.samples

    def _interpret(
        self, feeds: list[np.ndarray[Any, Any]]
    ) -> tuple[Sequence[Any], dict[str, Any], dict[Operation, int]]:
        state = _Overlay(self._store.variables)
        samples: dict[Operation, int] = {}

        def draw(op: Operation, count: int) -> tuple[int, int, Any]:
            samples[op] = count
            return (*self._store.seeds(op), np.uint64(self._store.position(op)))

        with np.errstate(all="ignore"):
            results = evaluate(self._program, np, feeds, state, draw)
        return results, state.written, samples

    def _tier(self, feeds: list[np.ndarray[Any, Any]]) -> Compiled | None:
        """The compiled program for these shapes, or None while NumPy is to compute."""
        if self._plan.needs_host:
            return None
        known = tuple([name in self._store.variables for name in self._plan.variables])
        key = (known, *[a.shape for a in feeds])
        if key in self._compiled:
            return self._compiled[key]
        count = self._counts[key] = self._counts.get(key, 0) + 1
        if count <= _RUNS_BEFORE_COMPILING or any(self._store.seeds(op)[0] >= 2**63 for op in self._plan.random):
            return None
        if len(self._compiled) >= _MAX_SHAPES:
            self._compiled.pop(next(iter(self._compiled)))
        self._compiled[key] = self._compile(feeds)
        return self._compiled[key]

    def _compile(self, feeds: list[np.ndarray[Any, Any]]) -> Compiled | None:
        try:
            return Compiled(self._program, feeds, self._store.variables)
        except (jax.errors.JAXTypeError, jax.errors.JAXIndexError):
            # A shape depends on fed values: NumPy goes on computing this run.
            return None


class _Overlay(dict[str, Any]):
    """Variables as a run sees them: what it has written, else what the session holds, as NumPy arrays."""

    def __init__(self, base: dict[str, Any]) -> None:
        super().__init__()
        self._base = base
        self.written: dict[str, Any] = {}

    def __missing__(self, name: str) -> Any:
        return np.asarray(self._base[name])

    def __setitem__(self, name: str, value: Any) -> None:
        super().__setitem__(name, value)
        self.written[name] = value

    def __contains__(self, name: object) -> bool:
        return name in self.written or name in self._base


def _riders(
    session: Any, plan: Plan, hooks: Sequence[RunHook]
) -> tuple[list[tuple[RunHook, RunInfo, int]], list[Tensor]]:
    """Asks the hooks what rides along with a run."""

    def can_fetch(tensor: Tensor) -> bool:
        needed = make_plan([tensor], (), plan.feeds)
        return not needed.unfed and all(name in session.store.variables for name in needed.variables)

    riders = []
    extra: list[Tensor] = []
    info = RunInfo(session, plan, can_fetch)
    for hook in hooks:
        tensors = list(hook.before_run(info))
        extra += tensors
        riders.append((hook, info, len(tensors)))
    return riders, extra


def _unfed(op: Operation) -> errors.OpError:
    shape = op.outputs[0].shape
    return failed(
        errors.InvalidArgumentError,
        op,
        f"You must feed a value for placeholder tensor '{op.name}' with dtype {op.outputs[0].dtype.name} and shape {shape}. "
        f"Pass feed_dict={{{op.name}: value}} to run() or eval().",
    )


def _fetched_value(value: Any) -> Any:
    """A fetched value as the user gets it: a writable array of their own, or a NumPy scalar."""
    array = np.array(value)
    return array if array.ndim else array[()]
