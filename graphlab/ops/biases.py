"""Biases added along the channels, and layers in one call."""

from __future__ import annotations

from typing import Any

from graphlab.graph.dtypes import NUMBERS
from graphlab.graph.registry import register
from graphlab.graph.shapes import UNKNOWN, TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arrays, build, joining, linalg
from graphlab.ops.activations import relu
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import name_scope


def _channel_axis(op: Operation) -> int:
    return 1 if op.attr["data_format"] == "NCHW" else -1


def _sum_shape(op: Operation) -> TensorShape:
    given = op.inputs[0].shape
    return UNKNOWN if given.extents is None else TensorShape.of((given.extents[_channel_axis(op)],))


def _added_shape(op: Operation) -> TensorShape:
    given, bias = op.inputs[0].shape, op.inputs[1].shape.with_rank(1).known[0]
    if given.extents is None:
        return UNKNOWN
    if len(given.extents) < 2:
        raise ValueError(f"Shape must be at least rank 2 but is rank {len(given.extents)}")
    axis = _channel_axis(op) % len(given.extents)
    channels = given.extents[axis]
    if None not in (channels, bias) and channels != bias:
        raise ValueError(f"Dimensions must be equal, but are {channels} and {bias}")
    known = bias if channels is None else channels
    return TensorShape.of((*given.extents[:axis], known, *given.extents[axis + 1 :]))


def _lower_bias_add(k: Any, value: Any, bias: Any) -> Any:
    if k.attr["data_format"] == "NCHW":
        bias = k.xp.reshape(bias, (-1,) + (1,) * (value.ndim - 2))
    return value + bias


def _lower_bias_sum(k: Any, grad: Any) -> Any:
    kept = _channel_axis(k.node) % grad.ndim
    return k.xp.sum(grad, axis=tuple(axis for axis in range(grad.ndim) if axis != kept), dtype=k.out)


def _bias_sum_gradient(op: Operation, grad: Tensor) -> Tensor:
    shape, bias_shape = arrays.shape(op.inputs[0]), arrays.shape(grad)
    if op.attr["data_format"] == "NCHW":
        expanded = joining.concat([arrays.ones_like(shape[:1]), bias_shape, arrays.ones_like(shape[2:])], 0)
        times = joining.concat([shape[:1], [1], shape[2:]], 0)
    else:
        expanded = joining.concat([arrays.ones_like(shape[:-1]), bias_shape], 0)
        times = joining.concat([shape[:-1], [1]], 0)
    return arrays.tile(arrays.reshape(grad, expanded), times)


def _bias_add_gradient(op: Operation, grad: Tensor) -> list[Any]:
    return [grad, build.add("BiasAddGrad", grad, data_format=op.attr["data_format"])]


register(
    "BiasAdd",
    "value: T, bias: T -> output: T",
    T=NUMBERS,
    data_format="NHWC",
    shape=_added_shape,
    lower=_lower_bias_add,
    gradient=_bias_add_gradient,
)
register(
    "BiasAddGrad",
    "out_backprop: T -> output: T",
    T=NUMBERS,
    data_format="NHWC",
    shape=_sum_shape,
    lower=_lower_bias_sum,
    gradient=_bias_sum_gradient,
)


def bias_add(value: Any, bias: Any, data_format: str | None = None, name: str | None = None) -> Tensor:
    """Adds a vector along the channels. Mirrors `tf.nn.bias_add`.

    Args:
        value: a tensor with the channels on its last axis, or on axis 1.
        bias: one number for each channel.
        data_format: `"N...C"` with the channels last (the default), or `"NC..."`.
        name: the name of the operation.

    Raises:
        ValueError: the shapes do not fit, or the format is unknown.
    """
    with name_scope(name, "BiasAdd", [value, bias]) as scope:
        if (
            data_format is not None
            and not data_format.startswith("NC")
            and not (data_format[0] == "N" and data_format[-1] == "C")
        ):
            raise ValueError(
                f"`data_format` must be of the form `N...C` or `NC...`. Received: data_format={data_format}"
            )
        layout = "NCHW" if data_format is not None and data_format.startswith("NC") else "NHWC"
        tensor = convert_to_tensor(value, name="input")
        addend = convert_to_tensor(bias, dtype=tensor.dtype, name="bias")
        result: Tensor = build.add("BiasAdd", tensor, addend, name=scope, data_format=layout)
        return result


def xw_plus_b(x: Any, weights: Any, biases: Any, name: str | None = None) -> Tensor:
    """Returns matmul(x, weights) + biases. Mirrors `tf.nn.xw_plus_b`."""
    with name_scope(name, "xw_plus_b", [x, weights, biases]) as scope:
        inputs, kernel, bias = _converted(x, weights, biases)
        return bias_add(linalg.matmul(inputs, kernel), bias, name=scope)


def relu_layer(x: Any, weights: Any, biases: Any, name: str | None = None) -> Tensor:
    """Returns relu(matmul(x, weights) + biases). Mirrors `tf.nn.relu_layer`."""
    with name_scope(name, "relu_layer", [x, weights, biases]) as scope:
        inputs, kernel, bias = _converted(x, weights, biases)
        return relu(bias_add(linalg.matmul(inputs, kernel), bias), name=scope)


def _converted(x: Any, weights: Any, biases: Any) -> tuple[Tensor, Tensor, Tensor]:
    inputs, kernel = convert_to_tensor(x, name="x"), convert_to_tensor(weights, name="weights")
    return inputs, kernel, convert_to_tensor(biases, name="biases")
