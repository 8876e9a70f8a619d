"""Losses that compare predictions with labels element by element."""

from __future__ import annotations

from typing import Any, Final

from graphlab.graph.collections import GraphKeys
from graphlab.graph.dtypes import float32
from graphlab.graph.tensor import Tensor
from graphlab.losses.weighting import Reduction, compute_weighted_loss
from graphlab.ops import activations, arithmetic, arrays, elementwise, reductions
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import name_scope

_DEFAULT: Final = Reduction.SUM_BY_NONZERO_WEIGHTS


def mean_squared_error(
    labels: Any,
    predictions: Any,
    weights: Any = 1.0,
    scope: str | None = None,
    loss_collection: str | None = GraphKeys.LOSSES,
    reduction: str = _DEFAULT,
) -> Tensor:
    """Returns the mean of the squared differences. Mirrors `tf.losses.mean_squared_error`.

    Args:
        labels: what was wanted.
        predictions: what came, of the same shape.
        weights: see `compute_weighted_loss`, as for the arguments below.
        scope: the name scope of the new nodes.
        loss_collection: the collection that gets the loss.
        reduction: one of `tf.losses.Reduction`.

    Raises:
        ValueError: an argument is None, or the shapes differ.
    """
    _check_given(labels=labels, predictions=predictions)
    with name_scope(scope, "mean_squared_error", [predictions, labels, weights]) as inner:
        guesses, targets = _floats(predictions, labels)
        losses = arithmetic.squared_difference(guesses, targets)
        return compute_weighted_loss(losses, weights, inner, loss_collection, reduction)


def absolute_difference(
    labels: Any,
    predictions: Any,
    weights: Any = 1.0,
    scope: str | None = None,
    loss_collection: str | None = GraphKeys.LOSSES,
    reduction: str = _DEFAULT,
) -> Tensor:
    """Returns the mean of the absolute differences. Mirrors `tf.losses.absolute_difference`; see `mean_squared_error`."""
    _check_given(labels=labels, predictions=predictions)
    with name_scope(scope, "absolute_difference", [predictions, labels, weights]) as inner:
        guesses, targets = _floats(predictions, labels)
        losses = elementwise.abs_(arithmetic.subtract(guesses, targets))
        return compute_weighted_loss(losses, weights, inner, loss_collection, reduction)


def huber_loss(
    labels: Any,
    predictions: Any,
    weights: Any = 1.0,
    delta: float = 1.0,
    scope: str | None = None,
    loss_collection: str | None = GraphKeys.LOSSES,
    reduction: str = _DEFAULT,
) -> Tensor:
    """Returns a loss that is quadratic up to `delta` and linear beyond. Mirrors `tf.losses.huber_loss`.

    See `mean_squared_error` for the other arguments.
    """
    _check_given(labels=labels, predictions=predictions)
    with name_scope(scope, "huber_loss", [predictions, labels, weights]) as inner:
        guesses, targets = _floats(predictions, labels)
        size = elementwise.abs_(arithmetic.subtract(guesses, targets))
        quadratic = arithmetic.minimum(size, delta)
        linear = arithmetic.subtract(size, quadratic)
        half = convert_to_tensor(0.5, dtype=quadratic.dtype)
        curved = arithmetic.multiply(half, arithmetic.multiply(quadratic, quadratic))
        losses = arithmetic.add(curved, arithmetic.multiply(delta, linear))
        return compute_weighted_loss(losses, weights, inner, loss_collection, reduction)


def log_loss(
    labels: Any,
    predictions: Any,
    weights: Any = 1.0,
    epsilon: float = 1e-7,
    scope: str | None = None,
    loss_collection: str | None = GraphKeys.LOSSES,
    reduction: str = _DEFAULT,
) -> Tensor:
    """Returns the cross-entropy between labels and predicted probabilities. Mirrors `tf.losses.log_loss`.

    Args:
        labels: 0 or 1, or probabilities.
        predictions: probabilities.
        weights: see `compute_weighted_loss`, as for the arguments below.
        epsilon: what is added to a probability before its logarithm is taken.
        scope: the name scope of the new nodes.
        loss_collection: the collection that gets the loss.
        reduction: one of `tf.losses.Reduction`.

    Raises:
        ValueError: an argument is None, or the shapes differ.
    """
    _check_given(labels=labels, predictions=predictions)
    with name_scope(scope, "log_loss", [predictions, labels, weights]) as inner:
        guesses, targets = _floats(predictions, labels)
        positive = -arithmetic.multiply(targets, elementwise.log(guesses + epsilon))
        losses = positive - arithmetic.multiply(1 - targets, elementwise.log(1 - guesses + epsilon))
        return compute_weighted_loss(losses, weights, inner, loss_collection, reduction)


def hinge_loss(
    labels: Any,
    logits: Any,
    weights: Any = 1.0,
    scope: str | None = None,
    loss_collection: str | None = GraphKeys.LOSSES,
    reduction: str = _DEFAULT,
) -> Tensor:
    """Returns max(0, 1 - y * logits) for labels 0 and 1 taken as y = -1 and 1. Mirrors `tf.losses.hinge_loss`.

    See `mean_squared_error` for the arguments.
    """
    _check_given(labels=labels, logits=logits)
    with name_scope(scope, "hinge_loss", [logits, labels, weights]) as inner:
        scores, targets = _floats(logits, labels)
        ones = arrays.ones_like(targets)
        signs = arithmetic.subtract(2 * targets, ones)
        losses = activations.relu(arithmetic.subtract(ones, arithmetic.multiply(signs, scores)))
        return compute_weighted_loss(losses, weights, inner, loss_collection, reduction)


def cosine_distance(
    labels: Any,
    predictions: Any,
    axis: int | None = None,
    weights: Any = 1.0,
    scope: str | None = None,
    loss_collection: str | None = GraphKeys.LOSSES,
    reduction: str = _DEFAULT,
    dim: int | None = None,
) -> Tensor:
    """Returns one less the cosine of unit vectors along an axis. Mirrors `tf.losses.cosine_distance`.

    Args:
        labels: unit vectors.
        predictions: unit vectors, of the same shape.
        axis: the axis of the vectors.
        weights: see `compute_weighted_loss`, as for the arguments below.
        scope: the name scope of the new nodes.
        loss_collection: the collection that gets the loss.
        reduction: one of `tf.losses.Reduction`.
        dim: another name of `axis`.

    Raises:
        ValueError: an argument or the axis is None, or the shapes differ.
    """
    axis = dim if axis is None else axis
    _check_given(axis=axis, labels=labels, predictions=predictions)
    with name_scope(scope, "cosine_distance_loss", [predictions, labels, weights]) as inner:
        guesses, targets = _floats(predictions, labels)
        losses = 1 - reductions.reduce_sum(arithmetic.multiply(guesses, targets), axis=(axis,), keepdims=True)
        return compute_weighted_loss(losses, weights, inner, loss_collection, reduction)


def _floats(first: Any, second: Any) -> tuple[Tensor, Tensor]:
    a, b = elementwise.cast(first, float32), elementwise.cast(second, float32)
    a.shape.assert_is_compatible_with(b.shape)
    return a, b


def _check_given(**arguments: Any) -> None:
    for name, value in arguments.items():
        if value is None:
            raise ValueError(f"Argument `{name}` must not be None.")
