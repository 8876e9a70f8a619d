"""Convolutions of images, and the ops that their gradients need."""

from __future__ import annotations

from typing import Any, Final

import jax
import numpy as np
from jax import lax

from graphlab.graph.dtypes import FLOATS, int32
from graphlab.graph.registry import register
from graphlab.graph.shapes import TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arrays, build
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import name_scope
from graphlab.ops.static import constant_shape
from graphlab.ops.windows import (
    channel_axis,
    check_padding,
    check_rank,
    on_jax,
    output_extent,
    padding_attributes,
    paddings,
    per_axis,
    spatial_axes,
)

_KINDS: Final = (*FLOATS, int32)
_PADDINGS: Final = ("SAME", "VALID", "EXPLICIT")
_GEOMETRY: Final = ("strides", "padding", "explicit_paddings", "data_format", "dilations")
_DEFAULTS: Final[dict[str, Any]] = {"explicit_paddings": [], "data_format": "NHWC", "dilations": [1, 1, 1, 1]}


def _output_shape(op: Operation, channels: Any) -> TensorShape:
    """The static shape of a convolution; `channels` maps input depth and filter shape to output depth."""
    check_padding(op, _PADDINGS)
    images, kernels = op.inputs[0].shape, op.inputs[1].shape
    check_rank(images, 4)
    check_rank(kernels, 4)
    given, window = images.with_rank(4).known, kernels.with_rank(4).known
    layout = op.attr["data_format"]
    result: list[int | None] = [given[0]] * 4
    for axis, size in zip(spatial_axes(layout), window[:2], strict=True):
        result[axis] = output_extent(given[axis], size, op.attr, axis)
    result[channel_axis(layout)] = channels(given[channel_axis(layout)], window)
    return TensorShape.of(tuple(result))


def _full_channels(depth: int | None, kernels: tuple[int | None, ...]) -> int | None:
    if depth is not None and kernels[2] and depth % kernels[2]:
        raise ValueError(f"Depth of input ({depth}) is not a multiple of input depth of filter ({kernels[2]})")
    return kernels[3]


def _depthwise_channels(depth: int | None, kernels: tuple[int | None, ...]) -> int | None:
    if depth is not None and kernels[2] is not None and depth != kernels[2]:
        raise ValueError(f"Dimensions must be equal, but are {depth} and {kernels[2]}")
    depth = kernels[2] if depth is None else depth
    return None if depth is None or kernels[3] is None else depth * kernels[3]


def _convolve(attr: Any, images: Any, kernels: Any) -> Any:
    layout = attr["data_format"]
    axes = spatial_axes(layout)
    pads = paddings(attr)
    return lax.conv_general_dilated(
        images,
        kernels,
        [attr["strides"][a] for a in axes],
        pads if isinstance(pads, str) else [pads[a] for a in axes],
        rhs_dilation=[attr["dilations"][a] for a in axes],
        dimension_numbers=(layout, "HWIO", layout),
        feature_group_count=images.shape[channel_axis(layout)] // kernels.shape[2],
    )


def _convolve_depthwise(attr: Any, images: Any, kernels: Any) -> Any:
    height, width, depth, multiplier = kernels.shape
    return _convolve(attr, images, kernels.reshape(height, width, 1, depth * multiplier))


def _transposed(convolve: Any, attr: Any, sizes: Any, other: Any, grad: Any, is_input: bool) -> Any:
    """The transpose of a convolution, which is linear in its images and in its kernels."""
    like = np.empty(tuple(int(d) for d in sizes), grad.dtype)

    def linear(wanted: Any) -> Any:
        return convolve(attr, wanted, other) if is_input else convolve(attr, other, wanted)

    return jax.linear_transpose(linear, like)(grad)[0]


