"""Rounding, and what kind of floating point number an element is."""

from __future__ import annotations

from typing import Any

from graphlab.graph.dtypes import FLOATS, NUMBERS
from graphlab.graph.registry import register
from graphlab.graph.tensor import Tensor
from graphlab.ops import build
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.elementwise import unary
from graphlab.ops.shape_rules import unchanged


def _none(op: Any, grad: Any) -> list[None]:
    return [None]


floor = unary(
    "Floor",
    "Returns the largest integer that is not above x, element by element. Mirrors `tf.floor`.",
    lambda k, x: k.xp.floor(x),
    _none,
    FLOATS,
)
ceil = unary(
    "Ceil",
    "Returns the smallest integer that is not below x, element by element. Mirrors `tf.ceil`.",
    lambda k, x: k.xp.ceil(x),
    _none,
    FLOATS,
)
rint = unary(
    "Rint",
    "Returns the integer nearest to x, the even one of two, element by element. Mirrors `tf.rint`.",
    lambda k, x: k.xp.rint(x),
    _none,
    FLOATS,
)
register("Round", "x: T -> y: T", T=NUMBERS, shape=unchanged, lower=lambda k, x: k.xp.round(x), gradient=_none)


def round_(x: Any, name: str | None = None) -> Tensor:
    """Returns the integer nearest to x, the even one of two, element by element. Mirrors `tf.round`."""
    tensor = convert_to_tensor(x, name="x")
    if tensor.dtype.is_integer:
        return tensor
    result: Tensor = build.add("Round", tensor, name=name)
    return result


is_nan = unary(
    "IsNan",
    "Returns where x is not a number, element by element. Mirrors `tf.is_nan`.",
    lambda k, x: k.xp.isnan(x),
    kinds=FLOATS,
    result="bool",
    stops_gradient=True,
)
is_inf = unary(
    "IsInf",
    "Returns where x is infinite, element by element. Mirrors `tf.is_inf`.",
    lambda k, x: k.xp.isinf(x),
    kinds=FLOATS,
    result="bool",
    stops_gradient=True,
)
is_finite = unary(
    "IsFinite",
    "Returns where x is neither infinite nor not a number, element by element. Mirrors `tf.is_finite`.",
    lambda k, x: k.xp.isfinite(x),
    kinds=FLOATS,
    result="bool",
    stops_gradient=True,
)
