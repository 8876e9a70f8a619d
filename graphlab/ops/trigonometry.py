"""Trigonometric and hyperbolic functions and their inverses."""

from __future__ import annotations

from typing import Any

from graphlab.graph.dtypes import FLOATS
from graphlab.graph.registry import register
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arithmetic, build
from graphlab.ops.broadcasting import reduce_gradients
from graphlab.ops.constant import constant
from graphlab.ops.elementwise import Unary, after, conj, reciprocal, sqrt, square, unary
from graphlab.ops.shape_rules import broadcasted


def _argument(op: Operation) -> Tensor:
    return conj(op.inputs[0])


sin = unary(
    "Sin",
    "Returns the sine of x (radians) element by element. Mirrors `tf.sin`.",
    lambda k, x: k.xp.sin(x),
    after(lambda op, grad: grad * cos(_argument(op))),
)
cos: Unary = unary(
    "Cos",
    "Returns the cosine of x (radians) element by element. Mirrors `tf.cos`.",
    lambda k, x: k.xp.cos(x),
    after(lambda op, grad: -grad * sin(_argument(op))),
)
tan = unary(
    "Tan",
    "Returns the tangent of x (radians) element by element. Mirrors `tf.tan`.",
    lambda k, x: k.xp.tan(x),
    after(lambda op, grad: square(reciprocal(cos(_argument(op)))) * grad),
)


def _root_of_rest(op: Operation, grad: Tensor) -> Tensor:
    """Returns 1 / sqrt(1 - x^2)."""
    squared = square(_argument(op))
    return reciprocal(sqrt(arithmetic.subtract(constant(1, dtype=grad.dtype), squared)))


@after
def _acos_gradient(op: Operation, grad: Tensor) -> Any:
    slope = _root_of_rest(op, grad)
    return -grad * slope


@after
def _atan_gradient(op: Operation, grad: Tensor) -> Any:
    squared = square(_argument(op))
    return grad * reciprocal(arithmetic.add(constant(1, dtype=grad.dtype), squared))


asin = unary(
    "Asin",
    "Returns the angle (radians) whose sine is x, element by element. Mirrors `tf.asin`.",
    lambda k, x: k.xp.arcsin(x),
    after(lambda op, grad: grad * _root_of_rest(op, grad)),
)
acos = unary(
    "Acos",
    "Returns the angle (radians) whose cosine is x, element by element. Mirrors `tf.acos`.",
    lambda k, x: k.xp.arccos(x),
    _acos_gradient,
)
atan = unary(
    "Atan",
    "Returns the angle (radians) whose tangent is x, element by element. Mirrors `tf.atan`.",
    lambda k, x: k.xp.arctan(x),
    _atan_gradient,
)
sinh: Unary = unary(
    "Sinh",
    "Returns the hyperbolic sine of x element by element. Mirrors `tf.sinh`.",
    lambda k, x: k.xp.sinh(x),
    after(lambda op, grad: grad * cosh(_argument(op))),
)
cosh: Unary = unary(
    "Cosh",
    "Returns the hyperbolic cosine of x element by element. Mirrors `tf.cosh`.",
    lambda k, x: k.xp.cosh(x),
    after(lambda op, grad: grad * sinh(_argument(op))),
)
asinh = unary(
    "Asinh",
    "Returns the number whose hyperbolic sine is x, element by element. Mirrors `tf.asinh`.",
    lambda k, x: k.xp.arcsinh(x),
    after(lambda op, grad: grad / cosh(conj(op.outputs[0]))),
)
acosh = unary(
    "Acosh",
    "Returns the number whose hyperbolic cosine is x, element by element. Mirrors `tf.acosh`.",
    lambda k, x: k.xp.arccosh(x),
    after(lambda op, grad: grad / sinh(conj(op.outputs[0]))),
)


@after
def _atanh_gradient(op: Operation, grad: Tensor) -> Any:
    squared = square(_argument(op))
    return grad * reciprocal(arithmetic.subtract(constant(1, dtype=grad.dtype), squared))


atanh = unary(
    "Atanh",
    "Returns the number whose hyperbolic tangent is x, element by element. Mirrors `tf.atanh`.",
    lambda k, x: k.xp.arctanh(x),
    _atanh_gradient,
)


@after
def _atan2_gradient(op: Operation, grad: Tensor) -> Any:
    y, x = op.inputs
    share = grad / (square(y) + square(x))
    gy = x * share
    gx = -y * share
    return reduce_gradients(y, x, gy, gx)


register(
    "Atan2",
    "y: T, x: T -> z: T",
    T=FLOATS,
    shape=broadcasted,
    lower=lambda k, y, x: k.xp.arctan2(y, x),
    gradient=_atan2_gradient,
)


def atan2(y: Any, x: Any, name: str | None = None) -> Tensor:
    """Returns the angle (radians) of the point (x, y) element by element. Mirrors `tf.atan2`."""
    result: Tensor = build.add("Atan2", y, x, name=name)
    return result
