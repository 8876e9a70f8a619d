"""Element-wise functions of one tensor, comparisons, logic and casts."""

from __future__ import annotations

from typing import Any

from graphlab.graph.dtypes import COMPLEXES, EVERY, INEXACT, NUMBERS, REALS, as_dtype, bool_
from graphlab.graph.registry import operator, register
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import build
from graphlab.ops.constant import constant
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import control_dependencies, name_scope
from graphlab.ops.shape_rules import broadcasted, unchanged


def _unary(op_type: str, lower: Any, gradient: Any = None, kinds: Any = INEXACT, stops_gradient: bool = False) -> None:
    register(op_type, "x: T -> y: T", T=kinds, shape=unchanged, lower=lower, gradient=gradient, stops_gradient=stops_gradient)


_unary("Neg", lambda k, x: -x, lambda op, grad: -grad, NUMBERS)


def negative(x: Any, name: str | None = None) -> Tensor:
    """Returns -x element by element. Mirrors `tf.negative`."""
    result: Tensor = build.add("Neg", x, name=name)
    return result


def _square_gradient(op: Operation, grad: Tensor) -> Tensor:
    x = op.inputs[0]
    # 2 * x waits for the incoming gradient, so that it is not held in memory from early on.
    with control_dependencies([grad]):
        return build.add("Mul", grad, build.add("Mul", conj(x), constant(2.0, dtype=x.dtype)))


_unary("Square", lambda k, x: x * x, _square_gradient, NUMBERS)


def square(x: Any, name: str | None = None) -> Tensor:
    """Returns x * x element by element. Mirrors `tf.square`."""
    result: Tensor = build.add("Square", x, name=name)
    return result


def _exp_gradient(op: Operation, grad: Tensor) -> Tensor:
    y = op.outputs[0]
    with control_dependencies([grad]):
        return grad * conj(y)


_unary("Exp", lambda k, x: k.xp.exp(x), _exp_gradient)


def exp(x: Any, name: str | None = None) -> Tensor:
    """Returns e to the power of x element by element. Mirrors `tf.exp`."""
    result: Tensor = build.add("Exp", x, name=name)
    return result


def _log_gradient(op: Operation, grad: Tensor) -> Tensor:
    x = op.inputs[0]
    with control_dependencies([grad]):
        return grad * build.add("Reciprocal", conj(x))


_unary("Log", lambda k, x: k.xp.log(x), _log_gradient)


def log(x: Any, name: str | None = None) -> Tensor:
    """Returns the natural logarithm of x element by element. Mirrors `tf.log`."""
    result: Tensor = build.add("Log", x, name=name)
    return result


_unary("Reciprocal", lambda k, x: 1 / x, lambda op, grad: build.add("ReciprocalGrad", op.outputs[0], grad))
register("ReciprocalGrad", "y: T, dy: T -> z: T", T=INEXACT, shape=unchanged, lower=lambda k, y, dy: -dy * y * y)


def reciprocal(x: Any, name: str | None = None) -> Tensor:
    """Returns 1 / x element by element. Mirrors `tf.reciprocal`."""
    result: Tensor = build.add("Reciprocal", x, name=name)
    return result


def _sin_gradient(op: Operation, grad: Tensor) -> Tensor:
    with control_dependencies([grad]):
        return grad * cos(conj(op.inputs[0]))


def _cos_gradient(op: Operation, grad: Tensor) -> Tensor:
    with control_dependencies([grad]):
        return -grad * sin(conj(op.inputs[0]))


_unary("Sin", lambda k, x: k.xp.sin(x), _sin_gradient)
_unary("Cos", lambda k, x: k.xp.cos(x), _cos_gradient)


def sin(x: Any, name: str | None = None) -> Tensor:
    """Returns the sine of x (radians) element by element. Mirrors `tf.sin`."""
    result: Tensor = build.add("Sin", x, name=name)
    return result


def cos(x: Any, name: str | None = None) -> Tensor:
    """Returns the cosine of x (radians) element by element. Mirrors `tf.cos`."""
    result: Tensor = build.add("Cos", x, name=name)
    return result


_unary("Sqrt", lambda k, x: k.xp.sqrt(x), lambda op, grad: build.add("SqrtGrad", op.outputs[0], grad))
register("SqrtGrad", "y: T, dy: T -> z: T", T=INEXACT, shape=unchanged, lower=lambda k, y, dy: dy * 0.5 / y)


def sqrt(x: Any, name: str | None = None) -> Tensor:
    """Returns the square root of x element by element. Mirrors `tf.sqrt`."""
    result: Tensor = build.add("Sqrt", x, name=name)
    return result


_unary("Abs", lambda k, x: k.xp.abs(x), lambda op, grad: grad * sign(op.inputs[0]), REALS)


