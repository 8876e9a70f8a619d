"""A plan made executable: steps over numbered slots, run on NumPy at once or traced into one JAX program."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from graphlab.execute.plan import Plan
from graphlab.graph import errors
from graphlab.graph.registry import Effect, Kernel
from graphlab.graph.tensor import Operation, failed

Draw = Callable[[Operation, int], tuple[int, int, Any]]


@dataclass(frozen=True, slots=True)
class Step:
    """One operation: where its inputs come from and where its outputs go.

    Attributes:
        op: the operation.
        inputs: the slots of the inputs.
        reads: for each input whether it is a variable to be read here.
        first: the slot of the first output; the others follow.
        kept: slots among the outputs that hold a variable and are fetched: read right after the operation.
    """

    op: Operation
    inputs: tuple[int, ...]
    reads: tuple[bool, ...] | None
    first: int
    kept: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Program:
    """The steps of a plan.

    Attributes:
        plan: the plan.
        steps: its operations in order.
        size: the number of slots; the fed tensors take the first ones.
        results: the slots of the fetched tensors.
    """

    plan: Plan
    steps: tuple[Step, ...]
    size: int
    results: tuple[int, ...]


def make_program(plan: Plan) -> Program:
    """Assigns slots to the tensors of a plan."""
    slots: dict[Any, int] = {tensor: i for i, tensor in enumerate(plan.feeds)}
    fetched_refs = {t for t in plan.fetches if t.dtype.is_ref}
    size = len(slots)
    steps = []
    for op in plan.operations:
        first = size
        size += len(op.outputs)
        for tensor in op.outputs:
            slots.setdefault(tensor, first + tensor.value_index)
        kept = tuple(first + t.value_index for t in op.outputs if t in fetched_refs)
        steps.append(Step(op, tuple(slots[t] for t in op.inputs), _reads(op, plan), first, kept))
    return Program(plan, tuple(steps), size, tuple(slots[t] for t in plan.fetches))


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
    kept: dict[int, Any] = {}
    for step in program.steps:
        op = step.op
        arguments = [values[i] for i in step.inputs]
        try:
            if step.reads:
                arguments = [state[a] if read else a for a, read in zip(arguments, step.reads, strict=True)]
            outputs = constants[op] if constants and op in constants else _lower(op, xp, arguments, state, draw)
            for slot in step.kept:
                kept[slot] = state[outputs if isinstance(outputs, str) else outputs[slot - step.first]]
        except Exception as error:
            raise _explained(error, op, arguments) from error
        if isinstance(outputs, tuple):
            values[step.first : step.first + len(outputs)] = outputs
        elif op.outputs:
            values[step.first] = outputs
    return [kept[i] if i in kept else values[i] for i in program.results]


def _lower(op: Operation, xp: Any, arguments: list[Any], state: Any, draw: Draw) -> Any:
    definition = op.definition
    if xp is np:
        return definition.lower(Kernel(op, np, state, lambda count: draw(op, count)), *arguments)
    with jax.named_scope(op.name):
        traced = definition.effect is Effect.RANDOM or any(isinstance(a, jax.Array) for a in arguments)
        return definition.lower(Kernel(op, jnp if traced else np, state, lambda count: draw(op, count)), *arguments)


def _reads(op: Operation, plan: Plan) -> tuple[bool, ...] | None:
    wants_ref = []
    for arg in op.definition.inputs:
        count = op.attr[arg.count_attr] if arg.count_attr else len(op.attr[arg.type_attr or ""]) if arg.is_list else 1
        wants_ref += [arg.is_ref] * count
    fed = set(plan.feeds)
    reads = tuple(t.dtype.is_ref and not ref and t not in fed for t, ref in zip(op.inputs, wants_ref, strict=True))
    return reads if any(reads) else None


_TRACING_ERRORS = (jax.errors.JAXTypeError, jax.errors.JAXIndexError)


def _explained(error: Exception, op: Operation, arguments: list[Any]) -> Exception:
    """The TensorFlow error for what went wrong in an operation; tracing errors and TensorFlow's own pass unchanged."""
    if isinstance(error, (errors.OpError, NotImplementedError, *_TRACING_ERRORS)):
        return error
    if isinstance(error, KeyError):
        return failed(
            errors.FailedPreconditionError,
            op,
            f"Attempting to use uninitialized value {error.args[0]}. Run tf.global_variables_initializer() in this session first.",
        )
    if isinstance(error, np.linalg.LinAlgError):
        return failed(errors.InvalidArgumentError, op, f"Input is not invertible. ({error})")
    shapes = ", ".join(str(np.shape(a)) for a in arguments if not isinstance(a, str))
    return failed(errors.InvalidArgumentError, op, f"{error} (input shapes: {shapes or 'none'})")
