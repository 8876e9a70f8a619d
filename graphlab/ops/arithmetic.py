"""Element-wise arithmetic on two tensors, with broadcasting."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphlab.graph.demands import demand
from graphlab.graph.dtypes import COMPLEXES, NUMBERS, REALS, float32, int32, string
from graphlab.graph.registry import Effect, register
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arrays, build, comparisons, elementwise, selecting
from graphlab.ops.broadcasting import reduce_gradients, same_static_shapes
from graphlab.ops.constant import constant
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.operators import install_operator
from graphlab.ops.scopes import control_dependencies, name_scope
from graphlab.ops.shape_rules import broadcasted, merged


def _add_gradient(op: Operation, grad: Tensor) -> list[Any]:
    x, y = op.inputs
    if same_static_shapes(x, y, grad):
        return [grad, grad]
    return reduce_gradients(x, y, grad, grad)


def _lower_add(k: Any, x: Any, y: Any) -> Any:
    return x + y


register("Add", "x: T, y: T -> z: T", T=(*NUMBERS, string), shape=broadcasted, lower=_lower_add, gradient=_add_gradient)
register("AddV2", "x: T, y: T -> z: T", T=NUMBERS, shape=broadcasted, lower=_lower_add, gradient=_add_gradient)


def add(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Returns x + y element by element. Mirrors `tf.add`."""
    with name_scope(name, "Add", [x]) as scope:
        x = convert_to_tensor(x, name="x")
        y = convert_to_tensor(y, preferred_dtype=x.dtype.base_dtype, name="y")
        return _add(x, y, scope)


def _add(x: Tensor, y: Tensor, name: str) -> Tensor:
    return _node("Add" if x.dtype.base_dtype is string else "AddV2", x, y, name)


def _sub_gradient(op: Operation, grad: Tensor) -> list[Any]:
    x, y = op.inputs
    if same_static_shapes(x, y, grad):
        return [grad, -grad]
    return reduce_gradients(x, y, grad, -grad)


register("Sub", "x: T, y: T -> z: T", T=NUMBERS, shape=broadcasted, lower=lambda k, x, y: x - y, gradient=_sub_gradient)