def abs_(x: Any, name: str | None = None) -> Tensor:
    """Returns the absolute value of x element by element. Mirrors `tf.abs`."""
    with name_scope(name, "Abs", [x]) as scope:
        result: Tensor = build.add("Abs", x, name=scope)
        return result


_unary("Sign", lambda k, x: k.xp.sign(x), lambda op, grad: build.add("ZerosLike", op.inputs[0]), NUMBERS)


def sign(x: Any, name: str | None = None) -> Tensor:
    """Returns -1, 0 or 1 as x is negative, zero or positive. Mirrors `tf.sign`."""
    result: Tensor = build.add("Sign", x, name=name)
    return result


_unary("Conj", lambda k, x: k.xp.conj(x), lambda op, grad: conj(grad), COMPLEXES)


def conj(x: Any, name: str | None = None) -> Tensor:
    """Returns the complex conjugate; a real tensor is returned as it is. Mirrors `tf.conj`."""
    if isinstance(x, Tensor) and not x.dtype.is_complex:
        return x
    result: Tensor = build.add("Conj", x, name=name)
    return result


register(
    "Cast",
    "x: SrcT -> y: DstT",
    SrcT=EVERY,
    DstT=EVERY,
    Truncate=False,
    shape=unchanged,
    lower=lambda k, x: k.xp.asarray(x).astype(k.out),
    gradient=lambda op, grad: cast(grad, op.inputs[0].dtype.base_dtype) if _is_cast_differentiable(op) else None,
)


def _is_cast_differentiable(op: Operation) -> bool:
    return all(t.dtype.base_dtype in INEXACT for t in (op.inputs[0], op.outputs[0]))


def cast(x: Any, dtype: Any, name: str | None = None) -> Tensor:
    """Returns x with another element type; a tensor that has it already is returned as it is. Mirrors `tf.cast`.

    Args:
        x: the tensor.
        dtype: the element type of the result.
        name: the name of the operation.

    Raises:
        TypeError: `dtype` is no element type.
    """
    kind = as_dtype(dtype).base_dtype
    with name_scope(name, "Cast", [x]) as scope:
        x = convert_to_tensor(x, name="x")
        if x.dtype.base_dtype is kind:
            tensor: Tensor = x
            return tensor
        result: Tensor = build.add("Cast", x, DstT=kind, name=scope)
        return result


def _comparison(op_type: str, symbol: str | None, lower: Any, kinds: Any = REALS) -> Any:
    extra = {"incompatible_shape_error": True} if op_type in ("Equal", "NotEqual") else {}
    register(op_type, "x: T, y: T -> z: bool", T=kinds, shape=broadcasted, lower=lower, stops_gradient=True, **extra)

    def function(x: Any, y: Any, name: str | None = None) -> Tensor:
        result: Tensor = build.add(op_type, x, y, name=name)
        return result

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
equal = _comparison("Equal", None, lambda k, x, y: x == y, EVERY)
not_equal = _comparison("NotEqual", None, lambda k, x, y: x != y, EVERY)

register("LogicalNot", "x: bool -> y: bool", shape=unchanged, lower=lambda k, x: k.xp.logical_not(x), stops_gradient=True)


def logical_not(x: Any, name: str | None = None) -> Tensor:
    """Returns the truth value of NOT x element by element. Mirrors `tf.logical_not`."""
    result: Tensor = build.add("LogicalNot", x, name=name)
    return result


def _logic(op_type: str, symbol: str, scope_name: str, lower: Any) -> Any:
    register(op_type, "x: bool, y: bool -> z: bool", shape=broadcasted, lower=lower, stops_gradient=True)

    def function(x: Any, y: Any, name: str | None = None) -> Tensor:
        result: Tensor = build.add(op_type, x, y, name=name)
        return result

    def forward(x: Any, y: Any) -> Tensor:
        with name_scope(None, scope_name, [x, y]) as scope:
            return function(x, convert_to_tensor(y, dtype=bool_, name="y"), scope)

    def reflected(x: Any, y: Any) -> Tensor:
        with name_scope(None, scope_name, [x, y]) as scope:
            return function(convert_to_tensor(x, dtype=bool_, name="x"), y, scope)

    operator(symbol)(forward)
    operator("r" + symbol)(reflected)
    function.__doc__ = f"Returns `{op_type}` of two bool tensors, element by element."
    return function


logical_and = _logic("LogicalAnd", "and", "and", lambda k, x, y: k.xp.logical_and(x, y))
logical_or = _logic("LogicalOr", "or", "or", lambda k, x, y: k.xp.logical_or(x, y))

operator("neg")(negative)
operator("abs")(abs_)
operator("invert")(logical_not)

