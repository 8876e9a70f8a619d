"""The variables of a graph that `tf.get_variable` made, by name."""

from __future__ import annotations

import enum
import functools
import inspect
from collections.abc import Callable, Iterable
from typing import Any, Final

from graphlab import regularizers
from graphlab.graph.dtypes import DType, as_dtype, bool_, string
from graphlab.graph.registry import near_names
from graphlab.graph.shapes import TensorShape
from graphlab.initializers import GlorotUniform, Zeros
from graphlab.variables import Variable


class _ReuseMode(enum.Enum):
    """The type of `tf.AUTO_REUSE`."""

    AUTO_REUSE = 1


AUTO_REUSE: Final = _ReuseMode.AUTO_REUSE
"""Asks to return a variable if it exists and to make it otherwise. Mirrors `tf.AUTO_REUSE`."""

Reuse = bool | _ReuseMode | None


class VariableStore:
    """The variables of one graph by their full name."""

    def __init__(self) -> None:
        self._variables: dict[str, Variable] = {}

    def get(
        self,
        name: str,
        shape: Any = None,
        dtype: Any = None,
        initializer: Any = None,
        regularizer: regularizers.Regularizer | None = None,
        reuse: Reuse = None,
        trainable: bool | None = None,
        collections: Iterable[str] | None = None,
        caching_device: Any = None,
        validate_shape: bool = True,
        constraint: Callable[[Any], Any] | None = None,
    ) -> Variable:
        """Returns the variable of that name, or makes it, as `reuse` says; see `tf.get_variable`.

        Raises:
            ValueError: it exists and may not, or does not and should; or it has another shape or type; or shape and
                initializer do not go together.
        """
        if shape is not None and initializer is not None and not callable(initializer):
            raise ValueError(
                f"If initializer is a constant, do not specify shape: variable {name} takes the shape of its initializer."
            )
        kind = as_dtype(dtype).base_dtype
        wanted = None if shape is None else TensorShape(shape)
        if name in self._variables:
            return self._existing(name, wanted, kind, reuse)
        if reuse is True:
            raise ValueError(
                f"Variable {name} does not exist, or was not created with tf.get_variable(). "
                f"Did you mean to set reuse=tf.AUTO_REUSE in VarScope?{near_names(name, self._variables)}"
            )
        value, value_dtype = _initial_value(name, wanted, kind, initializer)
        variable = Variable(
            value,
            trainable=trainable,
            collections=collections,
            caching_device=caching_device,
            name=name,
            dtype=value_dtype,
            validate_shape=validate_shape,
            constraint=constraint,
            shape=wanted,
        )
        self._variables[name] = variable
        if regularizer is not None:
            regularizers.apply(name, variable, regularizer)
        return variable

    def _existing(self, name: str, shape: TensorShape | None, dtype: DType, reuse: Reuse) -> Variable:
        found = self._variables[name]
        if reuse is False:
            raise ValueError(
                f"Variable {name} already exists, disallowed. Did you mean to set reuse=True or "
                f"reuse=tf.AUTO_REUSE in VarScope? Originally defined at:\n\n  {found.op.site}\n\n"
                "In a notebook, a cell that ran twice adds to the same graph: call tf.reset_default_graph() first."
            )
        if shape is not None and not shape.is_compatible_with(found.shape):
            raise ValueError(
                f"Trying to share variable {name}, but specified shape {shape} and found shape {found.shape}. "
                f"It was defined at {found.op.site}."
            )
        if not dtype.is_compatible_with(found.dtype):
            raise ValueError(
                f"Trying to share variable {name}, but specified dtype {dtype.name} and found dtype "
                f"{found.dtype.name}. It was defined at {found.op.site}."
            )
        return found


def _initial_value(name: str, shape: TensorShape | None, dtype: DType, initializer: Any) -> tuple[Any, DType | None]:
    """The initial value, or a function that makes it, and its element type where the value does not decide it."""
    if initializer is None:
        if shape is None:
            raise ValueError(f"Variable {name} did not get an initializer, so its `shape` argument must be specified.")
        initializer = _default_initializer(name, dtype)
    if not callable(initializer):
        return initializer, None
    if inspect.isclass(initializer):
        initializer = initializer()
    if shape is not None and shape.is_fully_defined():
        return functools.partial(initializer, shape.as_list(), dtype=dtype), dtype
    if _needs_no_arguments(initializer):
        return initializer, None
    raise ValueError(
        f"The initializer passed for variable {name} is not valid. It should be a callable with no arguments and the "
        "shape should not be provided, or an instance of `tf.initializers.*` and `shape` should be fully defined "
        f"(it is {'not given' if shape is None else shape})."
    )


def _default_initializer(name: str, dtype: DType) -> Any:
    if dtype.is_floating:
        return GlorotUniform()
    if dtype.is_integer or dtype in (bool_, string):
        return Zeros()
    raise ValueError(f"An initializer for variable {name} of {dtype!r} is required")


def _needs_no_arguments(function: Callable[..., Any]) -> bool:
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return False
    optional = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    return all(p.default is not p.empty or p.kind in optional for p in parameters)
