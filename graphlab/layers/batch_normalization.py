"""Batch normalisation with moving averages of mean and variance."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any, ClassVar

from graphlab.graph.dtypes import bfloat16, float16, float32
from graphlab.graph.tensor import Tensor
from graphlab.initializers import Ones, Zeros
from graphlab.layers.base import Layer, check_left_out
from graphlab.layers.phase import by_phase, known_phase
from graphlab.ops import arrays, elementwise, normalization, state
from graphlab.ops.constant import constant
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import colocate_with, name_scope
from graphlab.variables import Variable


class BatchNormalization(Layer):
    """Normalises inputs by the moments of the batch. Mirrors `tf.layers.BatchNormalization`.

    See `batch_normalization` for the arguments.

    Attributes:
        gamma: the scale, or None.
        beta: the offset, or None.
        moving_mean: the moving average of the mean, used outside of training.
        moving_variance: likewise of the variance.
    """

    default_name: ClassVar[str] = "batch_normalization"

    moving_mean: Variable
    moving_variance: Variable

    def __init__(
        self,
        axis: int = -1,
        momentum: float = 0.99,
        epsilon: float = 1e-3,
        center: bool = True,
        scale: bool = True,
        beta_initializer: Any = None,
        gamma_initializer: Any = None,
        moving_mean_initializer: Any = None,
        moving_variance_initializer: Any = None,
        beta_regularizer: Any = None,
        gamma_regularizer: Any = None,
        beta_constraint: Any = None,
        gamma_constraint: Any = None,
        renorm: bool = False,
        renorm_clipping: Any = None,
        renorm_momentum: float = 0.99,  # noqa: ARG002  For `renorm` alone, which is refused.
        fused: bool | None = None,
        trainable: bool = True,
        virtual_batch_size: int | None = None,
        adjustment: Any = None,
        name: str | None = None,
        **base: Any,
    ) -> None:
        check_left_out(
            renorm=renorm,
            renorm_clipping=renorm_clipping,
            virtual_batch_size=virtual_batch_size,
            adjustment=adjustment,
        )
        super().__init__(trainable=trainable, name=name, **base)
        self.axis = operator.index(axis)
        self.momentum = momentum
        self.epsilon = epsilon
        self.fused = fused
        self.gamma: Variable | None = None
        self.beta: Variable | None = None
        self._gamma_options = (gamma_initializer or Ones(), gamma_regularizer, gamma_constraint) if scale else None
        self._beta_options = (beta_initializer or Zeros(), beta_regularizer, beta_constraint) if center else None
        self._moving_initializers = (moving_mean_initializer or Zeros(), moving_variance_initializer or Ones())

    def build(self, inputs: Tensor) -> None:
        """Makes scale, offset and the moving averages.

        Raises:
            ValueError: the extent of the normalised axis is not known, or there is no such axis.
        """
        rank = len(inputs.shape)
        if not -rank <= self.axis < rank:
            raise ValueError(f"`axis` must be one axis of inputs of shape {inputs.shape}. Received: axis={self.axis}")
        self.axis %= rank
        extent = inputs.shape.known[self.axis]
        if extent is None:
            raise ValueError(
                f"Input has undefined `axis` dimension. Received input with shape {inputs.shape} and axis={self.axis}"
            )
        can_fuse = rank == 4 and self.axis in (1, 3)
        if self.fused and not can_fuse:
            raise ValueError(f"`fused=True` needs images with axis 1 or 3. Received: {inputs!r} and axis={self.axis}")
        self.fused = can_fuse if self.fused is None else self.fused
        kind = float32 if self._dtype in (float16, bfloat16) else self._dtype
        shape = [extent]
        if self._gamma_options:
            self.gamma = self.add_variable("gamma", shape, *self._gamma_options, dtype=kind)
        if self._beta_options:
            self.beta = self.add_variable("beta", shape, *self._beta_options, dtype=kind)
        mean, variance = self._moving_initializers
        self.moving_mean = self.add_variable("moving_mean", shape, mean, trainable=False, dtype=kind)
        self.moving_variance = self.add_variable("moving_variance", shape, variance, trainable=False, dtype=kind)

    def call(self, inputs: Tensor, training: Any = False) -> Tensor:
        """Adds the normalisation; in training also the updates of the moving averages."""
        return self._fused(inputs, training) if self.fused else self._composed(inputs, training)

    def _composed(self, inputs: Tensor, training: Any) -> Tensor:
        kind = inputs.dtype.base_dtype
        values = elementwise.cast(inputs, float32) if kind in (float16, bfloat16) else inputs
        scale, offset = (self._along_axis(part, inputs) for part in (self.gamma, self.beta))
        mean: Any = self.moving_mean
        variance: Any = self.moving_variance
        if known_phase(training) is not False:
            axes = [axis for axis in range(len(inputs.shape)) if axis != self.axis]
            batch_mean, batch_variance = normalization.moments(values, axes)
            mean = by_phase(training, lambda: batch_mean, lambda: convert_to_tensor(self.moving_mean))
            variance = by_phase(training, lambda: batch_variance, lambda: convert_to_tensor(self.moving_variance))
            for variable, value in ((self.moving_mean, mean), (self.moving_variance, variance)):
                self.add_update(self._conditional_update(training, variable, value))
        parts = [None if p is None else elementwise.cast(p, values.dtype) for p in (mean, variance, offset, scale)]
        mean, variance = (self._along_axis(part, inputs) for part in parts[:2])
        offset, scale = parts[2:]
        outputs = normalization.batch_normalization(values, mean, variance, offset, scale, self.epsilon)
        outputs = elementwise.cast(outputs, kind)
        outputs.set_shape(inputs.shape)
        return outputs

    def _conditional_update(self, training: Any, variable: Variable, value: Tensor) -> Any:
        decay = 1.0 - self.momentum
        return by_phase(training, lambda: _move(variable, value, decay), lambda: variable)

    def _along_axis(self, part: Any, inputs: Tensor) -> Any:
        rank = len(inputs.shape)
        if part is None or self.axis == rank - 1:
            return part
        return arrays.reshape(
            part, [extent if axis == self.axis else 1 for axis, extent in enumerate(inputs.shape.known)]
        )

    def _fused(self, inputs: Tensor, training: Any) -> Tensor:
        extent = self.moving_mean.shape
        kind = self.moving_mean.dtype.base_dtype
        beta = constant(0.0, kind, shape=extent) if self.beta is None else self.beta
        gamma = constant(1.0, kind, shape=extent) if self.gamma is None else self.gamma
        layout = "NCHW" if self.axis == 1 else "NHWC"

        def normalized(is_training: bool) -> tuple[Tensor, Tensor, Tensor]:
            return normalization.fused_batch_norm(
                inputs,
                gamma,
                beta,
                mean=self.moving_mean,
                variance=self.moving_variance,
                epsilon=self.epsilon,
                data_format=layout,
                is_training=is_training,
            )

        outputs, mean, variance = by_phase(training, lambda: normalized(True), lambda: normalized(False))
        phase = known_phase(training)
        if phase is not False:
            momentum = (
                convert_to_tensor(self.momentum) if phase else by_phase(training, lambda: self.momentum, lambda: 1.0)
            )
            for variable, value in ((self.moving_mean, mean), (self.moving_variance, variance)):
                self.add_update(_move(variable, value, lambda: 1.0 - momentum))
        result: Tensor = outputs
        return result


def _move(variable: Variable, value: Tensor, decay: Any) -> Tensor:
    """Moves a moving average a part of the way towards a value."""
    with name_scope("AssignMovingAvg") as scope, colocate_with(variable):
        part = convert_to_tensor(decay() if callable(decay) else decay, name="decay")
        part = elementwise.cast(part, variable.dtype.base_dtype)
        change = (variable - elementwise.cast(value, variable.dtype.base_dtype)) * part
        return state.assign_sub(variable, change, name=scope)


def batch_normalization(
    inputs: Any,
    axis: int = -1,
    momentum: float = 0.99,
    epsilon: float = 1e-3,
    center: bool = True,
    scale: bool = True,
    beta_initializer: Any = None,
    gamma_initializer: Any = None,
    moving_mean_initializer: Any = None,
    moving_variance_initializer: Any = None,
    beta_regularizer: Callable[[Any], Any] | None = None,
    gamma_regularizer: Callable[[Any], Any] | None = None,
    beta_constraint: Callable[[Any], Any] | None = None,
    gamma_constraint: Callable[[Any], Any] | None = None,
    training: Any = False,
    trainable: bool = True,
    name: str | None = None,
    reuse: Any = None,
    renorm: bool = False,
    renorm_clipping: Any = None,
    renorm_momentum: float = 0.99,
    fused: bool | None = None,
    virtual_batch_size: int | None = None,
    adjustment: Any = None,
) -> Tensor:
    """Normalises each feature by its mean and variance in the batch. Mirrors `tf.layers.batch_normalization`.

    In training the moments are the batch's, and `tf.GraphKeys.UPDATE_OPS` gets the operations that update their moving
    averages, which a training step has to run; otherwise the moments are the moving averages.

    Args:
        inputs: the tensor to normalise.
        axis: the axis of the features.
        momentum: how much of a moving average stays at each update.
        epsilon: a small number that keeps the variance from zero.
        center: whether an offset, `beta`, is added.
        scale: whether the result is multiplied by `gamma`.
        beta_initializer: default zeros.
        gamma_initializer: default ones.
        moving_mean_initializer: default zeros.
        moving_variance_initializer: default ones.
        beta_regularizer: maps the offset to a penalty.
        gamma_regularizer: maps the scale to a penalty.
        beta_constraint: a function from the updated offset to the one to keep.
        gamma_constraint: likewise for the scale.
        training: a Python bool, or a bool tensor such as a placeholder.
        trainable: whether optimizers may change offset and scale.
        name: the variable scope; default `batch_normalization`, made unique.
        reuse: True to share the variables of an earlier layer of that name.
        renorm: not supported.
        renorm_clipping: not supported.
        renorm_momentum: used by `renorm` alone.
        fused: whether images are normalised by one operation; default where possible.
        virtual_batch_size: not supported.
        adjustment: not supported.

    Raises:
        ValueError: the number of features is unknown, or an argument is out of range.
        NotImplementedError: an argument is not supported.
    """
    layer = BatchNormalization(
        axis,
        momentum,
        epsilon,
        center,
        scale,
        beta_initializer,
        gamma_initializer,
        moving_mean_initializer,
        moving_variance_initializer,
        beta_regularizer,
        gamma_regularizer,
        beta_constraint,
        gamma_constraint,
        renorm,
        renorm_clipping,
        renorm_momentum,
        fused,
        trainable,
        virtual_batch_size,
        adjustment,
        name,
        scope=name,
        reuse=reuse,
    )
    return layer(inputs, training=training)
