"""From a loss for each element to one number: weights, and what is summed and divided by what."""

from __future__ import annotations

from typing import Any, ClassVar

from graphlab.graph.collections import GraphKeys
from graphlab.graph.dtypes import float32
from graphlab.graph.shapes import TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.losses.collection import add_loss
from graphlab.ops import (
    arithmetic,
    arrays,
    comparisons,
    control,
    elementwise,
    reductions,
    selecting,
    special_functions,
)
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import control_dependencies, name_scope


class Reduction:
    """How weighted losses become one. Mirrors `tf.losses.Reduction`."""

    NONE: ClassVar = "none"
    SUM: ClassVar = "weighted_sum"
    SUM_OVER_BATCH_SIZE: ClassVar = "weighted_sum_over_batch_size"
    MEAN: ClassVar = "weighted_mean"
    SUM_BY_NONZERO_WEIGHTS: ClassVar = "weighted_sum_by_nonzero_weights"
    SUM_OVER_NONZERO_WEIGHTS: ClassVar = SUM_BY_NONZERO_WEIGHTS

    @classmethod
    def all(cls) -> tuple[str, ...]:
        """The names of all reductions."""
        return (
            cls.NONE,
            cls.SUM,
            cls.MEAN,
            cls.SUM_OVER_BATCH_SIZE,
            cls.SUM_OVER_NONZERO_WEIGHTS,
            cls.SUM_BY_NONZERO_WEIGHTS,
        )

    @classmethod
    def validate(cls, key: str) -> None:
        """Raises ValueError unless `key` is the name of a reduction."""
        if key not in cls.all():
            raise ValueError(f"Invalid Reduction Key: {key}. Valid keys are {', '.join(cls.all())}.")


def compute_weighted_loss(
    losses: Any,
    weights: Any = 1.0,
    scope: str | None = None,
    loss_collection: str | None = GraphKeys.LOSSES,
    reduction: str = Reduction.SUM_BY_NONZERO_WEIGHTS,
) -> Tensor:
    """Returns the weighted loss, and adds it to a collection. Mirrors `tf.losses.compute_weighted_loss`.

    Args:
        losses: the loss of each element.
        weights: a number, or a tensor of the rank of `losses` whose extents are 1 or equal to those of `losses`.
        scope: the name scope of the new nodes.
        loss_collection: the collection that gets the loss; None for none.
        reduction: one of `tf.losses.Reduction`.

    Raises:
        ValueError: the weights do not fit the losses, or the reduction is unknown.
    """
    Reduction.validate(reduction)
    with (
        name_scope(scope, "weighted_loss", [losses, weights]),
        control_dependencies([_assert_broadcastable(weights, losses)]),
    ):
        values = convert_to_tensor(losses)
        kind = values.dtype
        values = elementwise.cast(values, float32)
        factors = elementwise.cast(weights, float32)
        loss = elementwise.cast(_reduced(arithmetic.multiply(values, factors), values, factors, reduction), kind)
        add_loss(loss, loss_collection)
        return loss


def _reduced(weighted: Tensor, values: Tensor, factors: Tensor, reduction: str) -> Tensor:
    if reduction == Reduction.NONE:
        return weighted
    total = reductions.reduce_sum(weighted)
    if reduction == Reduction.MEAN:
        return _safe_mean(total, reductions.reduce_sum(arrays.ones_like(values) * factors))
    if reduction == Reduction.SUM_BY_NONZERO_WEIGHTS:
        return _safe_mean(total, _count_present(values, factors))
    if reduction == Reduction.SUM_OVER_BATCH_SIZE:
        return _safe_mean(total, _count_elements(values))
    return total


def _safe_mean(losses: Tensor, count: Tensor) -> Tensor:
    return special_functions.div_no_nan(reductions.reduce_sum(losses), count, name="value")


def _count_elements(losses: Tensor) -> Tensor:
    with name_scope(None, "num_elements", [losses]) as scope:
        return elementwise.cast(arrays.size(losses, name=scope), losses.dtype)


def _count_present(losses: Tensor, weights: Tensor) -> Tensor:
    """How many elements have a weight other than zero."""
    with name_scope(None, "num_present", [losses, weights]) as scope:
        is_absent = comparisons.equal(weights, 0.0)
        present = selecting.where(is_absent, arrays.zeros_like(weights), arrays.ones_like(weights))
        return reductions.reduce_sum(_broadcast(present, losses), name=scope)


def _broadcast(weights: Tensor, values: Tensor) -> Tensor:
    with name_scope(None, "broadcast_weights", [weights, values]) as scope:
        if weights.shape.is_fully_defined() and values.shape.is_fully_defined() and weights.shape == values.shape:
            return weights
        with control_dependencies([_assert_broadcastable(weights, values)]):
            return arithmetic.multiply(weights, arrays.ones_like(values), name=scope)


def _assert_broadcastable(weights: Any, values: Any) -> Operation:
    """Adds an operation that stands for the checks made here, so that the loss waits for it as in TensorFlow.

    Raises:
        ValueError: the weights do not fit the values.
        NotImplementedError: the rank of the weights or values is not known.
    """
    with name_scope(None, "assert_broadcastable", [weights, values]):
        with name_scope(None, "weights", [weights]) as inner:
            weights = convert_to_tensor(weights, name=inner)
            arrays.shape(weights, name="shape")
            arrays.rank(weights, name="rank")
        with name_scope(None, "values", [values]) as inner:
            values = convert_to_tensor(values, name=inner)
            arrays.shape(values, name="shape")
            arrays.rank(values, name="rank")
        if weights.shape.ndims == 0 and values.shape.ndims is not None:
            return control.no_op(name="static_scalar_check_success")
        _check_static_shapes(weights.shape, values.shape)
        return control.no_op(name="static_dims_check_success")


def _check_static_shapes(weights: TensorShape, values: TensorShape) -> None:
    rule = "weights can not be broadcast to values: they must be a scalar, or have the rank of values and extents of 1 or equal."
    if not (weights.is_fully_defined() and values.is_fully_defined()):
        raise NotImplementedError(
            f"Weights of shape {weights} for values of shape {values}: the shapes must be known when the graph is built, "
            "unless the weights are one number. Give the placeholders shapes, or multiply the losses with the weights yourself."
        )
    fits = len(weights) == len(values) and all(w in (1, v) for w, v in zip(weights.known, values.known, strict=True))
    if not fits:
        raise ValueError(f"{rule} values.shape={values}. weights.shape={weights}.")
