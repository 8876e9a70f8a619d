"""Division on two tensors, with broadcasting: true, rounded down, rounded towards zero, and what remains."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphlab.graph.demands import demand
from graphlab.graph.dtypes import NUMBERS, REALS, float32, float64
from graphlab.graph.registry import register
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import build, elementwise
from graphlab.ops.broadcasting import reduce_gradients
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.operators import install_operator
from graphlab.ops.scopes import name_scope
from graphlab.ops.shape_rules import broadcasted


def _div_gradient(op: Operation, grad: Tensor) -> list[Any]:
    x, y = (elementwise.conj(t) for t in op.inputs)
    gx = realdiv(grad, y)
    gy = grad * realdiv(realdiv(-x, y), y)
    return reduce_gradients(op.inputs[0], op.inputs[1], gx, gy)


register(
    "RealDiv",
    "x: T, y: T -> z: T",
    T=NUMBERS,
    shape=broadcasted,
    lower=lambda k, x, y: k.xp.true_divide(x, y),
    gradient=_div_gradient,
)


def realdiv(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Returns x / y for floating point tensors. Mirrors `tf.realdiv`."""
    return _node("RealDiv", x, y, name)


def truediv(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Returns x / y as Python 3 divides: integers become floating point first. Mirrors `tf.truediv`.

    Raises:
        TypeError: x and y have different element types.
    """
    with name_scope(name, "truediv", [x, y]) as scope:
        x = convert_to_tensor(x, name="x")
        y = convert_to_tensor(y, dtype=x.dtype.base_dtype if not isinstance(y, Tensor) else None, name="y")
        return _truediv(x, y, scope)


def _truediv(x: Tensor, y: Tensor, name: str) -> Tensor:
    kind = x.dtype.base_dtype
    if kind is not y.dtype.base_dtype:
        raise TypeError(f"`x` and `y` must have the same dtype, got {kind!r} != {y.dtype.base_dtype!r}. Use tf.cast.")
    if kind.is_integer:
        wide = float32 if kind.size < 4 else float64
        x, y = elementwise.cast(x, wide), elementwise.cast(y, wide)
    return _node("RealDiv", x, y, name)


def divide(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Returns x / y as Python 3 divides. Mirrors `tf.divide`."""
    if not (name or isinstance(x, Tensor)):
        x = convert_to_tensor(x, dtype=y.dtype.base_dtype if isinstance(y, Tensor) else None)
    return truediv(x, y, name)


def _whole(name: str) -> Any:
    """A lowering by a function of that name, which refuses to divide integers by zero."""

    def lower(k: Any, x: Any, y: Any) -> Any:
        if k.out.kind in "iu" and k.xp.size(x):
            if k.xp is not np:
                demand(k.xp.all(y != 0))
            elif not np.all(y):
                raise ValueError("Integer division by zero")
        return getattr(k.xp, name)(x, y).astype(k.out)

    return lower


def _lower_floordiv(k: Any, x: Any, y: Any) -> Any:
    return _whole("floor_divide")(k, x, y) if k.out.kind in "iu" else k.xp.floor(x / y)


register(
    "FloorDiv",
    "x: T, y: T -> z: T",
    T=REALS,
    shape=broadcasted,
    lower=_lower_floordiv,
    gradient=lambda op, grad: [None, None],
)


def floordiv(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Returns x / y rounded towards minus infinity. Mirrors `tf.floordiv`."""
    with name_scope(name, "floordiv", [x, y]) as scope:
        return _node("FloorDiv", x, y, scope)


def _mod_gradient(op: Operation, grad: Tensor) -> list[Any]:
    x, y = op.inputs
    floor_xy = _node("FloorDiv", x, y, None)
    return reduce_gradients(x, y, grad, grad * elementwise.negative(floor_xy))


register(
    "FloorMod",
    "x: T, y: T -> z: T",
    T=REALS,
    shape=broadcasted,
    lower=_whole("mod"),
    gradient=_mod_gradient,
)


def floormod(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Returns the remainder of floored division; it has y's sign. Mirrors `tf.floormod` and `tf.mod`."""
    with name_scope(name, "FloorMod", [x, y]) as scope:
        return _node("FloorMod", x, y, scope)


def _truncated_quotient(k: Any, x: Any, y: Any) -> Any:
    remainder = _whole("fmod")(k, x, y)
    return k.xp.floor_divide(x - remainder, y).astype(k.out) if k.out.kind in "iu" else k.xp.trunc(x / y)


register(
    "TruncateDiv",
    "x: T, y: T -> z: T",
    T=REALS,
    shape=broadcasted,
    lower=_truncated_quotient,
    gradient=lambda op, grad: [None, None],
)
register("TruncateMod", "x: T, y: T -> z: T", T=REALS, shape=broadcasted, lower=_whole("fmod"), stops_gradient=True)


def truncatediv(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Returns x / y rounded towards zero. Mirrors `tf.truncatediv`."""
    return _node("TruncateDiv", x, y, name)


def truncatemod(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Returns the remainder of division towards zero; it has x's sign. Mirrors `tf.truncatemod`."""
    return _node("TruncateMod", x, y, name)


def div(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Returns x / y as Python 2 divides: integers are rounded towards minus infinity. Mirrors `tf.div`.

    Raises:
        ValueError: x and y have different element types.
    """
    with name_scope(name, "div", [x, y]) as scope:
        x = convert_to_tensor(x, name="x")
        y = convert_to_tensor(y, dtype=x.dtype.base_dtype, name="y")
        return _node("FloorDiv" if x.dtype.is_integer else "RealDiv", x, y, scope)


def _node(op_type: str, x: Any, y: Any, name: str | None) -> Tensor:
    result: Tensor = build.add(op_type, x, y, name=name)
    return result


install_operator("truediv", _truediv)
install_operator("floordiv", lambda x, y, name: _node("FloorDiv", x, y, name))
install_operator("mod", lambda x, y, name: _node("FloorMod", x, y, name))
