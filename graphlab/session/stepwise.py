"""One run, operation by operation; see `tf.Session.steps`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from graphlab.execute.feed import fed_array
from graphlab.execute.fetch import Fetches
from graphlab.execute.flow import SKIPPED, Evaluation
from graphlab.execute.plan import make_plan
from graphlab.execute.program import fetched_values, make_program
from graphlab.execute.steps import Step
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops.deferred import Deferred
from graphlab.session.runner import fetched_value, unfed
from graphlab.session.transaction import Transaction

_NOT_DONE: Final = object()


@dataclass(frozen=True, slots=True)
class Evaluated:
    """An operation that has just been evaluated.

    Attributes:
        operation: the operation.
        values: for each of its outputs the value, or None where the branch of a conditional was not taken. The value
            of a variable is what it holds now.
    """

    operation: Operation
    values: tuple[Any, ...]


class Steps(Iterator[Evaluated]):
    """An iterator over the operations of one run, in the order of evaluation.

    Each step evaluates one operation; a loop is evaluated as a whole when it is reached, and its operations follow
    iteration by iteration. The session takes over what the run assigned when the iterator is exhausted, as after a
    run that succeeded; one that is dropped before, or fails, leaves the session as it was.
    """

    def __init__(self, session: Any, fetches: Any, feeds: dict[Tensor, Any]) -> None:
        """Plans the run.

        Raises:
            TypeError, ValueError: something cannot be fetched or fed.
        """
        wanted = Fetches(session.graph, fetches)
        self._plan = make_plan(wanted.tensors, wanted.targets, tuple(feeds))
        self._assemble = wanted.assemble
        self._program = make_program(self._plan)
        self._transaction = Transaction(session.store)
        values: list[Any] = [None] * self._program.size
        values[: len(feeds)] = [fed_array(tensor, value) for tensor, value in feeds.items()]
        self._evaluation = _Recording(values, self._transaction.state, self._transaction.draw, {})
        self._steps = self._walk()
        self._result: Any = _NOT_DONE

    @property
    def operations(self) -> tuple[Operation, ...]:
        """What the run evaluates, in order; the body of a loop stands once."""
        return self._plan.operations

    @property
    def result(self) -> Any:
        """What `run` would have returned.

        Raises:
            RuntimeError: the run is not done yet.
        """
        if self._result is _NOT_DONE:
            raise RuntimeError("The run is not done yet: take the remaining steps first, for example with list(steps).")
        return self._result

    def __next__(self) -> Evaluated:
        """Evaluates the next operation.

        Raises:
            StopIteration: the run is done.
            tf.errors.OpError: the operation cannot work with its inputs.
        """
        return next(self._steps)

    def _walk(self) -> Iterator[Evaluated]:
        for block in self._program.blocks or self._program.steps:
            if isinstance(block, Step) and block.op.type == "Placeholder":
                raise unfed(block.op)
            self._evaluation.seen.clear()
            try:
                with np.errstate(all="ignore"):
                    self._evaluation.run((block,))
            except Exception:
                # What a loop did before it failed.
                yield from self._evaluation.seen
                raise
            yield from self._evaluation.seen
        results = fetched_values(self._program, self._evaluation)
        self._transaction.commit()
        self._result = self._assemble([fetched_value(value) for value in results])


class _Recording(Evaluation):
    """An evaluation that remembers the operations it has passed."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.seen: list[Evaluated] = []

    def put(self, step: Step, outputs: tuple[Any, ...]) -> None:
        super().put(step, outputs)
        shown = tuple(self._shown(value) for value in outputs)
        self.seen.append(Evaluated(step.op, shown))

    def _shown(self, value: Any) -> Any:
        if value is SKIPPED:
            return None
        if isinstance(value, str):
            return fetched_value(self.state[value]) if value in self.state else None
        return value.load() if isinstance(value, Deferred) else value
