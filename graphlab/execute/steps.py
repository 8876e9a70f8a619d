"""One operation ready to run: where its inputs come from, and how it is computed."""

from __future__ import annotations

import copy
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from graphlab.execute.plan import Plan
from graphlab.graph import errors
from graphlab.graph.registry import Effect, Kernel
from graphlab.graph.shapes import TensorShape
from graphlab.graph.tensor import Operation, Tensor, failed

Draw = Callable[[Operation, int], tuple[int, int, Any]]
State = MutableMapping[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """One operation: where its inputs come from and where its outputs go.

    Attributes:
        op: the operation.
        inputs: the slots of the inputs.
        reads: for each input whether it is a variable to be read here.
        first: the slot of the first output; the others follow.
        kept: slots among the outputs that stand for a variable and are to be read right after the operation.
        guards: the slots of what may be skipped and then skips this operation too.
        live: the slot that tells whether the operation ran, or None when nothing asks.
    """

    op: Operation
    inputs: tuple[int, ...]
    reads: tuple[bool, ...] | None
    first: int
    kept: tuple[int, ...]
    guards: tuple[int, ...] = ()
    live: int | None = None


def lowered(op: Operation, xp: Any, arguments: list[Any], state: Any, draw: Draw) -> Any:
    """Returns the outputs of an operation: an array, a tuple of arrays, or the name of a variable."""
    definition = op.definition
    if xp is np:
        return definition.lower(Kernel(op, np, state, lambda count: draw(op, count)), *arguments)
    with jax.named_scope(op.name):
        traced = definition.effect is Effect.RANDOM or any(isinstance(a, jax.Array) for a in arguments)
        return definition.lower(Kernel(op, jnp if traced else np, state, lambda count: draw(op, count)), *arguments)


def reads_of(op: Operation, plan: Plan) -> tuple[bool, ...] | None:
    """For each input whether it is a variable of which the operation needs the value."""
    wants_ref = []
    for arg in op.definition.inputs:
        count = op.attr[arg.count_attr] if arg.count_attr else len(op.attr[arg.type_attr or ""]) if arg.is_list else 1
        wants_ref += [arg.is_ref] * count
    if op.type == "Identity" and is_view(op.outputs[0], plan):
        return None
    reads = tuple(not ref and is_view(t, plan) for t, ref in zip(op.inputs, wants_ref, strict=True))
    return reads if any(reads) else None


def is_view(tensor: Tensor, plan: Plan) -> bool:
    """Whether a tensor stands for a variable's buffer, to be read by each operation when it runs.

    That holds for the buffer itself and, as in TensorFlow, for an Identity of it such as `theta/read`: what waits for
    an assignment sees the new value although `theta/read` does not wait.
    """
    while tensor not in plan.feeds:
        if tensor.dtype.is_ref:
            return True
        if tensor.op.type != "Identity":
            return False
        tensor = tensor.op.inputs[0]
    return False


def kept_of(op: Operation, plan: Plan, first: int) -> tuple[int, ...]:
    """The slots of the outputs that stand for a variable which must have a value, or which is fetched."""
    return tuple(
        first + t.value_index
        for t in op.outputs
        if (t in plan.fetches if t.dtype.is_ref else op.type == "Identity" and is_view(t, plan))
    )


_TRACING_ERRORS = (jax.errors.JAXTypeError, jax.errors.JAXIndexError)


def explained(error: Exception, op: Operation, arguments: list[Any]) -> Exception:
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
        refusal = "Cholesky decomposition was not successful." if op.type == "Cholesky" else "Input is not invertible."
        return failed(errors.InvalidArgumentError, op, f"{refusal} ({error})")
    shapes = ", ".join(str(np.shape(a)) for a in arguments if not isinstance(a, str))
    return failed(
        errors.InvalidArgumentError,
        op,
        f"{_objection(op, arguments) or error} (input shapes: {shapes or 'none'})",
    )


def _objection(op: Operation, arguments: list[Any]) -> str | None:
    """What the operation's shape rule says of the shapes that came: it speaks of tensors, NumPy and JAX of arrays."""
    if len(arguments) != len(op.inputs):
        return None
    probe = copy.copy(op)
    probe.inputs = tuple(
        tensor
        if isinstance(given, str)
        else Tensor(tensor.op, tensor.value_index, tensor.dtype, TensorShape(np.shape(given)))
        for tensor, given in zip(op.inputs, arguments, strict=True)
    )
    try:
        op.definition.shape(probe)
    except ValueError as error:
        return str(error)
    return None
