"""Steps that wait for each other, to be made by one call of a compiled loop."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np

from graphlab.execute.compile import Compiled, Seeds
from graphlab.execute.loop import CompiledLoop
from graphlab.execute.program import Program
from graphlab.graph.tensor import Operation

STEPS: Final = 256
"""The most steps that wait."""

_FEWEST_STEPS: Final = 64
_ALIGNMENT: Final = 64
_MOST_BYTES: Final = 1 << 20
_HIGHEST_COST: Final = 1e6  # Some 0.1 ms.

Offsets = Callable[[Sequence[Operation]], Any]
Told = Callable[[int, Sequence[Any], Mapping[Operation, int]], None]


def places_for(program: Program, compiled: Compiled, values: Sequence[np.ndarray[Any, Any]]) -> int:
    """How many steps that return nothing may wait: they only change variables, cannot fail, and cost little.

    Args:
        program: the program of one step.
        compiled: the same, compiled.
        values: what is fed to a step.

    Returns:
        The number; 0 if none may wait.
    """
    may_wait = (
        bool(program.plan.written) and not program.blocks and not compiled.is_checked and compiled.cost <= _HIGHEST_COST
    )
    fed = zip(program.plan.feeds, values, strict=True)
    step_bytes = compiled.result_bytes + sum(value.size * tensor.dtype.numpy.itemsize for tensor, value in fed)
    places = min(STEPS, _MOST_BYTES // max(1, step_bytes))
    return places if may_wait and places >= _FEWEST_STEPS else 0


class StepQueue:
    """Takes the feeds of steps of one kind and makes the steps together.

    Handing a step to XLA costs several times what a small one computes, and a step that returns nothing may as well
    be made later: when there is no place for another, or somebody asks for a variable. Like `Compiled`, the queue holds
    the variables that its program uses until they are taken back.
    """

    def __init__(
        self,
        program: Program,
        places: int,
        values: Sequence[np.ndarray[Any, Any]],
        variables: Mapping[str, Any],
        seeds: Seeds,
        offsets: Offsets,
        told: Told,
    ) -> None:
        """Compiles.

        Args:
            program: the program of one step.
            places: how many steps may wait.
            values: what is fed to a step.
            variables: the variables of the session, each of which must be initialised.
            seeds: gives the seed pair of a random operation.
            offsets: gives the positions of random streams.
            told: receives, once steps were made, how many, for each fetched tensor its values, and what each random
                operation has used of its stream.
        """
        self._slots = [
            _aligned_zeros((places, *value.shape), tensor.dtype.numpy)
            for tensor, value in zip(program.plan.feeds, values, strict=True)
        ]
        self._loop = CompiledLoop(program, self._slots, places, variables, seeds, is_cut_short=True)
        self._places = places
        self._names = program.plan.variables
        self._random = program.plan.random
        self._offsets = offsets
        self._told = told
        # The variables, and how many steps wait that are to change them: in one list, so that both change together.
        self._held: list[Any] = [{}, 0]

    def put(self, values: Sequence[np.ndarray[Any, Any]]) -> None:
        """Takes a step; there must be a place for it."""
        held = self._held
        place = held[1]
        for slot, value in zip(self._slots, values, strict=True):
            slot[place] = value
        held[1] = place + 1

    @property
    def is_full(self) -> bool:
        """Whether there is no place for another step."""
        return bool(self._held[1] == self._places)

    @property
    def is_empty(self) -> bool:
        """Whether no step waits."""
        return not self._held[1]

    def settle(self) -> None:
        """Makes the steps that wait."""
        variables, count = self._held
        if not count:
            return
        new, results = self._loop(variables, self._slots, self._offsets(self._random), count)
        for value in new[:1]:
            # XLA reads the slots in place, and the next steps are written there.
            value.block_until_ready()
        self._held[:] = {**variables, **dict(zip(self._loop.written, new, strict=True))}, 0
        self._told(count, results, {op: samples * count for op, samples in self._loop.samples.items()})

    wait = settle

    def take(self, variables: Mapping[str, Any]) -> None:
        """Takes over the variables.

        Raises:
            ReshapedError: a variable has another shape than when the loop was compiled.
        """
        self._loop.shapes.check(variables)
        self._held[:] = {name: variables[name] for name in self._names}, 0

    def give_back(self, variables: dict[str, Any]) -> None:
        """Makes the steps that wait and stores the values of the variables."""
        self.settle()
        variables.update(self._held[0])

    def forget(self) -> None:
        """Lets go of all values."""
        self._held[:] = {}, 0


def _aligned_zeros(shape: tuple[int, ...], dtype: Any) -> np.ndarray[Any, Any]:
    """An array that XLA on the CPU takes without a copy."""
    size = math.prod(shape) * np.dtype(dtype).itemsize
    memory = np.zeros(size + _ALIGNMENT, np.uint8)
    start = -memory.ctypes.data % _ALIGNMENT
    zeros: np.ndarray[Any, Any] = memory[start : start + size].view(dtype).reshape(shape)
    return zeros
