"""Cross-entropies between labels and logits, weighted and reduced."""

from __future__ import annotations

from typing import Any, Final

from graphlab.graph.collections import GraphKeys
from graphlab.graph.tensor import Tensor
from graphlab.losses.weighting import Reduction, compute_weighted_loss
from graphlab.ops import arrays, cross_entropy, elementwise, reshaping
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import name_scope

_DEFAULT: Final = Reduction.SUM_BY_NONZERO_WEIGHTS


def sigmoid_cross_entropy(
    multi_class_labels: Any,
    logits: Any,
    weights: Any = 1.0,
    label_smoothing: float = 0,
    scope: str | None = None,
    loss_collection: str | None = GraphKeys.LOSSES,
    reduction: str = _DEFAULT,
) -> Tensor:
    """Returns the cross-entropy between labels and the sigmoid of logits. Mirrors `tf.losses.sigmoid_cross_entropy`.

    Args:
        multi_class_labels: 0 or 1 for each class by itself.
        logits: the logits, of the same shape.
        weights: see `compute_weighted_loss`, as for the arguments below.
        label_smoothing: how much the labels are moved towards 1/2.
        scope: the name scope of the new nodes.
        loss_collection: the collection that gets the loss.
        reduction: one of `tf.losses.Reduction`.

    Raises:
        ValueError: an argument is None, or the shapes differ.
    """
    _check_given(multi_class_labels=multi_class_labels, logits=logits)
    with name_scope(scope, "sigmoid_cross_entropy_loss", [logits, multi_class_labels, weights]) as inner:
        scores = convert_to_tensor(logits)
        labels = elementwise.cast(multi_class_labels, scores.dtype)
        scores.shape.assert_is_compatible_with(labels.shape)
        if label_smoothing > 0:
            labels = labels * (1 - label_smoothing) + 0.5 * label_smoothing
        losses = cross_entropy.sigmoid_cross_entropy_with_logits(labels=labels, logits=scores, name="xentropy")
        return compute_weighted_loss(losses, weights, inner, loss_collection, reduction)


def softmax_cross_entropy(
    onehot_labels: Any,
    logits: Any,
    weights: Any = 1.0,
    label_smoothing: float = 0,
    scope: str | None = None,
    loss_collection: str | None = GraphKeys.LOSSES,
    reduction: str = _DEFAULT,
) -> Tensor:
    """Returns the cross-entropy between labels and the softmax of logits. Mirrors `tf.losses.softmax_cross_entropy`.

    Args:
        onehot_labels: a probability distribution over the classes for each row.
        logits: the logits, of the same shape.
        weights: see `compute_weighted_loss`, as for the arguments below.
        label_smoothing: how much the labels are moved towards the even distribution.
        scope: the name scope of the new nodes.
        loss_collection: the collection that gets the loss.
        reduction: one of `tf.losses.Reduction`.

    Raises:
        ValueError: an argument is None, or the shapes differ.
    """
    _check_given(onehot_labels=onehot_labels, logits=logits)
    with name_scope(scope, "softmax_cross_entropy_loss", [logits, onehot_labels, weights]) as inner:
        scores = convert_to_tensor(logits)
        labels = elementwise.cast(onehot_labels, scores.dtype)
        scores.shape.assert_is_compatible_with(labels.shape)
        if label_smoothing > 0:
            classes = elementwise.cast(arrays.shape(labels)[-1], scores.dtype)
            evenly = label_smoothing / classes
            labels = labels * (1.0 - label_smoothing) + evenly
        labels = arrays.stop_gradient(labels, name="labels_stop_gradient")
        losses = cross_entropy.softmax_cross_entropy_with_logits_v2(labels=labels, logits=scores, name="xentropy")
        return compute_weighted_loss(losses, weights, inner, loss_collection, reduction)


def sparse_softmax_cross_entropy(
    labels: Any,
    logits: Any,
    weights: Any = 1.0,
    scope: str | None = None,
    loss_collection: str | None = GraphKeys.LOSSES,
    reduction: str = _DEFAULT,
) -> Tensor:
    """Returns the cross-entropy between class numbers and the softmax of logits.

    Mirrors `tf.losses.sparse_softmax_cross_entropy`.

    Args:
        labels: class numbers, of the shape of the logits without the last axis, or with extent 1 there.
        logits: the logits; their rank must be known.
        weights: see `compute_weighted_loss`, as for the arguments below.
        scope: the name scope of the new nodes.
        loss_collection: the collection that gets the loss.
        reduction: one of `tf.losses.Reduction`.

    Raises:
        ValueError: an argument is None, or the shapes do not fit.
        NotImplementedError: a rank is not known.
    """
    _check_given(labels=labels, logits=logits)
    with name_scope(scope, "sparse_softmax_cross_entropy_loss", [logits, labels, weights]) as inner:
        with name_scope(None, "remove_squeezable_dimensions", [labels, logits]):
            scores, classes = convert_to_tensor(logits), convert_to_tensor(labels)
            ranks = _rank(classes, "labels"), _rank(scores, "logits")
            if ranks[0] == ranks[1] and classes.shape.known[-1] in (1, None):
                classes = reshaping.squeeze(classes, [-1])
        factors = convert_to_tensor(weights)
        if factors.shape.ndims == len(classes.shape) + 1:
            factors = reshaping.squeeze(factors, [-1])
        losses = cross_entropy.sparse_softmax_cross_entropy_with_logits(labels=classes, logits=scores, name="xentropy")
        return compute_weighted_loss(losses, factors, inner, loss_collection, reduction)


def _rank(tensor: Tensor, name: str) -> int:
    if tensor.shape.ndims is None:
        raise NotImplementedError(
            f"The rank of {name} {tensor!r} must be known when the graph is built. Give its placeholder a shape."
        )
    return tensor.shape.ndims


def _check_given(**arguments: Any) -> None:
    for name, value in arguments.items():
        if value is None:
            raise ValueError(f"Argument `{name}` must not be None.")
