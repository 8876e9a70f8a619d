"""Python's operators on what stands for a tensor: tensors themselves and variables."""

from __future__ import annotations

from typing import Any, Final, NoReturn

from graphlab.graph.missing import missing_from_tensor
from graphlab.graph.registry import operators


class Operand:
    """Gives a class the operators; the functions behind them are registered by the op families."""

    __slots__ = ()

    # NumPy leaves `array + tensor` to the tensor.
    __array_priority__: Final = 100

    def __getattr__(self, name: str) -> NoReturn:
        raise missing_from_tensor(self, name)

    def _operand(self) -> Any:
        """The tensor to compute with."""
        raise NotImplementedError

    def __add__(self, other: Any) -> Any:
        return _apply("add", self, other)

    def __radd__(self, other: Any) -> Any:
        return _reflected("add", other, self)

    def __sub__(self, other: Any) -> Any:
        return _apply("sub", self, other)

    def __rsub__(self, other: Any) -> Any:
        return _reflected("sub", other, self)

    def __mul__(self, other: Any) -> Any:
        return _apply("mul", self, other)

    def __rmul__(self, other: Any) -> Any:
        return _reflected("mul", other, self)

    def __truediv__(self, other: Any) -> Any:
        return _apply("truediv", self, other)

    def __rtruediv__(self, other: Any) -> Any:
        return _reflected("truediv", other, self)

    def __floordiv__(self, other: Any) -> Any:
        return _apply("floordiv", self, other)

    def __rfloordiv__(self, other: Any) -> Any:
        return _reflected("floordiv", other, self)

    def __mod__(self, other: Any) -> Any:
        return _apply("mod", self, other)

    def __rmod__(self, other: Any) -> Any:
        return _reflected("mod", other, self)

    def __pow__(self, other: Any) -> Any:
        return _apply("pow", self, other)

    def __rpow__(self, other: Any) -> Any:
        return _reflected("pow", other, self)

    def __matmul__(self, other: Any) -> Any:
        return _apply("matmul", self, other)

    def __rmatmul__(self, other: Any) -> Any:
        return _reflected("matmul", other, self)

    def __and__(self, other: Any) -> Any:
        return _apply("and", self, other)

    def __rand__(self, other: Any) -> Any:
        return _reflected("and", other, self)

    def __or__(self, other: Any) -> Any:
        return _apply("or", self, other)

    def __ror__(self, other: Any) -> Any:
        return _reflected("or", other, self)

    def __xor__(self, other: Any) -> Any:
        return _apply("xor", self, other)

    def __rxor__(self, other: Any) -> Any:
        return _reflected("xor", other, self)

    def __lt__(self, other: Any) -> Any:
        return _apply("less", self, other)

    def __le__(self, other: Any) -> Any:
        return _apply("less_equal", self, other)

    def __gt__(self, other: Any) -> Any:
        return _apply("greater", self, other)

    def __ge__(self, other: Any) -> Any:
        return _apply("greater_equal", self, other)

    def __neg__(self) -> Any:
        return _unary("neg", self)

    def __abs__(self) -> Any:
        return _unary("abs", self)

    def __invert__(self) -> Any:
        return _unary("invert", self)

    def __getitem__(self, key: Any) -> Any:
        return _apply("getitem", self, key)


def _apply(name: str, x: Operand, y: Any) -> Any:
    return operators()[name](x._operand(), y)


def _reflected(name: str, x: Any, y: Operand) -> Any:
    return operators()["r" + name](x, y._operand())


def _unary(name: str, x: Operand) -> Any:
    return operators()[name](x._operand())