def _register(
    op_type: str, convolve: Any, channels: Any, backprops: tuple[str, str], gradients: Any, **defaults: Any
) -> None:
    """Registers a convolution with its two gradient ops."""
    by_input, by_filter = backprops
    forward, backward_input, backward_filter = gradients
    register(
        op_type,
        "input: T, filter: T -> output: T",
        T=_KINDS,
        **_DEFAULTS,
        **defaults,
        shape=lambda op: _output_shape(op, channels),
        lower=lambda k, x, w: on_jax(k, lambda a, b: convolve(k.attr, a, b), x, w),
        gradient=forward,
    )
    register(
        by_input,
        "input_sizes: int32, filter: T, out_backprop: T -> output: T",
        T=_KINDS,
        **_DEFAULTS,
        **defaults,
        shape=lambda op: constant_shape(op.inputs[0]),
        lower=lambda k, sizes, w, dy: on_jax(k, lambda b, g: _transposed(convolve, k.attr, sizes, b, g, True), w, dy),
        gradient=backward_input,
    )
    register(
        by_filter,
        "input: T, filter_sizes: int32, out_backprop: T -> output: T",
        T=_KINDS,
        **_DEFAULTS,
        **defaults,
        shape=lambda op: constant_shape(op.inputs[1]),
        lower=lambda k, x, sizes, dy: on_jax(k, lambda a, g: _transposed(convolve, k.attr, sizes, a, g, False), x, dy),
        gradient=backward_filter,
    )


def _geometry(op: Operation) -> dict[str, Any]:
    return {name: op.attr[name] for name in (*_GEOMETRY, "use_cudnn_on_gpu") if name in op.attr}


def _conv2d_gradient(op: Operation, grad: Tensor) -> list[Any]:
    x, kernels = op.inputs
    x_shape, kernels_shape = build.add("ShapeN", [x, kernels], out_type=int32)
    return [
        build.add("Conv2DBackpropInput", x_shape, kernels, grad, **_geometry(op)),
        build.add("Conv2DBackpropFilter", x, kernels_shape, grad, **_geometry(op)),
    ]


def _backprop_input_gradient(op_type: str) -> Any:
    def gradient(op: Operation, grad: Tensor) -> list[Any]:
        _, kernels, incoming = op.inputs
        by_filter = build.add(f"{op_type}BackpropFilter", grad, arrays.shape(kernels), incoming, **_geometry(op))
        return [None, by_filter, build.add(op_type, grad, kernels, **_geometry(op))]

    return gradient


def _backprop_filter_gradient(op_type: str) -> Any:
    def gradient(op: Operation, grad: Tensor) -> list[Any]:
        x, _, incoming = op.inputs
        by_input = build.add(f"{op_type}BackpropInput", arrays.shape(x), grad, incoming, **_geometry(op))
        return [by_input, None, build.add(op_type, x, grad, **_geometry(op))]

    return gradient


_register(
    "Conv2D",
    _convolve,
    _full_channels,
    ("Conv2DBackpropInput", "Conv2DBackpropFilter"),
    (_conv2d_gradient, _backprop_input_gradient("Conv2D"), _backprop_filter_gradient("Conv2D")),
    use_cudnn_on_gpu=True,
)


def conv2d(
    input: Any,
    filter: Any = None,
    strides: Any = None,
    padding: Any = None,
    use_cudnn_on_gpu: bool = True,
    data_format: str | None = "NHWC",
    dilations: Any = (1, 1, 1, 1),
    name: str | None = None,
    filters: Any = None,
) -> Tensor:
    """Returns the convolution (cross-correlation) of images with a bank of filters. Mirrors `tf.nn.conv2d`.

    Args:
        input: images, shape `[batch, height, width, channels]` or as `data_format` says.
        filter: filters, shape `[height, width, channels, filters]`.
        strides: the steps between windows: 1, 2 or 4 integers.
        padding: `"SAME"`, `"VALID"`, or four pairs (before, after).
        use_cudnn_on_gpu: kept in the graph; JAX chooses how to compute.
        data_format: `"NHWC"` or `"NCHW"`.
        dilations: the steps between the elements of a window: 1, 2 or 4 integers.
        name: the name of the operation.
        filters: another name of `filter`.

    Raises:
        ValueError: the shapes do not fit, or the padding is unknown.
    """
    layout = data_format or "NHWC"
    result: Tensor = build.add(
        "Conv2D",
        input,
        filter if filters is None else filters,
        name=name,
        strides=per_axis(strides, layout, "strides"),
        use_cudnn_on_gpu=use_cudnn_on_gpu,
        **padding_attributes(padding),
        data_format=layout,
        dilations=per_axis(dilations, layout, "dilations"),
    )
    return result


