"""Maxima and means over sliding windows of images, and their gradient ops."""

from __future__ import annotations

from typing import Any, Final

import jax
import numpy as np
from jax import lax

from graphlab.graph.dtypes import FLOATS, REALS
from graphlab.graph.registry import register
from graphlab.graph.shapes import TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arrays, build
from graphlab.ops.scopes import name_scope
from graphlab.ops.shape_rules import unchanged
from graphlab.ops.static import constant_shape
from graphlab.ops.windows import (
    check_padding,
    check_rank,
    on_jax,
    output_extent,
    padding_attributes,
    paddings,
    per_axis,
)

_PADDINGS: Final = ("SAME", "VALID")


def _pooled_shape(allowed: tuple[str, ...]) -> Any:
    def rule(op: Operation) -> TensorShape:
        check_padding(op, allowed)
        check_rank(op.inputs[0].shape, 4)
        given = op.inputs[0].shape.with_rank(4).known
        extents = [output_extent(extent, op.attr["ksize"][axis], op.attr, axis) for axis, extent in enumerate(given)]
        return TensorShape.of(tuple(extents))

    return rule


def _geometry(op: Operation) -> dict[str, Any]:
    names = ("ksize", "strides", "padding", "explicit_paddings", "data_format")
    return {name: op.attr[name] for name in names if name in op.attr}


def _maxima(attr: Any, images: Any) -> Any:
    kind = np.dtype(images.dtype)
    least = np.array(np.iinfo(kind).min if kind.kind in "iu" else -np.inf, kind)
    return lax.reduce_window(images, least, lax.max, attr["ksize"], attr["strides"], paddings(attr))


def _max_backprop(attr: Any, images: Any, grad: Any) -> Any:
    return jax.vjp(lambda x: _maxima(attr, x), images)[1](grad)[0]


register(
    "MaxPool",
    "input: T -> output: T",
    T=REALS,
    explicit_paddings=[],
    data_format="NHWC",
    shape=_pooled_shape((*_PADDINGS, "EXPLICIT")),
    lower=lambda k, x: on_jax(k, lambda a: _maxima(k.attr, a), x),
    gradient=lambda op, grad: build.add("MaxPoolGrad", op.inputs[0], op.outputs[0], grad, **_geometry(op)),
)
register(
    "MaxPoolGrad",
    "orig_input: T, orig_output: T, grad: T -> output: T",
    T=FLOATS,
    explicit_paddings=[],
    data_format="NHWC",
    shape=unchanged,
    lower=lambda k, x, y, dy: on_jax(k, lambda a, g: _max_backprop(k.attr, a, g), x, dy),
)


def max_pool(
    value: Any,
    ksize: Any,
    strides: Any,
    padding: Any,
    data_format: str | None = "NHWC",
    name: str | None = None,
    input: Any = None,
) -> Tensor:
    """Returns the largest element of each window of images. Mirrors `tf.nn.max_pool`.

    Args:
        value: images, shape `[batch, height, width, channels]` or as `data_format` says.
        ksize: the extents of the window: 1, 2 or 4 integers.
        strides: the steps between windows: 1, 2 or 4 integers.
        padding: `"SAME"`, `"VALID"`, or four pairs (before, after).
        data_format: `"NHWC"` or `"NCHW"`.
        name: the name of the operation.
        input: another name of `value`.

    Raises:
        ValueError: the rank is not 4, or the padding is unknown.
    """
    images = value if input is None else input
    layout = data_format or "NHWC"
    with name_scope(name, "MaxPool", [images]) as scope:
        result: Tensor = build.add(
            "MaxPool",
            images,
            name=scope,
            ksize=per_axis(ksize, layout, "ksize"),
            strides=per_axis(strides, layout, "strides"),
            **padding_attributes(padding),
            data_format=layout,
        )
        return result


def _means(attr: Any, images: Any) -> Any:
    def sums(x: Any) -> Any:
        zero = np.zeros((), x.dtype)
        return lax.reduce_window(x, zero, lax.add, attr["ksize"], attr["strides"], paddings(attr))

    # Only elements of the image count, not the padding.
    return sums(images) / sums(np.ones(images.shape, images.dtype))


def _mean_backprop(attr: Any, sizes: Any, grad: Any) -> Any:
    like = np.empty(tuple(int(d) for d in sizes), grad.dtype)
    return jax.linear_transpose(lambda x: _means(attr, x), like)(grad)[0]


register(
    "AvgPool",
    "value: T -> output: T",
    T=FLOATS,
    data_format="NHWC",
    shape=_pooled_shape(_PADDINGS),
    lower=lambda k, x: on_jax(k, lambda a: _means(k.attr, a), x),
    gradient=lambda op, grad: build.add("AvgPoolGrad", arrays.shape(op.inputs[0]), grad, **_geometry(op)),
)
register(
    "AvgPoolGrad",
    "orig_input_shape: int32, grad: T -> output: T",
    T=FLOATS,
    data_format="NHWC",
    shape=lambda op: constant_shape(op.inputs[0]),
    lower=lambda k, sizes, dy: on_jax(k, lambda g: _mean_backprop(k.attr, sizes, g), dy),
    gradient=lambda op, grad: [None, build.add("AvgPool", grad, **_geometry(op))],
)


def avg_pool(
    value: Any,
    ksize: Any,
    strides: Any,
    padding: Any,
    data_format: str | None = "NHWC",
    name: str | None = None,
    input: Any = None,
) -> Tensor:
    """Returns the mean of each window of images. Mirrors `tf.nn.avg_pool`.

    Args:
        value: images, shape `[batch, height, width, channels]` or as `data_format` says.
        ksize: the extents of the window: 1, 2 or 4 integers.
        strides: the steps between windows: 1, 2 or 4 integers.
        padding: `"SAME"` or `"VALID"`; padding does not count in the mean.
        data_format: `"NHWC"` or `"NCHW"`.
        name: the name of the operation.
        input: another name of `value`.

    Raises:
        ValueError: the rank is not 4, or the padding is unknown.
    """
    images = value if input is None else input
    layout = data_format or "NHWC"
    with name_scope(name, "AvgPool", [images]) as scope:
        result: Tensor = build.add(
            "AvgPool",
            images,
            name=scope,
            ksize=per_axis(ksize, layout, "ksize"),
            strides=per_axis(strides, layout, "strides"),
            padding=padding,
            data_format=layout,
        )
        return result
