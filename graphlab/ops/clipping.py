"""Tensors cut to a range or to a norm."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from graphlab.graph.dtypes import FLOATS, float32
from graphlab.graph.registry import register
from graphlab.graph.tensor import Tensor
from graphlab.ops import arithmetic, arrays, build, elementwise, reductions, selecting
from graphlab.ops.constant import constant
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import colocate_with, name_scope
from graphlab.ops.shape_rules import scalar

register(
    "L2Loss",
    "t: T -> output: T",
    T=FLOATS,
    shape=scalar,
    lower=lambda k, t: (k.xp.sum(k.xp.square(t), dtype=k.out) / 2).astype(k.out),
    gradient=lambda op, grad: op.inputs[0] * grad,
)


def l2_loss(t: Any, name: str | None = None) -> Tensor:
    """Returns half the sum of the squares of all elements. Mirrors `tf.nn.l2_loss`."""
    result: Tensor = build.add("L2Loss", t, name=name)
    return result


def clip_by_value(t: Any, clip_value_min: Any, clip_value_max: Any, name: str | None = None) -> Tensor:
    """Returns t with elements below the minimum or above the maximum replaced by it. Mirrors `tf.clip_by_value`.

    Args:
        t: a tensor.
        clip_value_min: the minimum: a number, or a tensor that broadcasts to the shape of `t`.
        clip_value_max: the maximum, likewise.
        name: the name of the operation.

    Raises:
        ValueError: the bounds do not broadcast to the shape of `t`.
    """
    with name_scope(name, "clip_by_value", [t, clip_value_min, clip_value_max]) as scope:
        values = convert_to_tensor(t, name="t")
        below = arithmetic.minimum(values, clip_value_max)
        values.shape.assert_is_compatible_with(below.shape)
        within = arithmetic.maximum(below, clip_value_min, name=scope)
        values.shape.assert_is_compatible_with(within.shape)
        return within


def clip_by_norm(t: Any, clip_norm: Any, axes: Any = None, name: str | None = None) -> Tensor:
    """Returns t scaled down where its L2 norm exceeds `clip_norm`. Mirrors `tf.clip_by_norm`.

    Args:
        t: a tensor.
        clip_norm: the largest norm.
        axes: the axes over which a norm is taken; default all of them.
        name: the name of the operation.
    """
    with name_scope(name, "clip_by_norm", [t, clip_norm]) as scope:
        values = convert_to_tensor(t, name="t")
        limit = clip_norm
        if isinstance(limit, (int, float, np.number)):
            limit = max(limit, 0)
        else:
            limit = elementwise.cast(arithmetic.maximum(limit, 0), values.dtype)
        squares = reductions.reduce_sum(values * values, axes, keepdims=True)
        # The square root of zero has no gradient; it is kept away from the root.
        is_positive = squares > 0
        safe = selecting.where(is_positive, squares, arrays.ones_like(squares))
        norm = selecting.where(is_positive, elementwise.sqrt(safe), squares)
        scaled = values * limit
        values.shape.assert_is_compatible_with(scaled.shape)
        return arrays.identity(scaled / arithmetic.maximum(norm, limit), name=scope)


def clip_by_average_norm(t: Any, clip_norm: Any, name: str | None = None) -> Tensor:
    """Returns t scaled down when its norm per element exceeds `clip_norm`. Mirrors `tf.clip_by_average_norm`."""
    with name_scope(name, "clip_by_average_norm", [t, clip_norm]) as scope:
        values = convert_to_tensor(t, name="t")
        count = elementwise.cast(arrays.size(values), float32)
        squares = reductions.reduce_sum(values * values, arrays.sequence(arrays.rank(values)))
        inverse = elementwise.rsqrt(squares)
        clipped = values * clip_norm * arithmetic.minimum(inverse * count, constant(1.0) / clip_norm)
        return arrays.identity(clipped, name=scope)


def global_norm(t_list: Sequence[Any], name: str | None = None) -> Tensor:
    """Returns the square root of the sum of the squares of all elements of all tensors. Mirrors `tf.global_norm`.

    Args:
        t_list: tensors; None is passed over.
        name: the name of the operation's scope.

    Raises:
        TypeError: `t_list` is no sequence.
    """
    _check_sequence(t_list)
    with name_scope(name, "global_norm", [t for t in t_list if t is not None]):
        halves = []
        for value in _tensors(t_list):
            if value is not None:
                with colocate_with(value):
                    halves.append(l2_loss(value))
        half = reductions.reduce_sum(arrays.stack(halves))
        return elementwise.sqrt(half * constant(2.0, dtype=half.dtype), name="global_norm")


def clip_by_global_norm(
    t_list: Sequence[Any], clip_norm: Any, use_norm: Any = None, name: str | None = None
) -> tuple[list[Any], Tensor]:
    """Scales tensors down together when their common norm exceeds `clip_norm`. Mirrors `tf.clip_by_global_norm`.

    Args:
        t_list: tensors; None stays None.
        clip_norm: the largest norm.
        use_norm: the norm if known; default `global_norm(t_list)`.
        name: the name of the operations' scope.

    Returns:
        The tensors, NaN throughout if the norm is not finite, and the norm that they had.

    Raises:
        TypeError: `t_list` is no sequence.
    """
    _check_sequence(t_list)
    norm = global_norm(t_list, name) if use_norm is None else use_norm
    with name_scope(name, "clip_by_global_norm", [t for t in t_list if t is not None]) as scope:
        finite = clip_norm * arithmetic.minimum(1.0 / norm, constant(1.0, dtype=norm.dtype) / clip_norm)
        # Zero for a finite norm, NaN for any other.
        scale = finite + (norm - norm)
        clipped: list[Any] = []
        for index, value in enumerate(_tensors(t_list)):
            if value is None:
                clipped.append(None)
                continue
            with colocate_with(value):
                clipped.append(arrays.identity(value * elementwise.cast(scale, value.dtype), name=f"{scope}_{index}"))
        return clipped, norm


def _tensors(t_list: Sequence[Any]) -> list[Tensor | None]:
    return [None if t is None else convert_to_tensor(t, name=f"t_{i}") for i, t in enumerate(t_list)]


def _check_sequence(t_list: Any) -> None:
    if not isinstance(t_list, (list, tuple)):
        raise TypeError(f"`t_list` should be a sequence of tensors. Received {type(t_list)}.")
