"""Penalties on the values of variables. Mirrors `tf.contrib.layers.l1_regularizer` and its kin."""

from __future__ import annotations

import numbers
from collections.abc import Callable, Sequence
from typing import Any

from graphlab.graph.collections import GraphKeys
from graphlab.graph.dtypes import DType
from graphlab.graph.graph import Graph, get_default_graph
from graphlab.graph.operand import Operand
from graphlab.graph.shapes import TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arithmetic, build, elementwise, reductions
from graphlab.ops.constant import constant
from graphlab.ops.convert import convert_to_tensor, register_tensor_conversion_function
from graphlab.ops.scopes import colocate_with, name_scope

Regularizer = Callable[[Any], Any]


class RegularizationLoss(Operand):
    """The loss that a regularizer of `tf.get_variable` makes; each use as a tensor adds its nodes again, as TensorFlow's.

    Fetching it evaluates the nodes that were made first.
    """

    def __init__(self, make: Callable[[], Tensor]) -> None:
        self._make = make
        self._first = make()

    @property
    def name(self) -> str:
        """The name of the first tensor."""
        return self._first.name

    @property
    def op(self) -> Operation:
        """The operation of the first tensor."""
        return self._first.op

    @property
    def graph(self) -> Graph:
        """The graph that holds it."""
        return self._first.graph

    @property
    def dtype(self) -> DType:
        """Its element type."""
        return self._first.dtype

    @property
    def shape(self) -> TensorShape:
        """Its static shape."""
        return self._first.shape

    def _operand(self) -> Tensor:
        return self.value()

    def get_shape(self) -> TensorShape:
        """Returns its static shape."""
        return self._first.shape

    def value(self) -> Tensor:
        """Adds the nodes again and returns the tensor."""
        return self._make()

    def eval(self, feed_dict: Any = None, session: Any = None) -> Any:
        """Returns its value in a session."""
        return self.value().eval(feed_dict, session)

    def _as_graph_element(self) -> Tensor:
        return self._first

    def __str__(self) -> str:
        return str(self._first)


register_tensor_conversion_function(RegularizationLoss, lambda value, dtype, name, as_ref: value.value())


def apply(name: str, variable: Any, regularizer: Regularizer) -> None:
    """Adds the loss of a new variable to the collection of regularization losses.

    Args:
        name: the full name of the variable.
        variable: the variable.
        regularizer: maps it to a loss, or to None for none.
    """

    def make() -> Tensor:
        with colocate_with(variable), name_scope(f"{name}/Regularizer/"):
            return convert_to_tensor(regularizer(variable))

    # TensorFlow calls it once more, to see whether there is a loss.
    if regularizer(variable) is not None:
        get_default_graph().add_to_collection(GraphKeys.REGULARIZATION_LOSSES, RegularizationLoss(make))


def no_regularizer(_: Any) -> None:
    """Asks for no regularization where an outer scope has one. Mirrors `tf.no_regularizer`."""


def l1_regularizer(scale: float, scope: str | None = None) -> Regularizer:
    """Returns a function from weights to the scaled sum of their absolute values.

    Mirrors `tf.contrib.layers.l1_regularizer`.

    Args:
        scale: the factor; 0 switches regularization off.
        scope: the name scope of the nodes.

    Raises:
        ValueError: the scale is negative or no float.
    """
    if _checked(scale) == 0:
        return no_regularizer

    def l1(weights: Any, name: str | None = None) -> Tensor:
        with name_scope(scope or name, "l1_regularizer", [weights]) as inner:
            factor = constant(scale, dtype=weights.dtype.base_dtype, name="scale")
            return arithmetic.multiply(factor, reductions.reduce_sum(elementwise.abs_(weights)), name=inner)

    return l1


def l2_regularizer(scale: float, scope: str | None = None) -> Regularizer:
    """Returns a function from weights to half the scaled sum of their squares.

    Mirrors `tf.contrib.layers.l2_regularizer`.

    Args:
        scale: the factor; 0 switches regularization off.
        scope: the name scope of the nodes.

    Raises:
        ValueError: the scale is negative or no float.
    """
    if _checked(scale) == 0:
        return no_regularizer

    def l2(weights: Any, name: str | None = None) -> Tensor:
        with name_scope(scope or name, "l2_regularizer", [weights]) as inner:
            factor = constant(scale, dtype=weights.dtype.base_dtype, name="scale")
            return arithmetic.multiply(factor, build.add("L2Loss", weights), name=inner)

    return l2


def sum_regularizer(regularizers: Sequence[Regularizer | None], scope: str | None = None) -> Regularizer:
    """Returns a function from weights to the sum of several regularizers; None among them count as nothing.

    Mirrors `tf.contrib.layers.sum_regularizer`.
    """
    chosen = [r for r in regularizers if r is not None]
    if not chosen:
        return no_regularizer

    def total(weights: Any) -> Tensor | None:
        with name_scope(scope, "sum_regularizer", [weights]) as inner:
            losses = [loss for loss in (r(weights) for r in chosen) if loss is not None]
            return arithmetic.add_n(losses, name=inner) if losses else None

    return total


def l1_l2_regularizer(scale_l1: float = 1.0, scale_l2: float = 1.0, scope: str | None = None) -> Regularizer:
    """Returns the sum of both regularizers. Mirrors `tf.contrib.layers.l1_l2_regularizer`."""
    name = scope or "l1_l2_regularizer"
    return sum_regularizer([l1_regularizer(scale_l1), l2_regularizer(scale_l2)], scope=name)


def _checked(scale: Any) -> float:
    if not isinstance(scale, numbers.Real) or isinstance(scale, numbers.Integral):
        raise ValueError(f"scale cannot be an integer or other type: {scale!r}. Pass a float such as 0.001.")
    if scale < 0:
        raise ValueError(f"Setting a scale less than 0 on a regularizer: {scale}. It must not be negative.")
    return float(scale)