def subtract(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Returns x - y element by element. Mirrors `tf.subtract`."""
    return _node("Sub", x, y, name)


def _mul_gradient(op: Operation, grad: Tensor) -> list[Any]:
    x, y = op.inputs
    if same_static_shapes(x, y, grad) and grad.dtype in (int32, float32):
        return [multiply(grad, y), multiply(grad, x)]
    gx = multiply(grad, elementwise.conj(y))
    gy = multiply(elementwise.conj(x), grad)
    return reduce_gradients(x, y, gx, gy)


def _lower_mul(k: Any, x: Any, y: Any) -> Any:
    product = x * y
    if k.xp is not np and any(t.op.definition.effect is Effect.RANDOM for t in k.node.inputs):
        # XLA would round `random * scale + shift` once; TensorFlow rounds twice, and random numbers are its own to the last bit.
        # The choice between product and x, always for the product, keeps product and sum apart.
        return k.xp.where(product == product, product, x)  # noqa: PLR0124
    return product


register("Mul", "x: T, y: T -> z: T", T=NUMBERS, shape=broadcasted, lower=_lower_mul, gradient=_mul_gradient)


def multiply(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Returns x * y element by element. Mirrors `tf.multiply`."""
    return _node("Mul", x, y, name)


def _squared_difference_gradient(op: Operation, grad: Tensor) -> list[Any]:
    x, y = op.inputs
    with control_dependencies([grad]):
        slope = multiply(constant(2.0, dtype=grad.dtype.base_dtype, name="scalar"), grad) * (x - y)
    if same_static_shapes(x, y, grad):
        return [slope, -slope]
    return reduce_gradients(x, y, slope, -slope)


register(
    "SquaredDifference",
    "x: T, y: T -> z: T",
    T=NUMBERS,
    shape=broadcasted,
    lower=lambda k, x, y: (x - y) * k.xp.conj(x - y),
    gradient=_squared_difference_gradient,
)


def squared_difference(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Returns (x - y) squared element by element. Mirrors `tf.squared_difference`."""
    return _node("SquaredDifference", x, y, name)


def _pow_gradient(op: Operation, grad: Tensor) -> list[Any]:
    x, y = op.inputs
    z = op.outputs[0]
    cx, cy = elementwise.conj(x), elementwise.conj(y)
    gx = grad * cy * power(cx, cy - 1)
    mask = x > 0 if x.dtype.base_dtype not in COMPLEXES else comparisons.not_equal(x, 0)
    ones = arrays.ones_like(x)
    safe_x = arrays.where(mask, cx, ones)
    log_x = arrays.where(mask, elementwise.log(safe_x), arrays.zeros_like(x))
    gy = grad * elementwise.conj(z) * log_x
    return reduce_gradients(x, y, gx, gy)


def _lower_pow(k: Any, x: Any, y: Any) -> Any:
    if k.out.kind in "iu":
        if k.xp is not np:
            demand(k.xp.all(y >= 0))
        elif np.any(np.less(y, 0)):
            raise ValueError("Integers to negative integer powers are not allowed")
    return k.xp.power(x, y)


register("Pow", "x: T, y: T -> z: T", T=NUMBERS, shape=broadcasted, lower=_lower_pow, gradient=_pow_gradient)


def power(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Returns x to the power of y element by element. Mirrors `tf.pow`."""
    with name_scope(name, "Pow", [x]) as scope:
        return _node("Pow", x, y, scope)


def _extremum_gradient(selector: Any) -> Any:
    def gradient(op: Operation, grad: Tensor) -> list[Any]:
        x, y = op.inputs
        zeros = arrays.zeros_like(grad)
        chosen = selector(x, y)
        gx = selecting.where_v2(chosen, grad, zeros)
        gy = selecting.where_v2(chosen, zeros, grad)
        return reduce_gradients(x, y, gx, gy)

    return gradient


register(
    "Maximum",
    "x: T, y: T -> z: T",
    T=REALS,
    shape=broadcasted,
    lower=lambda k, x, y: k.xp.maximum(x, y),
    gradient=_extremum_gradient(comparisons.greater_equal),
)
register(
    "Minimum",
    "x: T, y: T -> z: T",
    T=REALS,
    shape=broadcasted,
    lower=lambda k, x, y: k.xp.minimum(x, y),
    gradient=_extremum_gradient(comparisons.less_equal),
)


def maximum(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Returns the larger of x and y element by element. Mirrors `tf.maximum`."""
    return _node("Maximum", x, y, name)


def minimum(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Returns the smaller of x and y element by element. Mirrors `tf.minimum`."""
    return _node("Minimum", x, y, name)


def _add_n(k: Any, *inputs: Any) -> Any:
    total = inputs[0]
    for item in inputs[1:]:
        total = total + item
    return total


register(
    "AddN",
    "inputs: N*T -> sum: T",
    T=NUMBERS,
    shape=merged,
    lower=_add_n,
    gradient=lambda op, grad: [grad] * len(op.inputs),
)


def add_n(inputs: Any, name: str | None = None) -> Tensor:
    """Returns the sum of a list of tensors of one shape. Mirrors `tf.add_n`.

    Raises:
        ValueError: the list is empty, or the shapes differ.
    """
    if not isinstance(inputs, (list, tuple)) or not inputs:
        raise ValueError(
            "inputs must be an iterable of at least one Tensor/IndexedSlices with the same dtype and shape"
        )
    tensors = [convert_to_tensor(t) for t in inputs]
    if len(tensors) == 1:
        return arrays.identity(tensors[0], name) if name else tensors[0]
    result: Tensor = build.add("AddN", tensors, name=name)
    return result


def accumulate_n(inputs: Any, shape: Any = None, tensor_dtype: Any = None, name: str | None = None) -> Tensor:
    """Returns the sum of a list of tensors of one shape, as `add_n` does. Mirrors `tf.accumulate_n`.

    Raises:
        ValueError: the list is empty, the shapes differ, or `shape` contradicts them.
    """
    result = add_n(inputs, name=name)
    if shape is not None:
        result.set_shape(shape)
    if tensor_dtype is not None and result.dtype.base_dtype != tensor_dtype:
        raise TypeError(f"tensor_dtype is {tensor_dtype}, but input is of type {result.dtype}")
    return result


def polyval(coeffs: Any, x: Any, name: str | None = None) -> Tensor:
    """Returns the value at x of a polynomial, its highest coefficient first, by Horner's rule. Mirrors `tf.math.polyval`.

    Raises:
        ValueError: the coefficients are no list.
    """
    if not isinstance(coeffs, list):
        raise ValueError(f"Argument coeffs must be list type. Received type {type(coeffs)}.")
    with name_scope(name, "polyval", [*coeffs, x]):
        x = convert_to_tensor(x, name="x")
        if not coeffs:
            return arrays.zeros_like(x, name=name)
        tensors = [convert_to_tensor(c, name=f"coeff_{i}") for i, c in enumerate(coeffs)]
        value = tensors[0]
        for coefficient in tensors[1:]:
            value = coefficient + value * x
        return value


def _node(op_type: str, x: Any, y: Any, name: str | None) -> Tensor:
    result: Tensor = build.add(op_type, x, y, name=name)
    return result


install_operator("add", _add)
install_operator("sub", subtract)
install_operator("mul", multiply)
install_operator("pow", lambda x, y, name: _node("Pow", x, y, name))
