"""Element-wise functions of one tensor: powers, exponentials, absolute values; casts."""

from __future__ import annotations

from typing import Any, Protocol

from graphlab.graph.dtypes import (
    COMPLEXES,
    EVERY,
    FLOATS,
    INEXACT,
    NUMBERS,
    REALS,
    DType,
    as_dtype,
    complex64,
    float32,
    float64,
)
from graphlab.graph.registry import operator, register
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arrays, build
from graphlab.ops.constant import constant
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import control_dependencies, name_scope
from graphlab.ops.shape_rules import merged, unchanged


class Unary(Protocol):
    """A function of one tensor, element by element."""

    def __call__(self, x: Any, name: str | None = None) -> Tensor:
        """Adds the node."""


def unary(
    op_type: str,
    summary: str,
    lower: Any,
    gradient: Any = None,
    kinds: tuple[DType, ...] = INEXACT,
    *,
    result: str = "T",
    stops_gradient: bool = False,
) -> Unary:
    """Registers an element-wise op type and returns its public function.

    Args:
        op_type: the op type.
        summary: the first line of the function's docstring.
        lower: the lowering.
        gradient: the gradient rule.
        kinds: the element types that it takes.
        result: the element type of the output in the op's signature.
        stops_gradient: whether no gradient flows through.
    """
    register(
        op_type,
        f"x: T -> y: {result}",
        T=kinds,
        shape=unchanged,
        lower=lower,
        gradient=gradient,
        stops_gradient=stops_gradient,
    )

    def function(x: Any, name: str | None = None) -> Tensor:
        result: Tensor = build.add(op_type, x, name=name)
        return result

    function.__doc__ = summary
    return function


def after(gradient: Any) -> Any:
    """Lets the nodes of a gradient rule wait for the incoming gradient, so that nothing is held in memory from early on."""

    def rule(op: Operation, grad: Tensor) -> Any:
        with control_dependencies([grad]):
            return gradient(op, grad)

    return rule


negative = unary(
    "Neg", "Returns -x element by element. Mirrors `tf.negative`.", lambda k, x: -x, lambda op, grad: -grad, NUMBERS
)


@after
def _square_gradient(op: Operation, grad: Tensor) -> Any:
    return build.add("Mul", grad, build.add("Mul", conj(op.inputs[0]), constant(2.0, dtype=op.inputs[0].dtype)))


square = unary(
    "Square", "Returns x * x element by element. Mirrors `tf.square`.", lambda k, x: x * x, _square_gradient, NUMBERS
)
exp = unary(
    "Exp",
    "Returns e to the power of x element by element. Mirrors `tf.exp`.",
    lambda k, x: k.xp.exp(x),
    after(lambda op, grad: grad * conj(op.outputs[0])),
)
expm1 = unary(
    "Expm1",
    "Returns exp(x) - 1 element by element, exactly for small x too. Mirrors `tf.expm1`.",
    lambda k, x: k.xp.expm1(x),
    after(lambda op, grad: grad * exp(conj(op.inputs[0]))),
)
log = unary(
    "Log",
    "Returns the natural logarithm of x element by element. Mirrors `tf.log`.",
    lambda k, x: k.xp.log(x),
    after(lambda op, grad: grad * reciprocal(conj(op.inputs[0]))),
)
log1p = unary(
    "Log1p",
    "Returns log(1 + x) element by element, exactly for small x too. Mirrors `tf.log1p`.",
    lambda k, x: k.xp.log1p(x),
    after(lambda op, grad: grad * reciprocal(1 + conj(op.inputs[0]))),
)


@after
def _reciprocal_grad_gradient(op: Operation, grad: Tensor) -> Any:
    y, dy = conj(op.inputs[0]), op.inputs[1]
    return [conj(grad) * -2.0 * dy * y, build.add("ReciprocalGrad", y, grad)]


def _gradient_op(op_type: str, lower: Any, gradient: Any) -> None:
    register(op_type, "y: T, dy: T -> z: T", T=INEXACT, shape=merged, lower=lower, gradient=gradient)


_gradient_op("ReciprocalGrad", lambda k, y, dy: -dy * y * y, _reciprocal_grad_gradient)
reciprocal: Unary = unary(
    "Reciprocal",
    "Returns 1 / x element by element. Mirrors `tf.reciprocal`.",
    lambda k, x: (1 / x).astype(k.out),
    lambda op, grad: build.add("ReciprocalGrad", op.outputs[0], grad),
    NUMBERS,
)


