"""Variables' buffers and the ops that write them."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphlab.graph import errors
from graphlab.graph.dtypes import EVERY, INDICES, NUMBERS
from graphlab.graph.registry import Effect, register
from graphlab.graph.shapes import SCALAR, TensorShape
from graphlab.graph.tensor import Operation, Tensor, failed
from graphlab.ops import build
from graphlab.ops.deferred import Deferred

_VARIABLE: dict[str, Any] = {"container": "", "shared_name": ""}
register(
    "VariableV2",
    "-> ref: Ref(dtype)",
    dtype=EVERY,
    shape=lambda op: op.attr["shape"],
    lower=lambda k: k.name,
    effect=Effect.READS,
    stops_gradient=True,
    **_VARIABLE,
)
register(
    "Variable",
    "-> ref: Ref(dtype)",
    dtype=EVERY,
    shape=lambda op: op.attr["shape"],
    lower=lambda k: k.name,
    effect=Effect.READS,
    stops_gradient=True,
    **_VARIABLE,
)

register(
    "IsVariableInitialized",
    "ref: Ref(dtype) -> is_initialized: bool",
    dtype=EVERY,
    shape=lambda op: SCALAR,
    lower=lambda k, ref: k.xp.asarray(ref in k.state),
    effect=Effect.HOST,
    stops_gradient=True,
)


def _assign_shape(op: Operation) -> TensorShape:
    ref, value = op.inputs
    if not op.attr["validate_shape"]:
        return value.shape
    if not ref.shape.is_compatible_with(value.shape):
        raise ValueError(
            f"Dimension mismatch: a variable of shape {ref.shape} cannot take a value of shape {value.shape}; "
            "validate_shape=False lets it change its shape"
        )
    return ref.shape.merge_with(value.shape)


def _assign(k: Any, ref: str, value: Any) -> str:
    wanted = k.node.inputs[0].shape
    if k.attr["validate_shape"] and not wanted.is_compatible_with(value.shape):
        raise ValueError(
            f"Assign requires shapes of both tensors to match. lhs shape= {wanted} rhs shape= {list(value.shape)}. "
            "Pass validate_shape=False to let the variable change its shape."
        )
    k.state[ref] = value if isinstance(value, Deferred) else k.xp.asarray(value, dtype=k.out)
    return ref


register(
    "Assign",
    "ref: Ref(T), value: T -> output_ref: Ref(T)",
    T=EVERY,
    validate_shape=True,
    use_locking=True,
    shape=_assign_shape,
    lower=_assign,
    effect=Effect.WRITES,
    stops_gradient=True,
)


def _update(change: Any) -> Any:
    def lower(k: Any, ref: str, value: Any) -> str:
        k.state[ref] = change(k.state[ref], value)
        return ref

    return lower


def _same_shape(op: Operation) -> TensorShape:
    ref, value = op.inputs
    return ref.shape.merge_with(value.shape)


_ASSIGN_UPDATE = "ref: Ref(T), value: T -> output_ref: Ref(T)"
register(
    "AssignAdd",
    _ASSIGN_UPDATE,
    T=NUMBERS,
    use_locking=False,
    shape=_same_shape,
    lower=_update(lambda v, x: v + x),
    effect=Effect.WRITES,
    stops_gradient=True,
)
register(
    "AssignSub",
    _ASSIGN_UPDATE,
    T=NUMBERS,
    use_locking=False,
    shape=_same_shape,
    lower=_update(lambda v, x: v - x),
    effect=Effect.WRITES,
    stops_gradient=True,
)


def variable_op(shape: Any, dtype: Any, name: str = "Variable", container: str = "", shared_name: str = "") -> Tensor:
    """Adds a variable's buffer; the session holds its value."""
    result: Tensor = build.add(
        "VariableV2", name=name, shape=TensorShape(shape), dtype=dtype, container=container, shared_name=shared_name
    )
    return result


def assign(
    ref: Any, value: Any, validate_shape: bool | None = None, use_locking: bool | None = None, name: str | None = None
) -> Tensor:
    """Adds an operation that gives a variable a new value, and returns the variable's new value. Mirrors `tf.assign`.

    Args:
        ref: the variable.
        value: the new value, of the variable's type and shape.
        validate_shape: whether the shapes must agree; default True.
        use_locking: accepted for compatibility; a run is always atomic.
        name: the name of the operation.

    Raises:
        AttributeError: `ref` is not a variable.
        TypeError: the types differ.
        ValueError: the shapes differ.
    """
    result: Tensor = build.add(
        "Assign",
        _checked(ref),
        value,
        name=name,
        validate_shape=True if validate_shape is None else validate_shape,
        use_locking=True if use_locking is None else use_locking,
    )
    return result


def assign_add(ref: Any, value: Any, use_locking: bool | None = None, name: str | None = None) -> Tensor:
    """Adds an operation that adds a value to a variable, and returns the new value. Mirrors `tf.assign_add`."""
    result: Tensor = build.add("AssignAdd", _checked(ref), value, name=name, use_locking=bool(use_locking))
    return result


def assign_sub(ref: Any, value: Any, use_locking: bool | None = None, name: str | None = None) -> Tensor:
    """Adds an operation that subtracts a value from a variable, and returns the new value. Mirrors `tf.assign_sub`."""
    result: Tensor = build.add("AssignSub", _checked(ref), value, name=name, use_locking=bool(use_locking))
    return result


def _checked(ref: Any) -> Any:
    if not getattr(getattr(ref, "dtype", None), "is_ref", False):
        raise AttributeError(f"Only a tf.Variable can be assigned to, but got {ref!r}.")
    return ref


def is_variable_initialized(ref: Any, name: str | None = None) -> Tensor:
    """Returns whether the session holds a value for a variable. Mirrors `tf.is_variable_initialized`."""
    result: Tensor = build.add("IsVariableInitialized", ref, name=name)
    return result


def _count_up_to(k: Any, ref: str) -> Any:
    value = k.state[ref]
    if value >= k.attr["limit"]:
        raise failed(errors.OutOfRangeError, k.node, f"Reached limit of {k.attr['limit']}")
    k.state[ref] = value + np.ones((), value.dtype)
    return value


register(
    "CountUpTo",
    "ref: Ref(T) -> output: T",
    T=INDICES,
    shape=lambda op: SCALAR,
    lower=_count_up_to,
    effect=Effect.HOST,
)


def count_up_to(ref: Any, limit: int, name: str | None = None) -> Tensor:
    """Adds an operation that returns a scalar variable's value and then adds one to it. Mirrors `tf.count_up_to`.

    Running it raises OutOfRangeError once the value has reached `limit`.
    """
    result: Tensor = build.add("CountUpTo", ref, name=name, limit=limit)
    return result
