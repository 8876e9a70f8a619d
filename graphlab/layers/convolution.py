"""Convolutional layers on images."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from graphlab.graph.tensor import Tensor
from graphlab.initializers import Zeros
from graphlab.layers.base import Layer, check_left_out, checked_activation
from graphlab.layers.images import layout_of, padding_of, pair
from graphlab.ops import biases
from graphlab.ops import convolution as convolution_ops
from graphlab.ops.windows import channel_axis
from graphlab.variables import Variable


class Conv2D(Layer):
    """activation(convolution of images with a kernel + bias). Mirrors `tf.layers.Conv2D`; see `conv2d`.

    Attributes:
        kernel: the filters, once built.
        bias: the biases, or None.
    """

    default_name: ClassVar[str] = "conv2d"

    def __init__(
        self,
        filters: int,
        kernel_size: Any,
        strides: Any = (1, 1),
        padding: str = "valid",
        data_format: str = "channels_last",
        dilation_rate: Any = (1, 1),
        activation: Any = None,
        use_bias: bool = True,
        kernel_initializer: Any = None,
        bias_initializer: Any = None,
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        trainable: bool = True,
        name: str | None = None,
        **base: Any,
    ) -> None:
        check_left_out(activity_regularizer=activity_regularizer)
        super().__init__(trainable=trainable, name=name, **base)
        self.filters = int(filters)
        self.kernel_size = pair(kernel_size, "kernel_size")
        self.strides = pair(strides, "strides")
        self.dilation_rate = pair(dilation_rate, "dilation_rate")
        if max(self.strides) > 1 and max(self.dilation_rate) > 1:
            raise ValueError(f"Strides above 1 do not go with a dilation rate above 1: {strides}, {dilation_rate}")
        self.padding = padding_of(padding)
        self.layout = layout_of(data_format)
        self.activation = checked_activation(activation)
        self.use_bias = use_bias
        self.kernel: Variable | None = None
        self.bias: Variable | None = None
        self._kernel_options = (kernel_initializer, kernel_regularizer, kernel_constraint)
        self._bias_options = (bias_initializer or Zeros(), bias_regularizer, bias_constraint)

    def build(self, inputs: Tensor) -> None:
        """Makes kernel and bias.

        Raises:
            ValueError: the rank is not 4, or the number of channels is not known.
        """
        channels = inputs.shape.with_rank(4).known[channel_axis(self.layout)]
        if channels is None:
            raise ValueError(
                f"The channel dimension of the inputs should be defined. Received input shape {inputs.shape}"
            )
        self.kernel = self.add_variable("kernel", [*self.kernel_size, channels, self.filters], *self._kernel_options)
        self.bias = self.add_variable("bias", [self.filters], *self._bias_options) if self.use_bias else None

    def call(self, inputs: Tensor) -> Tensor:
        """Adds convolution, bias and activation."""
        outputs = convolution_ops.conv2d(
            inputs,
            self.kernel,
            self.strides,
            self.padding,
            data_format=self.layout,
            dilations=self.dilation_rate,
            name="Conv2D",
        )
        if self.bias is not None:
            outputs = biases.bias_add(outputs, self.bias, data_format=self.layout)
        return outputs if self.activation is None else self.activation(outputs)


def conv2d(
    inputs: Any,
    filters: int,
    kernel_size: Any,
    strides: Any = (1, 1),
    padding: str = "valid",
    data_format: str = "channels_last",
    dilation_rate: Any = (1, 1),
    activation: Callable[[Any], Any] | None = None,
    use_bias: bool = True,
    kernel_initializer: Any = None,
    bias_initializer: Any = None,
    kernel_regularizer: Callable[[Any], Any] | None = None,
    bias_regularizer: Callable[[Any], Any] | None = None,
    activity_regularizer: Any = None,
    kernel_constraint: Callable[[Any], Any] | None = None,
    bias_constraint: Callable[[Any], Any] | None = None,
    trainable: bool = True,
    name: str | None = None,
    reuse: Any = None,
) -> Tensor:
    """Returns activation(convolution + bias) of images, with variables of its own. Mirrors `tf.layers.conv2d`.

    Args:
        inputs: images, shape `[batch, height, width, channels]` or as `data_format` says.
        filters: how many channels the result has.
        kernel_size: height and width of the filters, or one integer for both.
        strides: the steps between windows, likewise.
        padding: `"valid"` or `"same"`.
        data_format: `"channels_last"` or `"channels_first"`.
        dilation_rate: the steps between the elements of a window.
        activation: a function such as `tf.nn.relu`; None for none.
        use_bias: whether there is a bias.
        kernel_initializer: default the variable scope's, at first Glorot's uniform one.
        bias_initializer: default zeros.
        kernel_regularizer: maps the kernel to a penalty.
        bias_regularizer: maps the bias to a penalty.
        activity_regularizer: not supported.
        kernel_constraint: a function from the updated kernel to the one to keep.
        bias_constraint: likewise for the bias.
        trainable: whether optimizers may change the variables.
        name: the variable scope; default `conv2d`, made unique.
        reuse: True to share the variables of an earlier layer of that name.

    Raises:
        ValueError: the number of channels is unknown, or an argument is out of range.
    """
    layer = Conv2D(
        filters,
        kernel_size,
        strides,
        padding,
        data_format,
        dilation_rate,
        activation,
        use_bias,
        kernel_initializer,
        bias_initializer,
        kernel_regularizer,
        bias_regularizer,
        activity_regularizer,
        kernel_constraint,
        bias_constraint,
        trainable,
        name,
        scope=name,
        reuse=reuse,
    )
    return layer(inputs)
