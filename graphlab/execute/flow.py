"""Runs programs with conditionals and loops on NumPy: what the untaken branch would compute is skipped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import numpy as np

from graphlab.execute.blocks import Block, Loop
from graphlab.execute.frames import MERGES, NEXTS, SWITCHES
from graphlab.execute.steps import Draw, State, Step, explained, lowered
from graphlab.graph.tensor import Operation


class _Skipped:
    """The value of what was not evaluated."""

    def __repr__(self) -> str:
        return "nothing"


SKIPPED: Final = _Skipped()
_PASSING: Final = (*NEXTS, "LoopCond")


class Evaluation:
    """One run of the blocks of a program.

    Attributes:
        values: the value in each slot.
        kept: the values of fetched variables by slot, read right after the operation that has them.
        state: the variables by name.
    """

    xp: Any = np

    def __init__(self, values: list[Any], state: State, draw: Draw, constants: Mapping[Operation, Any]) -> None:
        self.values = values
        self.kept: dict[int, Any] = {}
        self.state = state
        self.draw = draw
        self.constants = constants

    def run(self, blocks: Iterable[Block]) -> None:
        """Evaluates blocks in order."""
        for block in blocks:
            if isinstance(block, Step):
                self.run_step(block)
            else:
                self.run_loop(block)

    def run_step(self, step: Step) -> None:
        """Evaluates one operation, unless it is to be skipped."""
        if any(self.values[g] is SKIPPED for g in step.guards):
            self.put(step, (SKIPPED,) * len(step.op.outputs))
            if step.live is not None:
                self.values[step.live] = SKIPPED
            return
        if step.op.type in MERGES:
            self.put(step, self.merged(step))
        elif step.op.type in SWITCHES:
            data, pred = self.arguments(step)
            self.put(step, (SKIPPED, data) if pred else (data, SKIPPED))
        else:
            self.put(step, self.computed(step))
        if step.live is not None:
            self.values[step.live] = True

    def run_loop(self, loop: Loop) -> None:
        """Runs the iterations of a loop, unless it is to be skipped."""
        values = self.values
        if any(values[g] is SKIPPED for g in loop.guards):
            for slot in (*loop.live, *(outside for _, outside in loop.exits)):
                values[slot] = SKIPPED
            return
        self.enter(loop)
        for first, current, _ in loop.variables:
            values[current] = values[first]
        self.run(loop.head)
        while values[loop.condition]:
            self.run(loop.body)
            following = [values[after] for _, _, after in loop.variables]
            for (_, current, _), value in zip(loop.variables, following, strict=True):
                values[current] = value
            self.run(loop.head)
        for inside, outside in loop.exits:
            values[outside] = values[inside]
        for slot in loop.live:
            values[slot] = True

    def enter(self, loop: Loop) -> None:
        """Gives the inside of a loop what enters it, variables read unless it is their buffer that enters."""
        for op, (outside, inside) in zip(loop.frame.enters, loop.entries, strict=True):
            value = self.values[outside]
            is_view = isinstance(value, str) and not op.definition.inputs[0].is_ref
            self.values[inside] = self.state[value] if is_view else value

    def merged(self, step: Step) -> tuple[Any, Any]:
        """The value of a Merge and the number of the input that has it."""
        arguments = self.arguments(step)
        for index, value in enumerate(arguments):
            if value is not SKIPPED:
                return value, np.array(index, np.int32)
        return SKIPPED, SKIPPED

    def arguments(self, step: Step) -> list[Any]:
        """The inputs of an operation, variables read where it wants their values."""
        found = [self.values[i] for i in step.inputs]
        if step.reads:
            found = [
                self.state[a] if read and a is not SKIPPED else a for a, read in zip(found, step.reads, strict=True)
            ]
        return found

    def computed(self, step: Step) -> tuple[Any, ...]:
        """The outputs of an operation."""
        op = step.op
        arguments: list[Any] = []
        try:
            arguments = self.arguments(step)
            if op.type in _PASSING:
                return tuple(arguments)
            if op.type == "ControlTrigger":
                return ()
            outputs = self.constants[op] if op in self.constants else self.lower(op, arguments)
        except Exception as error:  # noqa: BLE001  Each failure of a lowering gets a message that names its node.
            told = explained(error, op, arguments)
            raise told from told.__cause__  # JAX's and NumPy's own tracebacks would hide it.
        return outputs if isinstance(outputs, tuple) else (outputs,) if op.outputs else ()

    def lower(self, op: Operation, arguments: list[Any]) -> Any:
        """Computes an operation."""
        return lowered(op, self.xp, arguments, self.state, self.draw)

    def put(self, step: Step, outputs: tuple[Any, ...]) -> None:
        """Stores the outputs of an operation."""
        self.values[step.first : step.first + len(outputs)] = outputs
        for slot in step.kept:
            name = outputs[slot - step.first]
            self.kept[slot] = name if name is SKIPPED else self.state[name]
