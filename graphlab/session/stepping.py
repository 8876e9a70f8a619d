"""Many steps of one run as compiled loops; see `tf.Session.run_steps`."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import jax
import numpy as np

from graphlab.execute.compile import RefusedError, ReshapedError
from graphlab.execute.feed import fed_array, fed_tensors
from graphlab.execute.loop import CompiledLoop
from graphlab.graph.tensor import Tensor
from graphlab.session.runner import Runner

_BATCHES_PER_LOOP: Final = 128
_MAX_LOOPS: Final = 16

Stacked = list[np.ndarray[Any, Any]]


class Stepper:
    """Makes many steps of a runner: as one compiled loop where possible, else one by one."""

    def __init__(self, runner: Runner) -> None:
        self.runner = runner
        self._loops: dict[Any, CompiledLoop | None] = {}

    def run(self, stacked: Stacked, steps: int) -> list[Any]:
        """Runs `steps` steps with the slices of `stacked`; returns for each fetched tensor its values in all steps."""
        runner = self.runner
        loop = self._loop(stacked, steps)
        if loop is None:
            return self._one_by_one(stacked, steps)
        store = runner.store
        try:
            loop.shapes.check(store.variables)
        except ReshapedError:
            self._loops.clear()
            return self.run(stacked, steps)
        try:
            new, results = loop(store.variables, stacked, store.offsets(runner.plan.random))
        except RefusedError:
            return self._one_by_one(stacked, steps)
        store.commit(zip(loop.written, new, strict=True), {op: count * steps for op, count in loop.samples.items()})
        arrays = [np.asarray(r) for r in results]
        if runner.has_riders:
            runner.tell(steps, arrays)
        return arrays

    def _one_by_one(self, stacked: Stacked, steps: int) -> list[Any]:
        outcomes = [list(self.runner.step([a[i] for a in stacked])) for i in range(steps)]
        return [np.stack([np.asarray(value) for value in column]) for column in zip(*outcomes, strict=True)]

    def _loop(self, stacked: Stacked, steps: int) -> CompiledLoop | None:
        key = (steps, *[a.shape for a in stacked])
        if key not in self._loops:
            if len(self._loops) >= _MAX_LOOPS:
                self._loops.pop(next(iter(self._loops)))
            self._loops[key] = self._compiled(stacked, steps)
        return self._loops[key]

    def _compiled(self, stacked: Stacked, steps: int) -> CompiledLoop | None:
        runner = self.runner
        if not runner.may_compile():
            return None
        try:
            return CompiledLoop(runner.program, stacked, steps, runner.store.variables, runner.store.seeds)
        except (jax.errors.JAXTypeError, jax.errors.JAXIndexError, ReshapedError):
            # A shape depends on fed values, or changes: the steps run one by one.
            return None


def chunks(graph: Any, feeds: Any, steps: int | None) -> Iterator[tuple[tuple[Tensor, ...], Stacked, int]]:
    """Cuts what is fed into pieces for one loop each.

    Args:
        graph: the graph.
        feeds: None, a dict from tensors to arrays `[steps, ...]`, or an iterable of feed dicts, one for each step.
        steps: how many steps to make; None takes as many as are fed.

    Yields:
        The fed tensors, their stacked values, and the number of steps.

    Raises:
        ValueError: nothing says how many steps to make, or what is fed does not suffice.
    """
    if feeds is None or isinstance(feeds, Mapping):
        stacked = {t: np.asarray(v) for t, v in fed_tensors(graph, dict(feeds or {})).items()}
        yield _whole(stacked, steps)
        return
    for batch in _batched(itertools.islice(feeds, steps), graph):
        tensors = tuple(batch[0])
        yield tensors, [np.stack([one[t] for one in batch]) for t in tensors], len(batch)


def _whole(stacked: dict[Tensor, np.ndarray[Any, Any]], steps: int | None) -> tuple[tuple[Tensor, ...], Stacked, int]:
    lengths = {t.name: len(a) if a.ndim else 0 for t, a in stacked.items()}
    count = steps if steps is not None else next(iter(lengths.values()), None)
    if count is None:
        raise ValueError("run_steps needs `steps`, or feeds from which it follows.")
    short = {name: length for name, length in lengths.items() if length != count}
    if short:
        raise ValueError(
            f"run_steps was to make {count} steps, but the fed arrays have other lengths along the first axis: {short}. "
            "Feed arrays of shape [steps, ...]."
        )
    for tensor, array in stacked.items():
        fed_array(tensor, array[0] if count else array)
    return tuple(stacked), [a.astype(t.dtype.numpy, copy=False) for t, a in stacked.items()], count


def _batched(batches: Iterable[Any], graph: Any) -> Iterator[list[dict[Tensor, np.ndarray[Any, Any]]]]:
    """Groups consecutive batches of the same tensors and shapes."""
    checked = ({t: fed_array(t, v) for t, v in fed_tensors(graph, batch).items()} for batch in batches)
    for _, group in itertools.groupby(checked, key=lambda batch: [(t, a.shape) for t, a in batch.items()]):
        while batch := list(itertools.islice(group, _BATCHES_PER_LOOP)):
            yield batch


def joined(parts: Sequence[list[Any]]) -> list[Any]:
    """Joins the values of several loops along the steps."""
    return [np.concatenate(column) for column in zip(*parts, strict=True)]
