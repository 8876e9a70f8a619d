"""Pooling layers on images."""

from __future__ import annotations

from typing import Any, ClassVar

from graphlab.graph.tensor import Tensor
from graphlab.layers.base import Layer
from graphlab.layers.images import layout_of, padding_of, pair
from graphlab.ops import pooling as pooling_ops


class _Pooling2D(Layer):
    def __init__(
        self,
        pool_size: Any,
        strides: Any,
        padding: str = "valid",
        data_format: str = "channels_last",
        name: str | None = None,
        **base: Any,
    ) -> None:
        super().__init__(name=name, **base)
        self.pool_size = pair(pool_size, "pool_size")
        self.strides = pair(strides, "strides")
        self.padding = padding_of(padding)
        self.layout = layout_of(data_format)


class MaxPooling2D(_Pooling2D):
    """The largest element of each window. Mirrors `tf.layers.MaxPooling2D`; see `max_pooling2d`."""

    default_name: ClassVar[str] = "max_pooling2d"

    def call(self, inputs: Tensor) -> Tensor:
        """Adds the pooling."""
        return pooling_ops.max_pool(inputs, self.pool_size, self.strides, self.padding, self.layout)


class AveragePooling2D(_Pooling2D):
    """The mean of each window. Mirrors `tf.layers.AveragePooling2D`; see `average_pooling2d`."""

    default_name: ClassVar[str] = "average_pooling2d"

    def call(self, inputs: Tensor) -> Tensor:
        """Adds the pooling."""
        return pooling_ops.avg_pool(inputs, self.pool_size, self.strides, self.padding, self.layout)


def max_pooling2d(
    inputs: Any,
    pool_size: Any,
    strides: Any,
    padding: str = "valid",
    data_format: str = "channels_last",
    name: str | None = None,
) -> Tensor:
    """Returns the largest element of each window of images. Mirrors `tf.layers.max_pooling2d`.

    Args:
        inputs: images, shape `[batch, height, width, channels]` or as `data_format` says.
        pool_size: height and width of the window, or one integer for both.
        strides: the steps between windows, likewise.
        padding: `"valid"` or `"same"`.
        data_format: `"channels_last"` or `"channels_first"`.
        name: the name of the layer's scope.

    Raises:
        ValueError: an argument is out of range.
    """
    return MaxPooling2D(pool_size, strides, padding, data_format, name)(inputs)


def average_pooling2d(
    inputs: Any,
    pool_size: Any,
    strides: Any,
    padding: str = "valid",
    data_format: str = "channels_last",
    name: str | None = None,
) -> Tensor:
    """Returns the mean of each window of images. Mirrors `tf.layers.average_pooling2d`; see `max_pooling2d`."""
    return AveragePooling2D(pool_size, strides, padding, data_format, name)(inputs)
