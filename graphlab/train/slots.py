"""Slots: the variables that an optimizer keeps for each variable that it trains."""

from __future__ import annotations

import contextlib
from typing import Any

from graphlab.get_variable import get_variable
from graphlab.graph.shapes import TensorShape
from graphlab.initializers import Zeros
from graphlab.ops import arrays
from graphlab.ops.scopes import colocate_with
from graphlab.variable_scope import variable_scope
from graphlab.variables import Variable


def create_slot(
    primary: Any, initial_value: Any, name: str, shape: Any = None, dtype: Any = None, is_colocated: bool = True
) -> Variable:
    """Returns a new variable beside another one, named after it.

    Args:
        primary: the variable, or tensor, that the slot is for.
        initial_value: a tensor, or an initializer for `shape` and `dtype`.
        name: the name of the slot, after that of `primary`.
        shape: the shape, for an initializer.
        dtype: the element type, for an initializer.
        is_colocated: whether the slot is placed where `primary` is.
    """
    known = TensorShape(shape) if callable(initial_value) else initial_value.shape
    beside = colocate_with(primary.op) if is_colocated else contextlib.nullcontext()
    with variable_scope(None, f"{primary.op.name}/{name}"), beside:
        return get_variable(
            "",
            initializer=initial_value,
            trainable=False,
            shape=shape if callable(initial_value) else None,
            dtype=dtype,
            validate_shape=known.is_fully_defined(),
        )


def create_zeros_slot(primary: Any, name: str, dtype: Any = None, is_colocated: bool = True) -> Variable:
    """Returns a new variable of zeros with the shape of another variable or tensor."""
    kind = (dtype or primary.dtype).base_dtype
    if primary.shape.is_fully_defined():
        return create_slot(primary, Zeros(), name, primary.shape, kind, is_colocated)
    like = primary.initialized_value() if isinstance(primary, Variable) else primary
    return create_slot(primary, arrays.zeros(arrays.shape(like), kind), name, is_colocated=is_colocated)
