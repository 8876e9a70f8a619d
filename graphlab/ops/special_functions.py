"""Error function, gamma function and their kin, and products that are zero by definition."""

from __future__ import annotations

import math
from typing import Any

import jax.scipy.special
import numpy as np
import scipy

from graphlab.graph.dtypes import FLOATS, INEXACT
from graphlab.graph.registry import register
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arithmetic, arrays, build, comparisons, elementwise, reductions
from graphlab.ops.broadcasting import reduce_gradients
from graphlab.ops.constant import constant
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.elementwise import Unary, after, conj, exp, square, unary
from graphlab.ops.scopes import control_dependencies, name_scope
from graphlab.ops.shape_rules import broadcasted


def _by(name: str) -> Any:
    """A lowering by the function of that name in SciPy or in JAX's counterpart of it."""

    def lower(k: Any, *x: Any) -> Any:
        library = scipy.special if k.xp is np else jax.scipy.special
        return k.xp.asarray(getattr(library, name)(*x), dtype=k.out)

    return lower


def _bell(factor: float) -> Any:
    """The gradient rule of an integral of `factor * exp(-x^2)`."""

    def rule(op: Operation, grad: Tensor) -> Any:
        height = constant(factor, dtype=grad.dtype)
        with control_dependencies([grad]):
            return grad * height * exp(-square(conj(op.inputs[0])))

    return rule


def _lower_lgamma(k: Any, x: Any) -> Any:
    return k.xp.where(k.xp.isinf(x), k.out.type(np.inf), _by("gammaln")(k, x))


def _lower_digamma(k: Any, x: Any) -> Any:
    return k.xp.where((x == 0) | (x == -np.inf), k.out.type(np.nan), _by("digamma")(k, x))


erf = unary(
    "Erf",
    "Returns the error function of x element by element. Mirrors `tf.erf`.",
    _by("erf"),
    _bell(2 / math.sqrt(math.pi)),
    FLOATS,
)
erfc = unary(
    "Erfc",
    "Returns 1 - erf(x) element by element. Mirrors `tf.erfc`.",
    _by("erfc"),
    _bell(-2 / math.sqrt(math.pi)),
    FLOATS,
)
lgamma = unary(
    "Lgamma",
    "Returns the logarithm of the absolute value of the gamma function, element by element. Mirrors `tf.lgamma`.",
    _lower_lgamma,
    after(lambda op, grad: grad * digamma(conj(op.inputs[0]))),
    FLOATS,
)
digamma: Unary = unary(
    "Digamma",
    "Returns the derivative of `lgamma`, element by element. Mirrors `tf.digamma`.",
    _lower_digamma,
    after(lambda op, grad: grad * polygamma(constant(1, dtype=grad.dtype), conj(op.inputs[0]))),
    FLOATS,
)


def _lower_polygamma(k: Any, n: Any, x: Any) -> Any:
    if k.xp is np:
        return np.asarray(scipy.special.polygamma(np.asarray(n).astype(np.int64), x)).astype(k.out)
    return jax.scipy.special.polygamma(n.astype(np.int32), x)


def _polygamma_gradient(op: Operation, grad: Tensor) -> list[Any]:
    n, x = op.inputs
    axes, shape = _broadcast_axes(n, x)
    with control_dependencies([grad]):
        slope = polygamma(conj(n) + 1, conj(x))
        return [None, arrays.reshape(reductions.reduce_sum(slope * grad, axes[1]), shape[1])]


register(
    "Polygamma", "a: T, x: T -> z: T", T=FLOATS, shape=broadcasted, lower=_lower_polygamma, gradient=_polygamma_gradient
)


def polygamma(a: Any, x: Any, name: str | None = None) -> Tensor:
    """Returns the derivative of order a of `digamma` at x, element by element. Mirrors `tf.polygamma`."""
    return _node("Polygamma", a, x, name)


def _lower_no_nan(combine: Any) -> Any:
    def lower(k: Any, x: Any, y: Any) -> Any:
        zero = k.out.type(0)
        return k.xp.where(y == 0, zero, combine(x, k.xp.where(y == 0, k.out.type(1), y)))

    return lower


def _div_no_nan_gradient(op: Operation, grad: Tensor) -> list[Any]:
    x, y = (conj(t) for t in op.inputs)
    gx = div_no_nan(grad, y)
    gy = grad * div_no_nan(div_no_nan(-x, y), y)
    return reduce_gradients(op.inputs[0], op.inputs[1], gx, gy)


register(
    "DivNoNan",
    "x: T, y: T -> z: T",
    T=INEXACT,
    shape=broadcasted,
    lower=_lower_no_nan(lambda x, y: x / y),
    gradient=_div_no_nan_gradient,
)


