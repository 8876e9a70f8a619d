"""A plan made executable: steps over numbered slots, run on NumPy at once or traced into one JAX program."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from graphlab.execute.blocks import Block, lay_out
from graphlab.execute.flow import SKIPPED, Evaluation
from graphlab.execute.frames import has_flow
from graphlab.execute.plan import Plan
from graphlab.execute.steps import Draw, Step, explained, kept_of, lowered, reads_of
from graphlab.execute.tracing import TracedEvaluation
from graphlab.graph import errors
from graphlab.graph.tensor import Operation, failed


@dataclass(frozen=True, slots=True)
class Program:
    """The steps of a plan.

    Attributes:
        plan: the plan.
        steps: its operations in order; with conditionals or loops none.
        blocks: with conditionals or loops the operations and loops in order.
        size: the number of slots; the fed tensors take the first ones.
        results: the slots of the fetched tensors.
    """

    plan: Plan
    steps: tuple[Step, ...]
    blocks: tuple[Block, ...]
    size: int
    results: tuple[int, ...]

    @property
    def decisions(self) -> tuple[int, ...]:
        """Which fed values decide conditionals: truth values, for each of which a program of its own is compiled."""
        if not self.blocks:
            return ()
        return tuple(i for i, t in enumerate(self.plan.feeds) if t.dtype.is_bool and t.shape.ndims == 0)


def make_program(plan: Plan) -> Program:
    """Assigns slots to the tensors of a plan."""
    if has_flow(plan.operations):
        layout = lay_out(plan)
        return Program(plan, (), layout.blocks, layout.size, tuple(layout.slots[t] for t in plan.fetches))
    slots: dict[Any, int] = {tensor: i for i, tensor in enumerate(plan.feeds)}
    size = len(slots)
    steps = []
    for op in plan.operations:
        first = size
        size += len(op.outputs)
        for tensor in op.outputs:
            slots.setdefault(tensor, first + tensor.value_index)
        inputs = tuple(slots[t] for t in op.inputs)
        steps.append(Step(op, inputs, reads_of(op, plan), first, kept_of(op, plan, first)))
    return Program(plan, tuple(steps), (), size, tuple(slots[t] for t in plan.fetches))


def evaluate(
    program: Program,
    xp: Any,
    feeds: Sequence[Any],
    state: MutableMapping[str, Any],
    draw: Draw,
    constants: dict[Operation, Any] | None = None,
) -> list[Any]:
    """Runs the steps and returns the fetched values; `state` holds the variables and receives what is assigned.

    Args:
        program: the program.
        xp: `numpy` to compute now, `jax.numpy` to trace. While tracing, what depends on constants and static
            shapes alone is still computed by NumPy, so that shapes and axes are concrete.
        feeds: the values of the fed tensors.
        state: the variables by name.
        draw: reserves random samples for an operation.
        constants: values that stand for large Const operations.
    """
    values: list[Any] = [None] * program.size
    values[: len(feeds)] = feeds
    if program.blocks:
        return _evaluate_flow(program, xp, values, state, draw, constants or {})
    kept: dict[int, Any] = {}
    for step in program.steps:
        op = step.op
        arguments = [values[i] for i in step.inputs]
        try:
            if step.reads:
                arguments = [state[a] if read else a for a, read in zip(arguments, step.reads, strict=True)]
            outputs = constants[op] if constants and op in constants else lowered(op, xp, arguments, state, draw)
            for slot in step.kept:
                kept[slot] = state[outputs if isinstance(outputs, str) else outputs[slot - step.first]]
        except Exception as error:  # noqa: BLE001  Each failure of a lowering gets a message that names its node.
            told = explained(error, op, arguments)
            raise told from told.__cause__  # JAX's and NumPy's own tracebacks would hide it.
        if isinstance(outputs, tuple):
            values[step.first : step.first + len(outputs)] = outputs
        elif op.outputs:
            values[step.first] = outputs
    return [kept[i] if i in kept else values[i] for i in program.results]


def _evaluate_flow(
    program: Program,
    xp: Any,
    values: list[Any],
    state: MutableMapping[str, Any],
    draw: Draw,
    constants: dict[Operation, Any],
) -> list[Any]:
    evaluation = (Evaluation if xp is np else TracedEvaluation)(values, state, draw, constants)
    evaluation.run(program.blocks)
    return fetched_values(program, evaluation)


def fetched_values(program: Program, evaluation: Evaluation) -> list[Any]:
    """Returns the values of the fetched tensors after an evaluation.

    Raises:
        tf.errors.InvalidArgumentError: one lies in the branch of a conditional that was not taken.
    """
    results = [evaluation.kept.get(slot, evaluation.values[slot]) for slot in program.results]
    for tensor, value in zip(program.plan.fetches, results, strict=True):
        if value is SKIPPED:
            raise failed(
                errors.InvalidArgumentError,
                tensor.op,
                f"Retval[0] does not have value: '{tensor.name}' lies in the branch that was not taken. Fetch what tf.cond returns.",
            )
    return results
