"""Gradients of element-wise ops whose arguments were broadcast: sums over the broadcast axes."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphlab.graph.dtypes import INDICES
from graphlab.graph.registry import register
from graphlab.graph.shapes import TensorShape
from graphlab.graph.tensor import Tensor
from graphlab.ops import arrays, build, reductions


def _lower(k: Any, s0: Any, s1: Any) -> tuple[Any, Any]:
    rank = max(len(s0), len(s1))
    a, b = ((1,) * (rank - len(s)) + tuple(int(d) for d in s) for s in (s0, s1))
    r0 = [i for i in range(rank) if a[i] == 1 and (b[i] != 1 or i < rank - len(s0))]
    r1 = [i for i in range(rank) if b[i] == 1 and (a[i] != 1 or i < rank - len(s1))]
    return np.array(r0, s0.dtype), np.array(r1, s1.dtype)


register(
    "BroadcastGradientArgs",
    "s0: T, s1: T -> r0: T, r1: T",
    T=INDICES,
    shape=lambda op: [TensorShape.of((None,)), TensorShape.of((None,))],
    lower=_lower,
)


def same_static_shapes(x: Tensor, y: Tensor, grad: Tensor) -> bool:
    """Whether the three have the same fully known shape, so that nothing was broadcast."""
    return x.shape.is_fully_defined() and x.shape == y.shape and x.shape == grad.shape


def reduce_gradients(x: Tensor, y: Tensor, gx: Tensor | None, gy: Tensor | None) -> list[Tensor | None]:
    """Sums the gradients of a broadcasting op's arguments down to the arguments' shapes.

    Args:
        x: the first argument.
        y: the second argument.
        gx: the gradient for x in the broadcast shape, or None.
        gy: the gradient for y in the broadcast shape, or None.
    """
    if gx is None and gy is None:
        return [None, None]
    shape_x, shape_y = arrays.shape(x), arrays.shape(y)
    axes = _static_axes(x.shape, y.shape)
    if axes is None:
        dynamic = build.add("BroadcastGradientArgs", shape_x, shape_y)
        return [_reduce(gx, dynamic[0], shape_x), _reduce(gy, dynamic[1], shape_y)]
    rank_x, rank_y = len(x.shape.known), len(y.shape.known)
    return [
        _reduce(gx, axes[0], shape_x) if axes[0] or rank_x < rank_y else gx,
        _reduce(gy, axes[1], shape_y) if axes[1] or rank_y < rank_x else gy,
    ]


def reduced_to(x: Tensor, gradient: Tensor, result: Tensor) -> Tensor:
    """Sums one argument's gradient down to its shape, given the op's result."""
    reduced = reduce_gradients(x, result, gradient, None)[0]
    assert reduced is not None
    return reduced


def _reduce(grad: Tensor | None, axes: Any, shape: Tensor) -> Tensor | None:
    if grad is None:
        return None
    return arrays.reshape(reductions.reduce_sum(grad, axes, keepdims=True), shape)


def _static_axes(x: TensorShape, y: TensorShape) -> tuple[list[int], list[int]] | None:
    """The axes to sum over for each argument, or None when only the running graph knows."""
    if x.extents is None or y.extents is None:
        return None
    rank = max(len(x.extents), len(y.extents))
    a = (1,) * (rank - len(x.extents)) + x.extents
    b = (1,) * (rank - len(y.extents)) + y.extents
    axes_x: list[int] = []
    axes_y: list[int] = []
    for axis, (m, n) in enumerate(zip(a, b, strict=True)):
        if m == 1 and n != 1:
            axes_x.append(axis)
        elif n == 1 and m != 1:
            axes_y.append(axis)
        elif m is None or n is None:
            return None
    return axes_x, axes_y
