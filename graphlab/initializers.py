"""Initializers: they make the first value of a variable from its shape. Mirrors `tf.initializers`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from graphlab.graph.dtypes import DType, as_dtype, float32
from graphlab.graph.missing import refuse_unknown as _refuse_unknown
from graphlab.graph.shapes import TensorShape
from graphlab.graph.tensor import Tensor
from graphlab.ops import arrays, diagonals, random
from graphlab.ops.constant import constant as make_constant

# The standard deviation of a standard normal distribution cut off at two standard deviations.
_TRUNCATED_STDDEV: Final = 0.87962566103423978


class Initializer:
    """Makes an initial value. Subclasses define `__call__`; any function of a shape and a dtype serves as well.

    Args:
        dtype: the element type where the call names none.
    """

    def __init__(self, dtype: Any = float32) -> None:
        self.dtype: DType = as_dtype(dtype)

    def __call__(self, shape: Any, dtype: Any = None, partition_info: Any = None) -> Tensor:
        """Adds the nodes that compute the initial value, and returns it.

        Args:
            shape: the shape of the variable.
            dtype: its element type; default the initializer's.
            partition_info: must be None: variables are not partitioned.

        Raises:
            NotImplementedError: `partition_info` is given.
            ValueError: the shape is not fully known.
        """
        if partition_info is not None:
            raise NotImplementedError("Partitioned variables are not supported; leave partition_info out.")
        wanted = TensorShape(shape)
        if not wanted.is_fully_defined():
            raise ValueError(f"An initializer needs a fully known shape, not {wanted}.")
        return self._make([d for d in wanted.known if d is not None], self.dtype if dtype is None else as_dtype(dtype))

    def _make(self, shape: list[int], dtype: DType) -> Tensor:
        raise NotImplementedError(f"{type(self).__name__} must define _make(shape, dtype).")


class Zeros(Initializer):
    """Fills with zeros. Mirrors `tf.zeros_initializer`."""

    def _make(self, shape: list[int], dtype: DType) -> Tensor:
        return arrays.zeros(shape, dtype)


class Ones(Initializer):
    """Fills with ones. Mirrors `tf.ones_initializer`."""

    def _make(self, shape: list[int], dtype: DType) -> Tensor:
        return arrays.ones(shape, dtype)


class Constant(Initializer):
    """Fills with given values. Mirrors `tf.constant_initializer`.

    Args:
        value: a number, or a list or array of at most as many numbers as the variable has; the last one is repeated.
        dtype: the element type where the call names none.
        verify_shape: whether `value` must have exactly the shape of the variable.

    Raises:
        TypeError: `value` is nothing of this kind.
    """

    def __init__(self, value: Any = 0, dtype: Any = float32, verify_shape: bool = False) -> None:
        if not (np.isscalar(value) or isinstance(value, (list, tuple, np.ndarray))):
            raise TypeError(
                f"Invalid type for initial value={value} of type: {type(value).__name__}. "
                "Expected Python scalar, list or tuple of values, or numpy.ndarray."
            )
        super().__init__(dtype)
        self.value = value
        self._verify_shape = verify_shape

    def _make(self, shape: list[int], dtype: DType) -> Tensor:
        return make_constant(self.value, dtype=dtype, shape=shape, verify_shape=self._verify_shape)


class RandomUniform(Initializer):
    """Draws evenly from [minval, maxval). Mirrors `tf.random_uniform_initializer`."""

    def __init__(self, minval: Any = 0.0, maxval: Any = None, seed: int | None = None, dtype: Any = float32) -> None:
        super().__init__(dtype)
        self.minval, self.maxval, self.seed = minval, maxval, seed

    def _make(self, shape: list[int], dtype: DType) -> Tensor:
        return random.random_uniform(shape, self.minval, self.maxval, dtype, seed=self.seed)


class RandomNormal(Initializer):
    """Draws from a normal distribution. Mirrors `tf.random_normal_initializer`."""

    def __init__(self, mean: Any = 0.0, stddev: Any = 1.0, seed: int | None = None, dtype: Any = float32) -> None:
        super().__init__(_floating(dtype))
        self.mean, self.stddev, self.seed = mean, stddev, seed

    def _make(self, shape: list[int], dtype: DType) -> Tensor:
        return random.random_normal(shape, self.mean, self.stddev, dtype, seed=self.seed)


class TruncatedNormal(RandomNormal):
    """Draws from a normal distribution, again where a number lies more than two standard deviations off.

    Mirrors `tf.truncated_normal_initializer`.
    """

    def _make(self, shape: list[int], dtype: DType) -> Tensor:
        return random.truncated_normal(shape, self.mean, self.stddev, dtype, seed=self.seed)


class UniformUnitScaling(Initializer):
    """Draws evenly so that inputs keep their scale. Mirrors `tf.uniform_unit_scaling_initializer`."""

    def __init__(self, factor: float = 1.0, seed: int | None = None, dtype: Any = float32) -> None:
        super().__init__(_floating(dtype))
        self.factor, self.seed = factor, seed

    def _make(self, shape: list[int], dtype: DType) -> Tensor:
        inputs = max(float(math.prod(shape[:-1])), 1.0)
        limit = math.sqrt(3 / inputs) * self.factor
        return random.random_uniform(shape, -limit, limit, dtype, seed=self.seed)


class VarianceScaling(Initializer):
    """Draws with a variance that fits the number of inputs or outputs. Mirrors `tf.variance_scaling_initializer`.

    Glorot's initialization is `scale=1, mode="fan_avg"`, He's is `scale=2, mode="fan_in"`.

    Args:
        scale: a positive factor of the variance.
        mode: `fan_in`, `fan_out` or `fan_avg`: what the variance is divided by.
        distribution: `truncated_normal` (or `normal`), `untruncated_normal` or `uniform`.
        seed: the op-level seed.
        dtype: the element type where the call names none.

    Raises:
        ValueError: an argument is not valid.
    """

    def __init__(
        self,
        scale: float = 1.0,
        mode: str = "fan_in",
        distribution: str = "truncated_normal",
        seed: int | None = None,
        dtype: Any = float32,
    ) -> None:
        if scale <= 0:
            raise ValueError(f"Argument `scale` must be a positive float. Received: {scale}")
        if mode not in {"fan_in", "fan_out", "fan_avg"}:
            raise ValueError(f"Argument `mode` should be one of ('fan_in', 'fan_out', 'fan_avg'). Received: {mode}")
        kind = distribution.lower()
        if kind not in {"normal", "uniform", "truncated_normal", "untruncated_normal"}:
            raise ValueError(
                "Argument `distribution` should be one of ('normal', 'uniform', 'truncated_normal', "
                f"'untruncated_normal'). Received: {distribution}"
            )
        super().__init__(_floating(dtype))
        self.scale, self.mode, self.distribution, self.seed = scale, mode, kind, seed

    def _make(self, shape: list[int], dtype: DType) -> Tensor:
        fan_in, fan_out = _fans(shape)
        fan = {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2}[self.mode]
        variance = self.scale / max(1.0, fan)
        if self.distribution == "uniform":
            limit = math.sqrt(3.0 * variance)
            return random.random_uniform(shape, -limit, limit, dtype, seed=self.seed)
        if self.distribution == "untruncated_normal":
            return random.random_normal(shape, 0.0, math.sqrt(variance), dtype, seed=self.seed)
        return random.truncated_normal(shape, 0.0, math.sqrt(variance) / _TRUNCATED_STDDEV, dtype, seed=self.seed)


class GlorotUniform(VarianceScaling):
    """Glorot's (Xavier's) uniform initialization, the default of `tf.get_variable`."""

    def __init__(self, seed: int | None = None, dtype: Any = float32) -> None:
        super().__init__(1.0, "fan_avg", "uniform", seed, dtype)


class GlorotNormal(VarianceScaling):
    """Glorot's (Xavier's) normal initialization. Mirrors `tf.glorot_normal_initializer`."""

    def __init__(self, seed: int | None = None, dtype: Any = float32) -> None:
        super().__init__(1.0, "fan_avg", "truncated_normal", seed, dtype)


class Identity(Initializer):
    """Makes an identity matrix times `gain`. Mirrors `tf.initializers.identity`."""

    def __init__(self, gain: float = 1.0, dtype: Any = float32) -> None:
        super().__init__(_floating(dtype))
        self.gain = gain

    def _make(self, shape: list[int], dtype: DType) -> Tensor:
        if len(shape) != 2:
            raise ValueError(f"The identity initializer makes matrices; the variable has the shape {shape}.")
        matrix: Tensor = self.gain * diagonals.eye(shape[0], shape[1], dtype=dtype)
        return matrix


def he_normal(seed: int | None = None) -> VarianceScaling:
    """Returns He's normal initializer. Mirrors `tf.initializers.he_normal`."""
    return VarianceScaling(2.0, "fan_in", "truncated_normal", seed)