def div_no_nan(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Returns x / y, and 0 where y is 0. Mirrors `tf.div_no_nan`."""
    with name_scope(name, "div_no_nan", [x, y]) as scope:
        x = convert_to_tensor(x, name="x")
        y = convert_to_tensor(y, dtype=None if isinstance(y, Tensor) else x.dtype.base_dtype, name="y")
        return _node("DivNoNan", x, y, scope)


def reciprocal_no_nan(x: Any, name: str | None = None) -> Tensor:
    """Returns 1 / x, and 0 where x is 0. Mirrors `tf.math.reciprocal_no_nan`."""
    with name_scope(name, "reciprocal_no_nan", [x]) as scope:
        x = convert_to_tensor(x, name="x")
        return div_no_nan(constant(1, dtype=x.dtype.base_dtype, name="one"), x, name=scope)


def _mul_no_nan_gradient(op: Operation, grad: Tensor) -> list[Any]:
    x, y = op.inputs
    gx, gy = _node("MulNoNan", grad, y), _node("MulNoNan", x, grad)
    if x.shape.is_fully_defined() and x.shape == y.shape:
        return [gx, gy]
    return reduce_gradients(x, y, gx, gy)


register(
    "MulNoNan",
    "x: T, y: T -> z: T",
    T=INEXACT,
    shape=broadcasted,
    lower=_lower_no_nan(lambda x, y: x * y),
    gradient=_mul_no_nan_gradient,
)


def multiply_no_nan(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Returns x * y, and 0 where y is 0 even if x is infinite or not a number. Mirrors `tf.math.multiply_no_nan`."""
    with name_scope(name, "multiply_no_nan", [x, y]) as scope:
        x = convert_to_tensor(x, name="x")
        y = convert_to_tensor(y, dtype=None if isinstance(y, Tensor) else x.dtype.base_dtype, name="y")
        return _node("MulNoNan", x, y, scope)


def _zero_times(combine: Any) -> Any:
    def lower(k: Any, x: Any, y: Any) -> Any:
        zero, one = k.out.type(0), k.out.type(1)
        return k.xp.where(x == 0, zero, combine(k, x, k.xp.where(x == 0, one, y))).astype(k.out)

    return lower


def _is_not_zero(x: Tensor) -> Tensor:
    return elementwise.cast(comparisons.not_equal(x, elementwise.cast(0.0, x.dtype)), x.dtype)


def _xlogy_gradient(op: Operation, grad: Tensor) -> list[Any]:
    x, y = op.inputs
    axes, shape = _broadcast_axes(x, y)
    with control_dependencies([grad]):
        slope_x = _node("Xlogy", _is_not_zero(x), y)
        slope_y = _node("Xdivy", x, y)
        return [
            arrays.reshape(reductions.reduce_sum(slope * grad, axis), size)
            for slope, axis, size in zip((slope_x, slope_y), axes, shape, strict=True)
        ]


def _xdivy_gradient(op: Operation, grad: Tensor) -> list[Any]:
    x, y = op.inputs
    axes, shape = _broadcast_axes(x, y)
    with control_dependencies([grad]):
        slope_x = _node("Xdivy", _is_not_zero(x), y)
        slope_y = _node("Xdivy", elementwise.negative(x), arithmetic.power(y, 2))
        return [
            arrays.reshape(reductions.reduce_sum(slope * grad, axis), size)
            for slope, axis, size in zip((slope_x, slope_y), axes, shape, strict=True)
        ]


register(
    "Xlogy",
    "x: T, y: T -> z: T",
    T=INEXACT,
    shape=broadcasted,
    lower=_zero_times(lambda k, x, y: x * k.xp.log(y)),
    gradient=_xlogy_gradient,
)
register(
    "Xdivy",
    "x: T, y: T -> z: T",
    T=INEXACT,
    shape=broadcasted,
    lower=_zero_times(lambda k, x, y: x / y),
    gradient=_xdivy_gradient,
)


def xlogy(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Returns x * log(y), and 0 where x is 0. Mirrors `tf.math.xlogy`."""
    return _node("Xlogy", x, y, name)


def xdivy(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Returns x / y, and 0 where x is 0. Mirrors `tf.math.xdivy`."""
    with name_scope(name, "xdivy", [x]):
        return _node("Xdivy", x, y)


def _broadcast_axes(x: Tensor, y: Tensor) -> tuple[list[Tensor], list[Tensor]]:
    shapes = [arrays.shape(x), arrays.shape(y)]
    axes: list[Tensor] = build.add("BroadcastGradientArgs", *shapes)
    return axes, shapes


def _node(op_type: str, x: Any, y: Any, name: str | None = None) -> Tensor:
    result: Tensor = build.add(op_type, x, y, name=name)
    return result
