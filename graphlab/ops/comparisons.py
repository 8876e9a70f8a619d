"""Comparisons, logic on truth values, and logic on the bits of integers."""

from __future__ import annotations

from typing import Any, Protocol

from graphlab.graph.dtypes import EVERY, INTS, REALS, DType, bool_
from graphlab.graph.registry import operator, register
from graphlab.graph.tensor import Tensor
from graphlab.ops import build
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import name_scope
from graphlab.ops.shape_rules import broadcasted, unchanged


class Binary(Protocol):
    """A function of two tensors, element by element with broadcasting."""

    def __call__(self, x: Any, y: Any, name: str | None = None) -> Tensor:
        """Adds the node."""


def _comparison(op_type: str, symbol: str | None, lower: Any, kinds: tuple[DType, ...] = REALS) -> Binary:
    extra: dict[str, Any] = {"incompatible_shape_error": True} if op_type in ("Equal", "NotEqual") else {}
    register(op_type, "x: T, y: T -> z: bool", T=kinds, shape=broadcasted, lower=lower, stops_gradient=True, **extra)

    def function(x: Any, y: Any, name: str | None = None) -> Tensor:
        return _node(op_type, x, y, name=name)

    if symbol:

        def forward(x: Any, y: Any) -> Tensor:
            with name_scope(None, op_type, [x, y]) as scope:
                return function(x, convert_to_tensor(y, preferred_dtype=x.dtype.base_dtype, name="y"), scope)

        operator(symbol)(forward)
    function.__doc__ = f"Returns a bool tensor: where `{op_type}` of x and y holds, element by element."
    return function


less = _comparison("Less", "less", lambda k, x, y: x < y)
less_equal = _comparison("LessEqual", "less_equal", lambda k, x, y: x <= y)
greater = _comparison("Greater", "greater", lambda k, x, y: x > y)
greater_equal = _comparison("GreaterEqual", "greater_equal", lambda k, x, y: x >= y)
equal = _comparison("Equal", None, lambda k, x, y: k.xp.equal(x, y), EVERY)
not_equal = _comparison("NotEqual", None, lambda k, x, y: k.xp.not_equal(x, y), EVERY)

register(
    "LogicalNot", "x: bool -> y: bool", shape=unchanged, lower=lambda k, x: k.xp.logical_not(x), stops_gradient=True
)


def logical_not(x: Any, name: str | None = None) -> Tensor:
    """Returns the truth value of NOT x element by element. Mirrors `tf.logical_not`."""
    return _node("LogicalNot", x, name=name)


register(
    "LogicalAnd",
    "x: bool, y: bool -> z: bool",
    shape=broadcasted,
    lower=lambda k, x, y: k.xp.logical_and(x, y),
    stops_gradient=True,
)


def logical_and(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Returns the truth value of x AND y element by element. Mirrors `tf.logical_and`."""
    return _node("LogicalAnd", x, y, name=name)


register(
    "LogicalOr",
    "x: bool, y: bool -> z: bool",
    shape=broadcasted,
    lower=lambda k, x, y: k.xp.logical_or(x, y),
    stops_gradient=True,
)


def logical_or(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Returns the truth value of x OR y element by element. Mirrors `tf.logical_or`."""
    return _node("LogicalOr", x, y, name=name)


def logical_xor(x: Any, y: Any, name: str | None = "LogicalXor") -> Tensor:
    """Returns whether exactly one of x and y is true, element by element. Mirrors `tf.logical_xor`."""
    return logical_and(logical_or(x, y), logical_not(logical_and(x, y)), name=name)


_BITS = "x: T, y: T -> z: T"
register("BitwiseAnd", _BITS, T=INTS, shape=broadcasted, lower=lambda k, x, y: x & y, stops_gradient=True)
register("BitwiseOr", _BITS, T=INTS, shape=broadcasted, lower=lambda k, x, y: x | y, stops_gradient=True)
register("BitwiseXor", _BITS, T=INTS, shape=broadcasted, lower=lambda k, x, y: x ^ y, stops_gradient=True)
register("Invert", "x: T -> y: T", T=INTS, shape=unchanged, lower=lambda k, x: ~x, stops_gradient=True)


def _install(symbol: str, logical: Any, bitwise: str) -> None:
    def combined(x: Any, y: Any, dtype: DType) -> Tensor:
        with name_scope(None, symbol, [x, y]) as scope:
            if dtype is bool_:
                result: Tensor = logical(x, y, scope)
                return result
            return _node(bitwise, convert_to_tensor(x, dtype, "x"), convert_to_tensor(y, dtype, "y"))

    def forward(x: Tensor, y: Any) -> Tensor:
        return combined(x, y, x.dtype.base_dtype)

    def reflected(x: Any, y: Tensor) -> Tensor:
        return combined(x, y, y.dtype.base_dtype)

    operator(symbol)(forward)
    operator("r" + symbol)(reflected)


def _invert(x: Tensor) -> Tensor:
    return logical_not(x) if x.dtype.base_dtype is bool_ else _node("Invert", x)


def _node(op_type: str, *values: Any, name: str | None = None) -> Tensor:
    result: Tensor = build.add(op_type, *values, name=name)
    return result


_install("and", logical_and, "BitwiseAnd")
_install("or", logical_or, "BitwiseOr")
_install("xor", logical_xor, "BitwiseXor")
operator("invert")(_invert)