@after
def _sqrt_grad_gradient(op: Operation, grad: Tensor) -> Any:
    share = grad / op.inputs[0]
    return [-conj(share) * op.outputs[0], 0.5 * share]


_gradient_op("SqrtGrad", lambda k, y, dy: (dy * 0.5 / y).astype(k.out), _sqrt_grad_gradient)
sqrt = unary(
    "Sqrt",
    "Returns the square root of x element by element. Mirrors `tf.sqrt`.",
    lambda k, x: k.xp.sqrt(x),
    lambda op, grad: build.add("SqrtGrad", op.outputs[0], grad),
)


@after
def _rsqrt_grad_gradient(op: Operation, grad: Tensor) -> Any:
    y, dy = conj(op.inputs[0]), op.inputs[1]
    return [-1.5 * conj(grad) * dy * square(y), build.add("RsqrtGrad", y, grad)]


_gradient_op("RsqrtGrad", lambda k, y, dy: (y * y * y * dy * -0.5).astype(k.out), _rsqrt_grad_gradient)
rsqrt = unary(
    "Rsqrt",
    "Returns 1 / sqrt(x) element by element. Mirrors `tf.rsqrt`.",
    lambda k, x: (1 / k.xp.sqrt(x)).astype(k.out),
    lambda op, grad: build.add("RsqrtGrad", op.outputs[0], grad),
)

register(
    "Abs",
    "x: T -> y: T",
    T=REALS,
    shape=unchanged,
    lower=lambda k, x: k.xp.abs(x),
    gradient=lambda op, grad: grad * sign(op.inputs[0]),
)


def _complex_abs_gradient(op: Operation, grad: Tensor) -> Any:
    kind = op.inputs[0].dtype
    return cast(grad, kind) * sign(op.inputs[0])


register(
    "ComplexAbs",
    "x: T -> y: Tout",
    T=COMPLEXES,
    Tout=FLOATS,
    shape=unchanged,
    lower=lambda k, x: k.xp.abs(x),
    gradient=_complex_abs_gradient,
)


def abs_(x: Any, name: str | None = None) -> Tensor:
    """Returns the absolute value of x element by element, a real number for complex x too. Mirrors `tf.abs`."""
    with name_scope(name, "Abs", [x]) as scope:
        tensor = convert_to_tensor(x, name="x")
        if tensor.dtype.is_complex:
            return _node("ComplexAbs", tensor, Tout=real_part(tensor.dtype), name=scope)
        return _node("Abs", tensor, name=scope)


_sign: Unary = unary("Sign", "", lambda k, x: k.xp.sign(x), lambda op, grad: arrays.zeros_like(op.inputs[0]), NUMBERS)


def sign(x: Any, name: str | None = None) -> Tensor:
    """Returns -1, 0 or 1 as x is negative, zero or positive. Mirrors `tf.sign`."""
    return _sign(convert_to_tensor(x), name=name)


register(
    "Conj",
    "x: T -> y: T",
    T=COMPLEXES,
    shape=unchanged,
    lower=lambda k, x: k.xp.conj(x),
    gradient=lambda op, grad: conj(grad),
)


def conj(x: Any, name: str | None = None) -> Tensor:
    """Returns the complex conjugate; a real tensor is returned as it is. Mirrors `tf.conj`."""
    if isinstance(x, Tensor) and not x.dtype.is_complex:
        return x
    with name_scope(name, "Conj", [x]) as scope:
        tensor = convert_to_tensor(x, name="x")
        return _node("Conj", tensor, name=scope) if tensor.dtype.is_complex else tensor


def real_part(kind: DType) -> DType:
    """The element type of the real part of a complex element type."""
    return float32 if kind.base_dtype is complex64 else float64


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
    if isinstance(x, Tensor) and x.dtype is kind:
        return x
    with name_scope(name, "Cast", [x]) as scope:
        x = convert_to_tensor(x, name="x")
        if x.dtype.base_dtype is kind:
            tensor: Tensor = x
            return tensor
        result: Tensor = build.add("Cast", x, DstT=kind, name=scope)
        return result


def _node(op_type: str, *values: Any, name: str | None = None, **attrs: Any) -> Tensor:
    result: Tensor = build.add(op_type, *values, name=name, **attrs)
    return result


operator("neg")(negative)
operator("abs")(abs_)