def conv2d_transpose(
    value: Any = None,
    filter: Any = None,
    output_shape: Any = None,
    strides: Any = None,
    padding: Any = "SAME",
    data_format: str | None = "NHWC",
    name: str | None = None,
    input: Any = None,
    filters: Any = None,
    dilations: Any = None,
) -> Tensor:
    """Returns the transpose of `conv2d`: from its output's shape back to its input's. Mirrors `tf.nn.conv2d_transpose`.

    Args:
        value: images, shape `[batch, height, width, channels]`.
        filter: filters, shape `[height, width, output channels, channels]`.
        output_shape: the shape of the result.
        strides: the steps between windows: 1, 2 or 4 integers.
        padding: `"SAME"`, `"VALID"`, or four pairs (before, after).
        data_format: `"NHWC"` or `"NCHW"`.
        name: the name of the operation.
        input: another name of `value`.
        filters: another name of `filter`.
        dilations: the steps between the elements of a window.
    """
    layout = data_format or "NHWC"
    images = value if input is None else input
    with name_scope(name, "conv2d_transpose", [images]) as scope:
        result: Tensor = build.add(
            "Conv2DBackpropInput",
            output_shape,
            filter if filters is None else filters,
            images,
            name=scope,
            strides=per_axis(strides, layout, "strides"),
            **padding_attributes(padding),
            data_format=layout,
            dilations=per_axis(dilations, layout, "dilations"),
        )
        return result


def _depthwise_gradient(op: Operation, grad: Tensor) -> list[Any]:
    x, kernels = op.inputs
    return [
        build.add(f"{_DEPTHWISE}BackpropInput", arrays.shape(x), kernels, grad, **_geometry(op)),
        build.add(f"{_DEPTHWISE}BackpropFilter", x, arrays.shape(kernels), grad, **_geometry(op)),
    ]


_DEPTHWISE: Final = "DepthwiseConv2dNative"
_register(
    _DEPTHWISE,
    _convolve_depthwise,
    _depthwise_channels,
    (f"{_DEPTHWISE}BackpropInput", f"{_DEPTHWISE}BackpropFilter"),
    (_depthwise_gradient, _backprop_input_gradient(_DEPTHWISE), _backprop_filter_gradient(_DEPTHWISE)),
)


def depthwise_conv2d(
    input: Any,
    filter: Any,
    strides: Any,
    padding: Any,
    rate: Any = None,
    name: str | None = None,
    data_format: str | None = None,
    dilations: Any = None,
) -> Tensor:
    """Returns the convolution of each channel with filters of its own. Mirrors `tf.nn.depthwise_conv2d`.

    Args:
        input: images, shape `[batch, height, width, channels]`.
        filter: filters, shape `[height, width, channels, filters of each channel]`.
        strides: four integers.
        padding: `"SAME"`, `"VALID"`, or four pairs (before, after).
        rate: must be left out or be ones.
        name: the name of the operation.
        data_format: `"NHWC"` or `"NCHW"`.
        dilations: another name of `rate`.

    Raises:
        NotImplementedError: `rate` is not one.
    """
    if any(step != 1 for step in np.ravel(1 if rate is None and dilations is None else dilations or rate)):
        raise NotImplementedError(
            "depthwise_conv2d takes no dilation rate other than 1; use tf.nn.conv2d with dilations."
        )
    layout = data_format or "NHWC"
    with name_scope(name, "depthwise", [input, filter]) as scope:
        images, kernels = convert_to_tensor(input, name="tensor_in"), convert_to_tensor(filter, name="filter_in")
        arrays.shape(kernels)
        convert_to_tensor([1, 1], name="dilation_rate")
        result: Tensor = build.add(
            _DEPTHWISE,
            images,
            kernels,
            name=scope,
            strides=per_axis(strides, layout, "strides"),
            **padding_attributes(padding),
            data_format=layout,
        )
        return result