def he_uniform(seed: int | None = None) -> VarianceScaling:
    """Returns He's uniform initializer. Mirrors `tf.initializers.he_uniform`."""
    return VarianceScaling(2.0, "fan_in", "uniform", seed)


def lecun_normal(seed: int | None = None) -> VarianceScaling:
    """Returns LeCun's normal initializer. Mirrors `tf.initializers.lecun_normal`."""
    return VarianceScaling(1.0, "fan_in", "truncated_normal", seed)


def lecun_uniform(seed: int | None = None) -> VarianceScaling:
    """Returns LeCun's uniform initializer. Mirrors `tf.initializers.lecun_uniform`."""
    return VarianceScaling(1.0, "fan_in", "uniform", seed)


def _fans(shape: Sequence[int]) -> tuple[int, int]:
    """The numbers of inputs and outputs of a weight tensor; for convolutions times the receptive field."""
    if len(shape) < 2:
        both = shape[0] if shape else 1
        return both, both
    field = math.prod(shape[:-2])
    return shape[-2] * field, shape[-1] * field


def _floating(dtype: Any) -> DType:
    kind = as_dtype(dtype)
    if not kind.is_floating:
        raise ValueError(f"Argument `dtype` is expected to be floating point. Received: {kind}.")
    return kind


zeros, ones, constant = Zeros, Ones, Constant
random_uniform, random_normal, truncated_normal = RandomUniform, RandomNormal, TruncatedNormal
uniform_unit_scaling, variance_scaling = UniformUnitScaling, VarianceScaling
glorot_uniform, glorot_normal, identity = GlorotUniform, GlorotNormal, Identity

__getattr__ = _refuse_unknown(globals())
