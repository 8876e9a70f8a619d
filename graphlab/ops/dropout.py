"""Dropout: random elements are set to zero while a network learns."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from graphlab.graph.shapes import TensorShape
from graphlab.graph.tensor import Tensor
from graphlab.ops import arrays, build, selecting
from graphlab.ops import random as random_ops
from graphlab.ops.constant import constant
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import name_scope

_NUMBER: Final = (int, float, np.floating)


def dropout(
    x: Any,
    keep_prob: Any = None,
    noise_shape: Any = None,
    seed: int | None = None,
    name: str | None = None,
    rate: Any = None,
) -> Tensor:
    """Returns x with a random part of its elements set to zero and the others scaled up. Mirrors `tf.nn.dropout`.

    The others are multiplied by 1 / (1 - rate), so that the expected sum stays what it was.

    Args:
        x: a floating point tensor.
        keep_prob: how probable it is that an element stays; 1 - rate.
        noise_shape: the shape of the random choice; an extent of 1 keeps or drops along that axis together.
        seed: the op-level seed; see `tf.set_random_seed`.
        name: the name of the operation's scope.
        rate: how probable it is that an element is dropped: a number in [0, 1), or a scalar tensor.

    Raises:
        ValueError: no probability is given, it is out of range, or x has no floating point type.
    """
    if keep_prob is not None:
        if rate is not None:
            raise ValueError("Give `rate` or `keep_prob`, not both.")
        if isinstance(keep_prob, _NUMBER) and not 0 < keep_prob <= 1:
            raise ValueError(
                f"`keep_prob` must be a scalar tensor or a float in the range (0, 1]. Received: {keep_prob}"
            )
        rate = 1.0 - keep_prob
    if rate is None:
        raise ValueError(f"`rate` must be provided. Received: rate={rate}")
    with name_scope(name, "dropout", [x]):
        if isinstance(rate, _NUMBER) and not 0 <= rate < 1:
            raise ValueError(f"`rate` must be a scalar tensor or a float in the range [0, 1). Received: rate={rate}")
        tensor = convert_to_tensor(x, name="x")
        if not tensor.dtype.is_floating:
            raise ValueError(
                f"`x.dtype` must be a floating point tensor as `x` will be scaled. Received: x_dtype={tensor.dtype!r}"
            )
        if isinstance(rate, _NUMBER) and rate == 0:
            # The seed is taken all the same, so that later random ops do not depend on the rate.
            random_ops.get_seed(seed)
            return tensor
        return _dropped(tensor, rate, noise_shape, seed)


def _dropped(x: Tensor, rate: Any, noise_shape: Any, seed: int | None) -> Tensor:
    kind = x.dtype.base_dtype
    if isinstance(rate, _NUMBER):
        scaled = build.add("Mul", x, convert_to_tensor(1 / (1 - rate), dtype=kind))
    elif isinstance(rate, Tensor):
        if rate.shape.ndims not in (None, 0):
            raise ValueError(f"`rate` must be a scalar. Received: rate={rate!r}")
        if rate.dtype.base_dtype is not kind:
            raise ValueError(
                f"`x.dtype` must be compatible with `rate.dtype`. Received: x.dtype={kind!r} and rate.dtype={rate.dtype!r}. Use tf.cast."
            )
        scaled = build.add("RealDiv", x, build.add("Sub", constant(1, dtype=kind), rate))
    else:
        raise ValueError(f"`rate` must be a scalar or scalar tensor. Received: rate={rate!r}")
    drawn = random_ops.random_uniform(_noise_shape(x, noise_shape), dtype=kind, seed=seed)
    kept = selecting.where_v2(drawn >= rate, scaled, constant(0, dtype=kind))
    kept.set_shape(x.shape)
    return kept


def _noise_shape(x: Tensor, noise_shape: Any) -> Any:
    """The given shape with unknown extents taken from x, as far as these are known."""
    if noise_shape is None:
        return arrays.shape(x)
    if isinstance(noise_shape, Tensor) or any(isinstance(d, Tensor) for d in noise_shape):
        return noise_shape
    given = TensorShape(noise_shape)
    if x.shape.extents is None or len(x.shape.extents) != len(given.known):
        return noise_shape
    return TensorShape([own if d is None else d for d, own in zip(given.known, x.shape.extents, strict=True)])
