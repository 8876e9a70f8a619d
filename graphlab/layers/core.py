"""Fully connected layers, dropout, flattening."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np

from graphlab.graph.tensor import Tensor
from graphlab.initializers import Zeros
from graphlab.layers.base import Layer, check_left_out, checked_activation
from graphlab.layers.phase import by_phase
from graphlab.ops import arrays, biases, contractions, linalg
from graphlab.ops import dropout as dropout_ops
from graphlab.ops.constant import constant
from graphlab.ops.convert import convert_to_tensor
from graphlab.variables import Variable


class Dense(Layer):
    """activation(inputs @ kernel + bias). Mirrors `tf.layers.Dense`; see `dense` for the arguments.

    Attributes:
        kernel: the weights, once built.
        bias: the biases, or None.
    """

    default_name: ClassVar[str] = "dense"

    def __init__(
        self,
        units: int,
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
        self.units = int(units)
        if self.units < 0:
            raise ValueError(f"`units` must be positive. Received: units={units}")
        self.activation = checked_activation(activation)
        self.use_bias = use_bias
        self.kernel: Variable | None = None
        self.bias: Variable | None = None
        self._kernel_options = (kernel_initializer, kernel_regularizer, kernel_constraint)
        self._bias_options = (bias_initializer or Zeros(), bias_regularizer, bias_constraint)

    def build(self, inputs: Tensor) -> None:
        """Makes kernel and bias.

        Raises:
            ValueError: the last extent of the inputs is not known.
            TypeError: the inputs have no floating point type.
        """
        if self._dtype is None or not (self._dtype.is_floating or self._dtype.is_complex):
            raise TypeError(f"A dense layer needs floating point inputs, not {self._dtype!r}. Use tf.cast.")
        if inputs.shape.ndims is not None and inputs.shape.ndims < 2:
            raise ValueError(
                f"A dense layer needs inputs of shape [batch, ..., features], min_ndim=2, but {inputs!r} has ndim={inputs.shape.ndims}."
            )
        last = inputs.shape.extents[-1] if inputs.shape.extents else None
        if last is None:
            raise ValueError(
                f"The last dimension of the inputs to a dense layer should be defined. Full input shape received: {inputs.shape}"
            )
        self.kernel = self.add_variable("kernel", [last, self.units], *self._kernel_options)
        self.bias = self.add_variable("bias", [self.units], *self._bias_options) if self.use_bias else None

    def call(self, inputs: Tensor) -> Tensor:
        """Adds product, bias and activation."""
        rank = inputs.shape.ndims
        if rank is not None and rank < 2:
            raise ValueError(
                f"A dense layer needs inputs of rank 2 or more: [examples, features]. Received: {inputs!r}"
            )
        if rank in (2, None):
            outputs = linalg.matmul(inputs, self.kernel)
        else:
            outputs = contractions.tensordot(inputs, self.kernel, [[rank - 1], [0]])
            outputs.set_shape([*inputs.shape.known[:-1], self.units])
        if self.bias is not None:
            outputs = biases.bias_add(outputs, self.bias)
        return outputs if self.activation is None else self.activation(outputs)


def dense(
    inputs: Any,
    units: int,
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
    """Returns activation(inputs @ kernel + bias) with variables of its own. Mirrors `tf.layers.dense`.

    Args:
        inputs: shape `[..., features]`; the number of features must be known.
        units: how many outputs each example has.
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
        name: the variable scope; default `dense`, made unique.
        reuse: True to share the variables of an earlier layer of that name.

    Raises:
        ValueError: the number of features is unknown, or the variables exist and `reuse` is not set.
        TypeError: the inputs have no floating point type.
    """
    layer = Dense(
        units,
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


class Dropout(Layer):
    """Sets random elements to zero while training. Mirrors `tf.layers.Dropout`; see `dropout` for the arguments."""

    default_name: ClassVar[str] = "dropout"

    def __init__(
        self, rate: Any = 0.5, noise_shape: Any = None, seed: int | None = None, name: str | None = None, **base: Any
    ) -> None:
        super().__init__(name=name, **base)
        if isinstance(rate, (int, float)) and not 0 <= rate <= 1:
            raise ValueError(f"Invalid value {rate} received for `rate`, expected a value between 0 and 1.")
        self.rate = rate
        self.noise_shape = noise_shape
        self.seed = seed

    def call(self, inputs: Tensor, training: Any = False) -> Tensor:
        """Adds the dropout, or an identity outside of training."""
        if isinstance(self.rate, (int, float)) and self.rate == 0:
            return arrays.identity(inputs)

        def dropped() -> Tensor:
            return dropout_ops.dropout(inputs, noise_shape=self._noise_shape(inputs), seed=self.seed, rate=self.rate)

        result: Tensor = by_phase(training, dropped, lambda: arrays.identity(inputs))
        return result

    def _noise_shape(self, inputs: Tensor) -> Tensor | None:
        if self.noise_shape is None:
            return None
        sizes = arrays.shape(inputs)
        return convert_to_tensor([sizes[i] if size is None else size for i, size in enumerate(self.noise_shape)])


def dropout(
    inputs: Any,
    rate: Any = 0.5,
    noise_shape: Any = None,
    seed: int | None = None,
    training: Any = False,
    name: str | None = None,
) -> Tensor:
    """Sets random elements to zero while training, and scales up the others. Mirrors `tf.layers.dropout`.

    Args:
        inputs: a floating point tensor.
        rate: how probable it is that an element is dropped.
        noise_shape: the shape of the random choice; an extent of 1 keeps or drops along that axis together.
        seed: the op-level seed.
        training: a Python bool, or a bool tensor such as a placeholder.
        name: the name of the layer's scope.

    Raises:
        ValueError: the rate is not in [0, 1].
    """
    return Dropout(rate, noise_shape, seed, name)(inputs, training=training)


class Flatten(Layer):
    """Joins all axes but the first. Mirrors `tf.layers.Flatten`."""

    default_name: ClassVar[str] = "flatten"

    def __init__(self, data_format: str = "channels_last", name: str | None = None, **base: Any) -> None:
        super().__init__(name=name, **base)
        self.data_format = data_format

    def call(self, inputs: Tensor) -> Tensor:
        """Adds the reshaping."""
        rank = len(inputs.shape)
        if self.data_format == "channels_first" and rank > 1:
            inputs = arrays.transpose(inputs, [0, *range(2, rank), 1])
        batch, *others = inputs.shape.known
        if not others:
            return arrays.expand_dims(inputs, axis=1)
        if None not in others:
            size = int(np.prod([d or 0 for d in others], dtype=np.int64))
            return arrays.reshape(inputs, constant([-1, size]))
        if batch is not None:
            return arrays.reshape(inputs, constant([batch, -1]))
        return arrays.reshape(inputs, [arrays.shape(inputs)[0], -1])


def flatten(inputs: Any, name: str | None = None, data_format: str = "channels_last") -> Tensor:
    """Joins all axes but the first. Mirrors `tf.layers.flatten`.

    Args:
        inputs: a tensor of known rank.
        name: the name of the layer's scope.
        data_format: `"channels_last"`, or `"channels_first"` for inputs whose channels are to come last.
    """
    return Flatten(data_format, name)(inputs)
