"""Cross-entropies between logits and labels."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphlab.graph.demands import demand
from graphlab.graph.dtypes import FLOATS, INDICES, bfloat16, float16, float32
from graphlab.graph.registry import register
from graphlab.graph.shapes import TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arithmetic, arrays, build, elementwise, joining, linalg, reshaping, selecting, slicing
from graphlab.ops.activations import relu
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import name_scope
from graphlab.ops.softmax import shifted_logits


def _lower_cross_entropy(k: Any, logits: Any, labels: Any) -> tuple[Any, Any]:
    shifted, log_sum = shifted_logits(k, logits)
    loss = k.xp.sum(labels * (log_sum - shifted), axis=-1)
    return loss, k.xp.exp(shifted - log_sum) - labels


def _cross_entropy_shape(op: Operation) -> tuple[TensorShape, TensorShape]:
    merged = op.inputs[0].shape.with_rank(2).merge_with(op.inputs[1].shape.with_rank(2))
    return TensorShape.of(merged.known[:1]), merged


def _scaled(loss_grad: Tensor, factor: Tensor) -> Tensor:
    result: Tensor = arrays.expand_dims(loss_grad, -1) * factor
    return result


def _logits_gradient(op: Operation, loss_grad: Tensor, backprop_grad: Tensor) -> Tensor:
    grad = _scaled(loss_grad, op.outputs[1])
    if backprop_grad.op.type == "ZerosLike":
        return grad
    probabilities: Tensor = build.add("Softmax", op.inputs[0])
    product = linalg.matmul(arrays.expand_dims(backprop_grad, 1), arrays.expand_dims(probabilities, 2))
    through: Tensor = (backprop_grad - reshaping.squeeze(product, axis=1)) * probabilities
    result: Tensor = grad + through
    return result


def _cross_entropy_gradient(op: Operation, loss_grad: Tensor, backprop_grad: Tensor) -> list[Any]:
    by_logits = _logits_gradient(op, loss_grad, backprop_grad)
    return [by_logits, _scaled(loss_grad, -build.add("LogSoftmax", op.inputs[0]))]


register(
    "SoftmaxCrossEntropyWithLogits",
    "features: T, labels: T -> loss: T, backprop: T",
    T=FLOATS,
    shape=_cross_entropy_shape,
    lower=_lower_cross_entropy,
    gradient=_cross_entropy_gradient,
)


def softmax_cross_entropy_with_logits_v2(
    labels: Any, logits: Any, axis: int | None = None, name: str | None = None, dim: int | None = None
) -> Tensor:
    """Returns the cross-entropy between the labels and the softmax of the logits.

    Mirrors `tf.nn.softmax_cross_entropy_with_logits_v2`.

    Args:
        labels: a probability distribution along the axis of the classes.
        logits: the logits, of the same shape.
        axis: the axis of the classes; must be the last one.
        name: the name of the operation.
        dim: another name of `axis`.

    Raises:
        NotImplementedError: `axis` is not the last one.
    """
    axis = dim if axis is None else axis
    with name_scope(name, "softmax_cross_entropy_with_logits", [logits, labels]) as scope:
        scores = convert_to_tensor(logits, name="logits")
        targets = convert_to_tensor(labels, name="labels")
        shape = scores.shape
        if axis not in (None, -1) and axis != (shape.ndims or 0) - 1:
            raise NotImplementedError(
                "The classes must be on the last axis: use tf.transpose on labels and logits before."
            )
        precise = elementwise.cast(scores, float32) if scores.dtype in (float16, bfloat16) else scores
        targets = elementwise.cast(targets, precise.dtype)
        rank = arrays.rank(precise)
        sizes = arrays.shape(precise)
        cost: Tensor = build.add("SoftmaxCrossEntropyWithLogits", _matrix(precise), _matrix(targets), name=scope)[0]
        cost = arrays.reshape(cost, slicing.slice_(sizes, [0], [arithmetic.subtract(rank, 1)]))
        if shape.extents is not None:
            cost.set_shape(shape.extents[:-1])
        return cost if precise is scores else elementwise.cast(cost, scores.dtype)


def softmax_cross_entropy_with_logits(
    labels: Any = None, logits: Any = None, dim: int = -1, name: str | None = None, axis: int | None = None
) -> Tensor:
    """Returns the cross-entropy without a gradient for the labels. Mirrors `tf.nn.softmax_cross_entropy_with_logits`.

    Raises:
        ValueError: labels or logits are missing.
    """
    _check_given("softmax_cross_entropy_with_logits", labels, logits)
    with name_scope(name, "softmax_cross_entropy_with_logits_sg", [logits, labels]) as scope:
        fixed = arrays.stop_gradient(labels, name="labels_stop_gradient")
        return softmax_cross_entropy_with_logits_v2(fixed, logits, axis=dim if axis is None else axis, name=scope)


def _matrix(tensor: Tensor) -> Tensor:
    """Joins all axes but the last one."""
    rank = arrays.rank(tensor)
    last = slicing.slice_(arrays.shape(tensor), [arithmetic.subtract(rank, 1)], [1])
    result = arrays.reshape(tensor, joining.concat([[-1], last], 0))
    extents = tensor.shape.extents
    if extents is not None and None not in extents[:-1]:
        result.set_shape([int(np.prod([d or 0 for d in extents[:-1]], dtype=np.int64)), extents[-1]])
    return result


def _check_given(name: str, labels: Any, logits: Any) -> None:
    if labels is None or logits is None:
        raise ValueError(f"Both `labels` and `logits` must be provided for {name}: labels={labels}, logits={logits}")


def _lower_sparse(k: Any, logits: Any, labels: Any) -> tuple[Any, Any]:
    classes = logits.shape[-1]
    inside = (labels >= 0) & (labels < classes)
    if k.xp is not np:
        demand(k.xp.all(inside))
    elif not inside.all():
        wrong = labels[~inside][0]
        values = " ".join(map(str, labels.tolist()))
        raise ValueError(
            f"Received a label value of {wrong} which is outside the valid range of [0, {classes}).  Label values: {values}"
        )
    shifted, log_sum = shifted_logits(k, logits)
    chosen = k.xp.where(inside, labels, 0)[:, None]
    loss = (log_sum - k.xp.take_along_axis(shifted, chosen, axis=-1))[:, 0]
    hot = (labels[:, None] == k.xp.arange(classes, dtype=labels.dtype)).astype(k.out)
    nan = k.out.type(np.nan)
    backprop = k.xp.exp(shifted - log_sum) - hot
    return k.xp.where(inside, loss, nan), k.xp.where(inside[:, None], backprop, nan)


def _sparse_shape(op: Operation) -> tuple[TensorShape, TensorShape]:
    logits, labels = op.inputs[0].shape.with_rank(2).known, op.inputs[1].shape.with_rank(1)
    rows = TensorShape.of(logits[:1]).merge_with(labels)
    return rows, rows.concatenate(TensorShape.of(logits[1:]))


register(
    "SparseSoftmaxCrossEntropyWithLogits",
    "features: T, labels: Tlabels -> loss: T, backprop: T",
    T=FLOATS,
    Tlabels=INDICES,
    shape=_sparse_shape,
    lower=_lower_sparse,
    gradient=lambda op, loss_grad, backprop_grad: [_logits_gradient(op, loss_grad, backprop_grad), None],
)


def sparse_softmax_cross_entropy_with_logits(labels: Any = None, logits: Any = None, name: str | None = None) -> Tensor:
    """Returns the cross-entropy between class numbers and the softmax of the logits.

    Mirrors `tf.nn.sparse_softmax_cross_entropy_with_logits`. A class number out of range is an error.

    Args:
        labels: class numbers, int32 or int64, of the shape of the logits without the last axis.
        logits: the logits; the last axis is that of the classes.
        name: the name of the operation.

    Raises:
        ValueError: labels or logits are missing, or the shapes do not fit.
    """
    _check_given("sparse_softmax_cross_entropy_with_logits", labels, logits)
    with name_scope(name, "SparseSoftmaxCrossEntropyWithLogits", [labels, logits]):
        targets, scores = convert_to_tensor(labels), convert_to_tensor(logits)
        precise = elementwise.cast(scores, float32) if scores.dtype is float16 else scores
        sizes = arrays.shape(targets)
        _check_sparse_shapes(targets.shape, scores.shape)
        if scores.shape.ndims == 2:
            cost = _sparse_node(precise, targets, name)
        else:
            cost = _sparse_of_many(scores, precise, targets, name)
            cost = arrays.reshape(cost, sizes)
            cost.set_shape(targets.shape)
        return elementwise.cast(cost, float16) if scores.dtype is float16 else cost


def _sparse_of_many(scores: Tensor, precise: Tensor, targets: Tensor, name: str | None) -> Tensor:
    classes = arrays.shape(scores)[arrays.rank(scores) - 1]
    flat_scores = arrays.reshape(precise, [-1, classes])
    return _sparse_node(flat_scores, arrays.reshape(targets, [-1]), name)


def _sparse_node(logits: Tensor, labels: Tensor, name: str | None) -> Tensor:
    cost: Tensor = build.add("SparseSoftmaxCrossEntropyWithLogits", logits, labels, name=name)[0]
    return cost


def _check_sparse_shapes(labels: TensorShape, logits: TensorShape) -> None:
    if logits.extents is None or labels.extents is None:
        return
    if not logits.extents:
        raise ValueError("`logits` cannot be a scalar: the last axis is that of the classes.")
    if len(labels.extents) != len(logits.extents) - 1:
        raise ValueError(
            "Rank mismatch: `labels.shape.rank` must equal `logits.shape.rank - 1`. "
            f"Received: labels.shape={labels} and logits.shape={logits}"
        )
    outer = TensorShape.of(logits.extents[:-1])
    if labels.is_fully_defined() and outer.is_fully_defined() and labels != outer:
        raise ValueError(
            "`labels.shape` must equal `logits.shape` except for the last dimension. "
            f"Received: labels.shape={labels} and logits.shape={logits}"
        )


def sigmoid_cross_entropy_with_logits(labels: Any = None, logits: Any = None, name: str | None = None) -> Tensor:
    """Returns the cross-entropy between the labels and the sigmoid of the logits, each element by itself.

    Mirrors `tf.nn.sigmoid_cross_entropy_with_logits`: max(x, 0) - x * z + log(1 + e^-|x|) for logits x and labels z.

    Raises:
        ValueError: labels or logits are missing, or their shapes differ.
    """
    _check_given("sigmoid_cross_entropy_with_logits", labels, logits)
    with name_scope(name, "logistic_loss", [logits, labels]) as scope:
        x, z = _same_shapes(logits, labels)
        zeros = arrays.zeros_like(x, dtype=x.dtype)
        is_positive = x >= zeros
        positive = selecting.where(is_positive, x, zeros)
        negative_abs = selecting.where(is_positive, -x, x)
        return arithmetic.add(positive - x * z, elementwise.log1p(elementwise.exp(negative_abs)), name=scope)


def weighted_cross_entropy_with_logits(
    labels: Any = None, logits: Any = None, pos_weight: Any = None, name: str | None = None, targets: Any = None
) -> Tensor:
    """Returns the sigmoid cross-entropy with a weight on positive labels. Mirrors `tf.nn.weighted_cross_entropy_with_logits`.

    Raises:
        ValueError: the shapes of labels and logits differ.
    """
    labels = targets if labels is None else labels
    with name_scope(name, "logistic_loss", [logits, labels]) as scope:
        x, z = _same_shapes(logits, labels)
        weight = 1 + (pos_weight - 1) * z
        first = (1 - z) * x
        tail = elementwise.log1p(elementwise.exp(-elementwise.abs_(x))) + relu(-x)
        return arithmetic.add(first, weight * tail, name=scope)


def _same_shapes(logits: Any, labels: Any) -> tuple[Tensor, Tensor]:
    x, z = convert_to_tensor(logits, name="logits"), convert_to_tensor(labels, name="labels")
    if not z.shape.is_compatible_with(x.shape):
        raise ValueError(f"`logits` and `labels` must have the same shape, received ({x.shape} vs {z.shape}).")
    return x, z
