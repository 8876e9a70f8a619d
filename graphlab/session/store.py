"""What a session remembers between runs: variables and positions of random streams."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import numpy as np

from graphlab.execute.compile import Compiled
from graphlab.execute.queue import StepQueue
from graphlab.graph.tensor import Operation
from graphlab.ops.deferred import Deferred

_THREADS: Final = min(4, os.cpu_count() or 1)


class Store:
    """The variables of one session by name, and for each random operation how far its stream has been read.

    Attributes:
        holder: what holds the variables that it writes, until `variables` takes them back: a compiled program, or a
            queue of steps.
    """

    def __init__(self) -> None:
        self._variables: dict[str, Any] = {}
        self.holder: Compiled | StepQueue | None = None
        self._positions: dict[str, int] = {}
        self._seeds: dict[str, tuple[int, int]] = {}

    @property
    def variables(self) -> dict[str, Any]:
        """The variables, each with its present value."""
        while (holder := self.holder) is not None:
            holder.give_back(self._variables)
            # Steps that waited have told hooks of themselves, which may have run something else meanwhile.
            if self.holder is holder:
                self.holder = None
                holder.forget()
        return self._variables

    def lend(self, program: Compiled | StepQueue) -> None:
        """Makes a program or a queue the holder of the variables that it writes.

        Raises:
            ReshapedError: a variable has another shape than when it was compiled.
        """
        program.take(self.variables)
        self.holder = program

    def settle(self) -> None:
        """Makes the steps that wait."""
        if isinstance(self.holder, StepQueue):
            self.holder.settle()

    def position(self, op: Operation) -> int:
        """The next unread block of an operation's random stream."""
        return self._positions.get(op.name, 0)

    def seeds(self, op: Operation) -> tuple[int, int]:
        """The seed pair of an operation; one without seeds gets fresh ones in each session."""
        pair = (op.attr["seed"], op.attr["seed2"])
        if pair != (0, 0):
            return pair
        if op.name not in self._seeds:
            self._seeds[op.name] = (secrets.randbits(64), secrets.randbits(64))
        return self._seeds[op.name]

    def offsets(self, ops: Sequence[Operation]) -> list[np.ndarray[Any, Any]]:
        """The positions of several streams, each as two uint32 words, the low one first."""
        return [np.array((p & 0xFFFFFFFF, p >> 32), np.uint32) for p in map(self.position, ops)]

    def commit(self, variables: Iterable[tuple[str, Any]], samples: Mapping[Operation, int]) -> None:
        """Takes over the outcome of a run that succeeded.

        Raises:
            tf.errors.OpError: a deferred value cannot be read; no variable has its new value then.
        """
        values = dict(variables)
        deferred = {name: value for name, value in values.items() if isinstance(value, Deferred)}
        if deferred:
            self._load(deferred)
        # One step of C code, which no interrupt parts.
        self.variables.update({name: value for name, value in values.items() if name not in deferred})
        self.advance(samples)

    def advance(self, samples: Mapping[Operation, int]) -> None:
        """Moves on the random streams."""
        for op, count in samples.items():
            self._positions[op.name] = self.position(op) + count

    def _load(self, deferred: Mapping[str, Deferred]) -> None:
        """Reads values into the place of old ones, which are given up first, once all new ones were found whole."""
        held = self.variables
        begun = []

        def replace(name: str) -> None:
            begun.append(name)
            held.pop(name, None)
            held[name] = deferred[name].load()

        try:
            with ThreadPoolExecutor(_THREADS) as pool:
                if any(name in held for name in deferred):
                    list(pool.map(lambda value: value.check(), deferred.values()))
                list(pool.map(replace, deferred))
        except BaseException:
            # Not even after an interrupt may a mixture of old and new values pass for either.
            for name in begun:
                held.pop(name, None)
            raise
