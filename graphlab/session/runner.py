"""Runs one kind of run again and again: first on NumPy, then compiled."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import jax
import numpy as np

from graphlab.execute.compile import Compiled, RefusedError, ReshapedError
from graphlab.execute.feed import fed_array
from graphlab.execute.fetch import Fetches
from graphlab.execute.plan import Plan, make_plan
from graphlab.execute.program import evaluate, make_program
from graphlab.execute.queue import StepQueue, places_for
from graphlab.graph import errors
from graphlab.graph.tensor import Operation, Tensor, failed
from graphlab.session.hooks import Column, FailureHook, RunHook, RunInfo, WaitingHook
from graphlab.session.store import Store
from graphlab.session.transaction import Transaction

_RUNS_BEFORE_COMPILING: Final = 2
_MAX_SHAPES: Final = 64
_NARROWED: Final = {
    np.dtype(wide): np.dtype(narrow) for wide, narrow in (("f8", "f4"), ("i8", "i4"), ("u8", "u4"), ("c16", "c8"))
}

RUNS_BEFORE_WAITING: Final = 2_000
"""So many runs of one kind are handed over one by one; then it pays to compile the loop of a `StepQueue`."""

_LATER: Final[Sequence[Any]] = []

Run = Callable[[Sequence[Any]], Sequence[Any]]


class Runner:
    """One kind of run: fixed fetches and fed tensors.

    The first runs are computed by NumPy, which needs no compiler; from the third on, one compiled program does it.
    The tier depends on the number of runs alone, so that the same program gives the same digits each time.
    """

    def __init__(self, session: Any, fetches: Any, feeds: Sequence[Tensor], hooks: Sequence[RunHook]) -> None:
        """Plans the run.

        Raises:
            TypeError, ValueError: the fetches cannot be fetched.
            tf.errors.InvalidArgumentError: a placeholder is not fed.
        """
        self.hooks = hooks
        wanted = Fetches(session.graph, fetches)
        self._assemble = wanted.assemble
        plan = make_plan(wanted.tensors, wanted.targets, feeds)
        self.store: Store = session.store
        self._feeds = [(tensor, tensor.dtype.numpy) for tensor in feeds]
        self._riders, extra = _riders(session, plan, hooks)
        self._waiting = [(hook, info) for hook, info, _ in self._riders if isinstance(hook, WaitingHook)]
        self.plan = make_plan((*plan.fetches, *extra), wanted.targets, feeds) if extra else plan
        self._fetched = len(plan.fetches)
        self.program = make_program(self.plan)
        self._decisions = self.program.decisions
        self._counts: dict[Any, int] = {}
        self._ready: dict[Any, Compiled] = {}
        # By the shapes and types of what is fed: what runs a compiled program on it as it is.
        self._direct: dict[Any, Run] = {}
        self._is_compilable = not self.plan.needs_host
        if self.plan.unfed:
            error = unfed(self.plan.unfed[0])
            self._report(error, ())
            raise error

    def run(self, values: Sequence[Any]) -> Any:
        """Runs once with the given values for the fed tensors, and returns the results in the form of the fetches."""
        try:
            run = self._direct.get(tuple([(v.shape, v.dtype) if type(v) is np.ndarray else None for v in values]))
            if run is None:
                results = self._run(self._converted(values))
                self._remember(values)
            else:
                results = run(values)
            if self._riders and results is not _LATER:
                self.tell(1, [(result,) for result in results])
        except Exception as error:
            self._report(error, values)
            raise
        return self.assemble(results) if self._fetched else self._assemble(())

    def step(self, feeds: list[Any]) -> Sequence[Any]:
        """Runs once with arrays for the fed tensors, tells the hooks, and returns the values of all fetched tensors."""
        results = self._run(feeds)
        if self._riders:
            self.tell(1, [(result,) for result in results])
        return results

    def _run(self, feeds: list[Any]) -> Sequence[Any]:
        compiled = self._ready.get(self._key(feeds))
        if compiled is None:
            return self._run_first(feeds)
        return self._run_and_wait(compiled, feeds)

    def _run_and_wait(self, compiled: Compiled, feeds: Sequence[Any]) -> Sequence[Any]:
        """Runs a program that may read in place what the user may change next."""
        results = self._run_compiled(compiled, feeds)
        compiled.wait()
        return results

    def _converted(self, values: Sequence[Any]) -> list[Any]:
        return [
            value.astype(dtype, copy=False)
            if type(value) is np.ndarray and value.dtype.kind in "fiub"
            else fed_array(tensor, value)
            for (tensor, dtype), value in zip(self._feeds, values, strict=True)
        ]

    def _remember(self, values: Sequence[Any]) -> None:
        """Remembers which compiled program takes arrays of these shapes and types as they are."""
        if self._decisions or not all(type(v) is np.ndarray for v in values):
            return
        compiled = self._ready.get(self._key(values))
        if compiled is None:
            return
        # JAX makes float32 of float64 and the like on the way, in its usual mode.
        exact = [v.dtype == dtype for v, (_, dtype) in zip(values, self._feeds, strict=True)]
        narrowed = [_NARROWED.get(v.dtype) == dtype for v, (_, dtype) in zip(values, self._feeds, strict=True)]
        if all(exact) or (not compiled.is_wide and all(map(max, exact, narrowed))):
            # What has the right type JAX may read in place while it computes, and the user may change it then.
            key = tuple([(v.shape, v.dtype) for v in values])
            run = functools.partial(self._run_and_wait if any(exact) else self._run_compiled, compiled)
            self._direct[key] = run if self._fetched else self._promoted(run, key, compiled)

    def _promoted(self, run: Run, key: Any, compiled: Compiled) -> Run:
        """Lets a way to run become a queue after many runs: only then does compiling again pay."""
        left = RUNS_BEFORE_WAITING

        def counted(values: Sequence[Any]) -> Sequence[Any]:
            nonlocal left
            left -= 1
            if left == 0:
                places = places_for(self.program, compiled, values)
                self._direct[key] = self._queued(values, places) if places else run
            return run(values)

        return counted

    def _queued(self, values: Sequence[Any], places: int) -> Run:
        """A way to run that lets so many steps wait."""
        store = self.store

        def told(count: int, results: Sequence[Any], samples: Mapping[Operation, int]) -> None:
            store.advance(samples)
            if self._riders:
                self.tell(count, [np.asarray(result)[:count] for result in results])

        queue = StepQueue(self.program, places, values, store.variables, store.seeds, store.offsets, told)

        def put(values: Sequence[Any]) -> Sequence[Any]:
            if queue.is_full:
                queue.settle()
            if store.holder is not queue and not self._lend(queue):
                return self._run_first(self._converted(values))
            if self._waiting and queue.is_empty:
                for hook, info in self._waiting:
                    hook.runs_wait(info)
            queue.put(values)
            return _LATER

        return put

    def _report(self, error: Exception, values: Sequence[Any]) -> None:
        """Tells the hooks that want to know why a run failed."""
        op = getattr(error, "op", None) or _misfed([t for t, _ in self._feeds], values)
        for hook, info, _ in self._riders:
            if isinstance(hook, FailureHook):
                hook.run_failed(info, error, op)

    @property
    def has_riders(self) -> bool:
        """Whether hooks take part."""
        return bool(self._riders)

    def assemble(self, results: Sequence[Any]) -> Any:
        """Returns results, one for each fetched tensor, in the form of the fetches."""
        return self._assemble([fetched_value(r) for r in results[: self._fetched]])

    def _run_compiled(self, compiled: Compiled, feeds: Sequence[Any]) -> Sequence[Any]:
        store, random = self.store, self.plan.random
        if store.holder is not compiled and not self._lend(compiled):
            return self._run_first(self._converted(feeds))
        try:
            results = compiled(feeds, store.offsets(random)) if random else compiled(feeds)
        except RefusedError:
            return self._interpret(self._converted(feeds))
        if random:
            store.advance(compiled.samples)
        return results

    def _lend(self, program: Compiled | StepQueue) -> bool:
        """Lends it the variables; if one has another shape now, all that was compiled is given up."""
        try:
            self.store.lend(program)
        except ReshapedError:
            self._counts.clear()
            self._ready.clear()
            self._direct.clear()
            return False
        return True

    def _run_first(self, feeds: list[Any]) -> Sequence[Any]:
        """Runs on NumPy, or compiles if this is not the first time for these shapes."""
        feeds = [fed_array(tensor, value) for (tensor, _), value in zip(self._feeds, feeds, strict=True)]
        key = self._key(feeds)
        count = self._counts[key] = self._counts.get(key, 0) + 1
        if count <= _RUNS_BEFORE_COMPILING or not self.may_compile():
            return self._interpret(feeds)
        try:
            compiled = Compiled(self.program, feeds, self.store.variables, self.store.seeds)
        except (jax.errors.JAXTypeError, jax.errors.JAXIndexError, ReshapedError):
            # A shape depends on fed values, or changes: NumPy goes on computing this run.
            self._is_compilable = False
            return self._interpret(feeds)
        if len(self._ready) >= _MAX_SHAPES:
            self._ready.pop(next(iter(self._ready)))
            self._direct.clear()
        self._ready[key] = compiled
        return self._run_and_wait(compiled, feeds)

    def _key(self, feeds: Sequence[Any]) -> tuple[Any, ...]:
        """What one compiled program serves: feeds of these shapes, and of these values where they choose a branch."""
        shapes = tuple([a.shape for a in feeds])
        return (*shapes, *[bool(feeds[i]) for i in self._decisions]) if self._decisions else shapes

    def may_compile(self) -> bool:
        """Whether a compiled program can do this run: nothing needs Python, and the variables it uses have values."""
        return self._is_compilable and all(name in self.store.variables for name in self.plan.variables)

    def _interpret(self, feeds: list[Any]) -> Sequence[Any]:
        transaction = Transaction(self.store)
        with np.errstate(all="ignore"):
            results = evaluate(self.program, np, feeds, transaction.state, transaction.draw)
        transaction.commit()
        return results

    def tell(self, count: int, results: Sequence[Column]) -> None:
        """Gives the hooks the values that rode along with the last `count` runs."""
        riding = results[self._fetched :]
        for hook, info, places in self._riders:
            hook.after_runs(info, count, [riding[place] for place in places])


def _riders(
    session: Any, plan: Plan, hooks: Sequence[RunHook]
) -> tuple[list[tuple[RunHook, RunInfo, list[int]]], list[Tensor]]:
    """Asks the hooks what rides along with a run; a tensor that several ask for rides once."""

    def can_fetch(tensor: Tensor) -> bool:
        needed = make_plan([tensor], (), plan.feeds)
        return not needed.unfed and all(name in session.store.variables for name in needed.variables)

    riders = []
    extra: dict[Tensor, int] = {}
    info = RunInfo(session, plan, can_fetch)
    for hook in hooks:
        places = [extra.setdefault(tensor, len(extra)) for tensor in hook.before_run(info)]
        riders.append((hook, info, places))
    return riders, list(extra)


def _misfed(tensors: Sequence[Tensor], values: Sequence[Any]) -> Operation | None:
    """The node whose fed value it cannot take."""
    for tensor, value in zip(tensors, values, strict=False):
        try:
            fed_array(tensor, value)
        except (TypeError, ValueError):
            return tensor.op
    return None


def unfed(op: Operation) -> errors.OpError:
    """The error for a placeholder that a run needs and nobody feeds."""
    shape = op.outputs[0].shape
    return failed(
        errors.InvalidArgumentError,
        op,
        f"You must feed a value for placeholder tensor '{op.name}' with dtype {op.outputs[0].dtype.name} and shape {shape}: "
        f"pass feed_dict={{{op.name}: value}} to run() or eval().",
    )


def fetched_value(value: Any) -> Any:
    """A fetched value as the user gets it: a writable array of their own, or a NumPy scalar."""
    array = np.asarray(value)
    return array.copy() if array.ndim else array[()]
