"""Python's operators on variables: they work on the tensor that reads the variable."""

from __future__ import annotations

from typing import Any, Final, TypeVar

from graphlab.graph.registry import operators

Class = TypeVar("Class", bound=type)

_BINARY: Final = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and", "or", "xor")
_OTHERS: Final = {
    "less": "__lt__",
    "less_equal": "__le__",
    "greater": "__gt__",
    "greater_equal": "__ge__",
}
_UNARY: Final = ("neg", "abs", "invert")


def add_operators(variable: Class) -> Class:
    """Decorator: gives a class of variables the operators of the tensor that its `value()` returns."""
    for name in _BINARY:
        setattr(variable, f"__{name}__", _forward(name))
        setattr(variable, f"__r{name}__", _reflected(name))
    for name, method in _OTHERS.items():
        setattr(variable, method, _forward(name))
    for name in _UNARY:
        setattr(variable, f"__{name}__", _unary(name))
    return variable


def _forward(name: str) -> Any:
    return lambda self, other: operators()[name](self.value(), other)


def _reflected(name: str) -> Any:
    return lambda self, other: operators()["r" + name](other, self.value())


def _unary(name: str) -> Any:
    return lambda self: operators()[name](self.value())
