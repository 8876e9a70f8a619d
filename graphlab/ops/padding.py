"""Surrounding a tensor with constants or with its own mirror image."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphlab.graph.dtypes import EVERY, INDICES
from graphlab.graph.registry import register
from graphlab.graph.shapes import UNKNOWN, TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arrays, build, slicing
from graphlab.ops.static import constant_value


def _padded(sign: int) -> Any:
    def shape(op: Operation) -> TensorShape:
        given, paddings = op.inputs[0].shape, constant_value(op.inputs[1])
        rank = given.ndims if given.ndims is not None else op.inputs[1].shape[0].value
        if rank is None:
            return UNKNOWN
        if paddings is None or given.extents is None:
            return TensorShape.of((None,) * rank)
        if len(paddings) != rank:
            raise ValueError(f"Dimension must be {rank} but is {len(paddings)}")
        return TensorShape.of(
            tuple(None if d is None else d + sign * int(p.sum()) for d, p in zip(given.extents, paddings, strict=True))
        )

    return shape


def _widths(paddings: Any) -> list[tuple[int, int]]:
    return [(int(before), int(after)) for before, after in paddings]


def _pad_gradient(op: Operation, grad: Tensor) -> list[Any]:
    given, paddings = op.inputs[0], op.inputs[1]
    column = slicing.slice_(paddings, [0, 0], arrays.stack([arrays.rank(given), 1]))
    begin = arrays.reshape(column, [-1])
    inner = slicing.slice_(grad, begin, arrays.shape(given, out_type=begin.dtype))
    return [inner, *[None] * (len(op.inputs) - 1)]


register(
    "Pad",
    "input: T, paddings: Tpaddings -> output: T",
    T=EVERY,
    Tpaddings=INDICES,
    shape=_padded(1),
    lower=lambda k, x, paddings: k.xp.pad(x, _widths(paddings)),
    gradient=_pad_gradient,
)
register(
    "PadV2",
    "input: T, paddings: Tpaddings, constant_values: T -> output: T",
    T=EVERY,
    Tpaddings=INDICES,
    shape=_padded(1),
    lower=lambda k, x, paddings, value: k.xp.pad(x, _widths(paddings), constant_values=value),
    gradient=_pad_gradient,
)


def _lower_mirror(k: Any, x: Any, paddings: Any) -> Any:
    return k.xp.pad(x, _widths(paddings), mode="reflect" if k.attr["mode"] == "REFLECT" else "symmetric")


def _lower_mirror_grad(k: Any, grad: Any, paddings: Any) -> Any:
    """Adds to each element of the inner block what stands at its mirror images."""
    widths = _widths(paddings)
    inner = tuple(d - a - b for d, (a, b) in zip(grad.shape, widths, strict=True))
    places = np.arange(int(np.prod(inner))).reshape(inner)
    source = np.pad(places, widths, mode="reflect" if k.attr["mode"] == "REFLECT" else "symmetric").ravel()
    flat = k.xp.reshape(grad, -1)
    zeros = k.xp.zeros(places.size, k.out)
    if k.xp is np:
        np.add.at(zeros, source, flat)
        return zeros.reshape(inner)
    return zeros.at[source].add(flat).reshape(inner)


def _mirror(op_type: str, gradient_type: str, sign: int, lower: Any) -> None:
    register(
        op_type,
        "input: T, paddings: Tpaddings -> output: T",
        T=EVERY,
        Tpaddings=INDICES,
        shape=_padded(sign),
        lower=lower,
        gradient=lambda op, grad: [build.add(gradient_type, grad, op.inputs[1], mode=op.attr["mode"]), None],
    )


_mirror("MirrorPad", "MirrorPadGrad", 1, _lower_mirror)
_mirror("MirrorPadGrad", "MirrorPad", -1, _lower_mirror_grad)


def pad(
    tensor: Any, paddings: Any, mode: str = "CONSTANT", name: str | None = None, constant_values: Any = 0
) -> Tensor:
    """Adds `paddings[i][0]` elements before and `paddings[i][1]` after a tensor along each axis i. Mirrors `tf.pad`.

    Args:
        tensor: the tensor.
        paddings: integers, shape `[rank, 2]`.
        mode: `CONSTANT`, `REFLECT` (mirrors without the edge) or `SYMMETRIC` (mirrors with the edge).
        name: the name of the operation.
        constant_values: what to add with `CONSTANT`.

    Raises:
        ValueError: the mode is unknown.
    """
    kind = mode.upper()
    if kind == "CONSTANT":
        if not isinstance(constant_values, Tensor) and np.ndim(constant_values) == 0 and constant_values == 0:
            return _node("Pad", tensor, paddings, name=name)
        return _node("PadV2", tensor, paddings, constant_values, name=name)
    if kind not in ("REFLECT", "SYMMETRIC"):
        raise ValueError(
            f"Value of argument `mode` expected to be one of 'CONSTANT', 'REFLECT', or 'SYMMETRIC'. Received `mode` = {mode}"
        )
    return _node("MirrorPad", tensor, paddings, mode=kind, name=name)


def _node(op_type: str, *values: Any, name: str | None = None, **attrs: Any) -> Tensor:
    result: Tensor = build.add(op_type, *values, name=name, **attrs)
    return result
