"""Normalisation: moments, batch normalisation, unit length, and responses among neighbouring channels."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from graphlab.graph.dtypes import FLOATS, float16, float32
from graphlab.graph.registry import register
from graphlab.graph.shapes import UNKNOWN, TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arithmetic, arrays, build, elementwise, reductions, reshaping
from graphlab.ops.constant import constant
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import name_scope
from graphlab.ops.shape_rules import unchanged


def l2_normalize(x: Any, axis: Any = None, epsilon: float = 1e-12, name: str | None = None, dim: Any = None) -> Tensor:
    """Returns x scaled to an L2 norm of one along axes. Mirrors `tf.nn.l2_normalize`.

    Args:
        x: a real tensor.
        axis: the axes over which the norm is taken.
        epsilon: the smallest square of a norm to divide by.
        name: the name of the operation.
        dim: another name of `axis`.
    """
    with name_scope(name, "l2_normalize", [x]) as scope:
        tensor = convert_to_tensor(x, name="x")
        squares = reductions.reduce_sum(elementwise.square(tensor), dim if axis is None else axis, keepdims=True)
        inverse = elementwise.rsqrt(arithmetic.maximum(squares, epsilon))
        return arithmetic.multiply(tensor, inverse, name=scope)


def moments(
    x: Any,
    axes: Any,
    shift: Any = None,
    name: str | None = None,
    keep_dims: bool | None = None,
    keepdims: bool | None = None,
) -> tuple[Tensor, Tensor]:
    """Returns mean and variance over axes. Mirrors `tf.nn.moments`.

    Args:
        x: a tensor.
        axes: the axes to take the moments over.
        shift: not used, as in TensorFlow.
        name: the name of the operations' scope.
        keep_dims: another name of `keepdims`.
        keepdims: whether the axes stay with extent 1.
    """
    with name_scope(name, "moments", [x]):
        tensor = convert_to_tensor(x)
        precise = elementwise.cast(tensor, float32) if tensor.dtype is float16 else tensor
        mean = reductions.reduce_mean(precise, axes, keepdims=True, name="mean")
        squares = arithmetic.squared_difference(precise, arrays.stop_gradient(mean))
        variance = reductions.reduce_mean(squares, axes, keepdims=True, name="variance")
        if not (keep_dims or keepdims):
            mean, variance = reshaping.squeeze(mean, axes), reshaping.squeeze(variance, axes)
        if tensor.dtype is float16:
            return elementwise.cast(mean, float16), elementwise.cast(variance, float16)
        return mean, variance


def batch_normalization(
    x: Any, mean: Any, variance: Any, offset: Any, scale: Any, variance_epsilon: float, name: str | None = None
) -> Tensor:
    """Returns (x - mean) / sqrt(variance + epsilon) * scale + offset. Mirrors `tf.nn.batch_normalization`.

    Args:
        x: a tensor.
        mean: its mean, of a shape that broadcasts.
        variance: its variance, likewise.
        offset: what is added, or None.
        scale: what the result is multiplied with, or None.
        variance_epsilon: a small number that keeps the variance from zero.
        name: the name of the operations' scope.
    """
    with name_scope(name, "batchnorm", [x, mean, variance, scale, offset]):
        inverse = elementwise.rsqrt(variance + variance_epsilon)
        if scale is not None:
            inverse = inverse * scale
        scaled = x * elementwise.cast(inverse, x.dtype)
        moved = -mean * inverse if offset is None else offset - mean * inverse
        result: Tensor = scaled + elementwise.cast(moved, x.dtype)
        return result


def _channel_axis(op: Any) -> int:
    return 1 if op.attr["data_format"].startswith("NC") else -1


def _over(k: Any, x: Any) -> tuple[tuple[int, ...], Any]:
    """The axes other than that of the channels, and how a vector over the channels is broadcast."""
    channels = _channel_axis(k.node) % x.ndim
    axes = tuple(axis for axis in range(x.ndim) if axis != channels)
    return axes, lambda vector: k.xp.expand_dims(vector, axes)


def _lower_fused(k: Any, x: Any, scale: Any, offset: Any, mean: Any, variance: Any) -> tuple[Any, ...]:
    axes, wide = _over(k, x)
    kind = np.dtype(scale.dtype)
    epsilon = kind.type(k.attr["epsilon"])
    count = x.size // max(scale.size, 1)
    values = x.astype(kind)
    if not k.attr["is_training"]:
        y = (values - wide(mean)) * wide(scale / k.xp.sqrt(variance + epsilon)) + wide(offset)
        return y.astype(k.out), mean, variance, mean, variance, k.xp.zeros((0,), kind)
    batch_mean = k.xp.mean(values, axis=axes)
    batch_variance = k.xp.mean(k.xp.square(values - wide(batch_mean)), axis=axes)
    y = (values - wide(batch_mean)) * wide(scale / k.xp.sqrt(batch_variance + epsilon)) + wide(offset)
    # The running variance is the unbiased one.
    unbiased = batch_variance * kind.type(count / max(count - 1, 1))
    factor = k.attr["exponential_avg_factor"]
    new_mean, new_variance = batch_mean, unbiased
    if factor != 1:
        new_mean = mean * kind.type(1 - factor) + batch_mean * kind.type(factor)
        new_variance = variance * kind.type(1 - factor) + unbiased * kind.type(factor)
    return y.astype(k.out), new_mean, new_variance, batch_mean, batch_variance, k.xp.zeros((0,), kind)


def _fused_shape(op: Operation) -> list[TensorShape]:
    shape = op.inputs[0].shape.with_rank(4)
    vector = TensorShape.of((shape.known[_channel_axis(op)],))
    for tensor in op.inputs[1:3]:
        vector = vector.merge_with(tensor.shape)
    return [shape, vector, vector, vector, vector, UNKNOWN]


def _fused_gradient(op: Operation, grad: Tensor, *others: Any) -> list[Any]:
    attrs = {name: op.attr[name] for name in ("epsilon", "data_format", "is_training")}
    statistics = op.outputs[3:5] if op.attr["is_training"] else op.inputs[3:5]
    by_input, by_scale, by_offset, _, _ = build.add(
        "FusedBatchNormGradV3", grad, op.inputs[0], op.inputs[1], *statistics, op.outputs[5], **attrs
    )
    return [by_input, by_scale, by_offset, None, None]


_EPSILON: Final = float(np.float32(0.0001))
register(
    "FusedBatchNormV3",
    "x: T, scale: U, offset: U, mean: U, variance: U -> y: T, batch_mean: U, batch_variance: U, "
    "reserve_space_1: U, reserve_space_2: U, reserve_space_3: U",
    T=FLOATS,
    U=FLOATS,
    epsilon=_EPSILON,
    exponential_avg_factor=1.0,
    data_format="NHWC",
    is_training=True,
    shape=_fused_shape,
    lower=_lower_fused,
    gradient=_fused_gradient,
)


def _lower_fused_grad(k: Any, dy: Any, x: Any, scale: Any, mean: Any, variance: Any, unused: Any) -> tuple[Any, ...]:
    axes, wide = _over(k, x)
    kind = np.dtype(scale.dtype)
    inverse = 1 / k.xp.sqrt(variance + kind.type(k.attr["epsilon"]))
    grad, centered = dy.astype(kind), x.astype(kind) - wide(mean)
    by_offset = k.xp.sum(grad, axis=axes)
    by_scale = k.xp.sum(grad * centered, axis=axes) * inverse
    by_input = grad * wide(scale * inverse)
    if k.attr["is_training"]:
        count = kind.type(max(x.size // max(scale.size, 1), 1))
        spread = wide(by_offset / count) + centered * wide(by_scale * inverse / count)
        by_input = (grad - spread) * wide(scale * inverse)
    empty = k.xp.zeros((0,), kind)
    return by_input.astype(k.out), by_scale, by_offset, empty, empty


register(
    "FusedBatchNormGradV3",
    "y_backprop: T, x: T, scale: float32, reserve_space_1: U, reserve_space_2: U, reserve_space_3: U -> "
    "x_backprop: T, scale_backprop: U, offset_backprop: U, reserve_space_4: U, reserve_space_5: U",
    T=FLOATS,
    U=FLOATS,
    epsilon=_EPSILON,
    data_format="NHWC",
    is_training=True,
    shape=lambda op: [
        op.inputs[1].shape,
        op.inputs[2].shape,
        op.inputs[2].shape,
        TensorShape.of((0,)),
        TensorShape.of((0,)),
    ],
    lower=_lower_fused_grad,
)


def fused_batch_norm(
    x: Any,
    scale: Any,
    offset: Any,
    mean: Any = None,
    variance: Any = None,
    epsilon: float = 0.001,
    data_format: str = "NHWC",
    is_training: bool = True,
    name: str | None = None,
    exponential_avg_factor: float = 1.0,
) -> tuple[Tensor, Tensor, Tensor]:
    """Returns batch-normalised images, and mean and variance of each channel. Mirrors `tf.nn.fused_batch_norm`.

    Args:
        x: images, shape `[batch, height, width, channels]` or as `data_format` says.
        scale: what each channel is multiplied with.
        offset: what is added to each channel.
        mean: the mean to use when not training.
        variance: the variance to use when not training.
        epsilon: a small number that keeps the variance from zero.
        data_format: `"NHWC"` or `"NCHW"`.
        is_training: whether mean and variance are those of the batch.
        name: the name of the operation.
        exponential_avg_factor: how far the returned moments move from the given ones to those of the batch.

    Raises:
        ValueError: mean and variance are needed and missing.
    """
    if (not is_training or exponential_avg_factor != 1.0) and (mean is None or variance is None):
        raise ValueError(
            "Both `mean` and `variance` must be a 1D tensor when `is_training` is False or `exponential_avg_factor` != 1.0. "
            f"Received: `mean` {mean!r} and `variance` {variance!r}"
        )
    images = convert_to_tensor(x, name="input")
    factors, addends = convert_to_tensor(scale, name="scale"), convert_to_tensor(offset, name="offset")
    mean = constant([]) if mean is None else mean
    variance = constant([]) if variance is None else variance
    outputs = build.add(
        "FusedBatchNormV3",
        images,
        factors,
        addends,
        mean,
        variance,
        name=name,
        epsilon=float(np.float32(epsilon)),
        exponential_avg_factor=float(np.float32(exponential_avg_factor)),
        data_format=data_format,
        is_training=is_training,
    )
    return outputs[0], outputs[1], outputs[2]


def _window_sums(k: Any, x: Any) -> Any:
    """The sum over each channel and its neighbours within the depth radius."""
    radius, depth = k.attr["depth_radius"], x.shape[-1]
    near = np.abs(np.subtract.outer(np.arange(depth), np.arange(depth))) <= radius
    return k.xp.matmul(x, near.astype(k.out))


def _lower_lrn(k: Any, x: Any) -> Any:
    bias, alpha, beta = (k.out.type(k.attr[name]) for name in ("bias", "alpha", "beta"))
    return x * (bias + alpha * _window_sums(k, x * x)) ** -beta


def _lower_lrn_grad(k: Any, grad: Any, x: Any, y: Any) -> Any:
    bias, alpha, beta = (k.out.type(k.attr[name]) for name in ("bias", "alpha", "beta"))
    norm = bias + alpha * _window_sums(k, x * x)
    return grad * norm**-beta - 2 * alpha * beta * x * _window_sums(k, grad * y / norm)


_LRN: Final[dict[str, Any]] = {"depth_radius": 5, "bias": 1.0, "alpha": 1.0, "beta": 0.5}
register(
    "LRN",
    "input: T -> output: T",
    T=FLOATS,
    **_LRN,
    shape=unchanged,
    lower=_lower_lrn,
    gradient=lambda op, grad: build.add(
        "LRNGrad", grad, op.inputs[0], op.outputs[0], **{name: op.attr[name] for name in _LRN}
    ),
)
register(
    "LRNGrad",
    "input_grads: T, input_image: T, output_image: T -> output: T",
    T=FLOATS,
    **_LRN,
    shape=unchanged,
    lower=_lower_lrn_grad,
)


def local_response_normalization(
    input: Any,
    depth_radius: int = 5,
    bias: float = 1,
    alpha: float = 1,
    beta: float = 0.5,
    name: str | None = None,
) -> Tensor:
    """Divides each element by (bias + alpha * squares of its neighbouring channels) ** beta. Mirrors `tf.nn.lrn`.

    Args:
        input: images, shape `[batch, height, width, channels]`.
        depth_radius: how many channels to either side count.
        bias: what is added to the squares.
        alpha: what the squares are multiplied with.
        beta: the exponent.
        name: the name of the operation.
    """
    numbers = {key: float(np.float32(value)) for key, value in (("bias", bias), ("alpha", alpha), ("beta", beta))}
    result: Tensor = build.add("LRN", input, name=name, depth_radius=depth_radius, **numbers)
    return result
