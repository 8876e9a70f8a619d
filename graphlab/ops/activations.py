"""Activation functions of neural networks, element by element, and their gradient ops."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from graphlab.graph.dtypes import FLOATS, INEXACT, REALS, float32
from graphlab.graph.registry import register
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arrays, build, elementwise, joining, selecting
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import control_dependencies, name_scope
from graphlab.ops.shape_rules import merged, unchanged

_FORWARD: Final = "features: T -> activations: T"
_BACKWARD: Final = "gradients: T, features: T -> backprops: T"
# Attributes are float32 in TensorFlow's messages; it computes with that value for float64 tensors too.
_LEAK: Final = float(np.float32(0.2))

# Klambauer et al. (2017), "Self-Normalizing Neural Networks": the fixed point of zero mean and unit variance.
_SELU_SCALE: Final = 1.0507009873554804934193349852946
_SELU_SCALE_ALPHA: Final = 1.7580993408473768599402175208123


def _lower_sigmoid(k: Any, x: Any) -> Any:
    if k.out.kind == "c":
        return 1 / (1 + k.xp.exp(-x))
    small = k.xp.exp(-k.xp.abs(x))
    return k.xp.where(x >= 0, 1 / (1 + small), small / (1 + small))


def _sigmoid_gradient(op: Operation, grad: Tensor) -> Tensor:
    y = op.outputs[0]
    with control_dependencies([grad]):
        return _node("SigmoidGrad", elementwise.conj(y), grad)


def _sigmoid_grad_gradient(op: Operation, grad: Tensor) -> list[Any]:
    with control_dependencies([grad]):
        y, dy = (elementwise.conj(t) for t in op.inputs)
        product = grad * dy
        return [product - 2.0 * product * y, _node("SigmoidGrad", y, grad)]


register("Sigmoid", "x: T -> y: T", T=INEXACT, shape=unchanged, lower=_lower_sigmoid, gradient=_sigmoid_gradient)
register(
    "SigmoidGrad",
    "y: T, dy: T -> z: T",
    T=INEXACT,
    shape=unchanged,
    lower=lambda k, y, dy: dy * y * (1 - y),
    gradient=_sigmoid_grad_gradient,
)


def sigmoid(x: Any, name: str | None = None) -> Tensor:
    """Returns 1 / (1 + e^-x) element by element. Mirrors `tf.sigmoid`."""
    with name_scope(name, "Sigmoid", [x]) as scope:
        return _node("Sigmoid", convert_to_tensor(x, name="x"), name=scope)


def log_sigmoid(x: Any, name: str | None = None) -> Tensor:
    """Returns the logarithm of `sigmoid(x)` without overflow. Mirrors `tf.log_sigmoid`."""
    with name_scope(name, "LogSigmoid", [x]) as scope:
        return elementwise.negative(softplus(-convert_to_tensor(x, name="x")), name=scope)


def _tanh_gradient(op: Operation, grad: Tensor) -> Tensor:
    y = op.outputs[0]
    with control_dependencies([grad]):
        return _node("TanhGrad", elementwise.conj(y), grad)


def _tanh_grad_gradient(op: Operation, grad: Tensor) -> list[Any]:
    with control_dependencies([grad]):
        y, dy = (elementwise.conj(t) for t in op.inputs)
        return [grad * -2.0 * dy * y, _node("TanhGrad", y, grad)]


register("Tanh", "x: T -> y: T", T=INEXACT, shape=unchanged, lower=lambda k, x: k.xp.tanh(x), gradient=_tanh_gradient)
register(
    "TanhGrad",
    "y: T, dy: T -> z: T",
    T=INEXACT,
    shape=unchanged,
    lower=lambda k, y, dy: dy * (1 - y * y),
    gradient=_tanh_grad_gradient,
)


def tanh(x: Any, name: str | None = None) -> Tensor:
    """Returns the hyperbolic tangent of x element by element. Mirrors `tf.tanh`."""
    return _node("Tanh", x, name=name)


def _rectifier_grad_gradient(op_type: str) -> Any:
    """The gradient of an op that lets gradients through where a feature is in range: the same op again."""

    def gradient(op: Operation, grad: Tensor) -> list[Any]:
        features = op.inputs[1]
        passed = {"alpha": op.attr["alpha"]} if "alpha" in op.attr else {}
        return [_node(op_type, grad, features, **passed), arrays.zeros_like(features)]

    return gradient


register(
    "Relu",
    _FORWARD,
    T=REALS,
    shape=unchanged,
    lower=lambda k, x: k.xp.maximum(x, k.out.type(0)),
    gradient=lambda op, grad: _node("ReluGrad", grad, op.outputs[0]),
)
register(
    "ReluGrad",
    _BACKWARD,
    T=REALS,
    shape=merged,
    lower=lambda k, grad, features: k.xp.where(features > 0, grad, k.out.type(0)),
    gradient=_rectifier_grad_gradient("ReluGrad"),
)


def relu(features: Any, name: str | None = None) -> Tensor:
    """Returns max(features, 0) element by element. Mirrors `tf.nn.relu`."""
    return _node("Relu", features, name=name)


def crelu(features: Any, name: str | None = None, axis: int = -1) -> Tensor:
    """Returns the positive parts of features and of -features, joined along an axis. Mirrors `tf.nn.crelu`."""
    with name_scope(name, "CRelu", [features]) as scope:
        tensor = convert_to_tensor(features, name="features")
        return relu(joining.concat([tensor, -tensor], axis, name=scope))


register(
    "Relu6",
    _FORWARD,
    T=REALS,
    shape=unchanged,
    lower=lambda k, x: k.xp.clip(x, k.out.type(0), k.out.type(6)),
    gradient=lambda op, grad: _node("Relu6Grad", grad, op.outputs[0]),
)
register(
    "Relu6Grad",
    _BACKWARD,
    T=REALS,
    shape=merged,
    lower=lambda k, grad, features: k.xp.where((features > 0) & (features < 6), grad, k.out.type(0)),
    gradient=_rectifier_grad_gradient("Relu6Grad"),
)


def relu6(features: Any, name: str | None = None) -> Tensor:
    """Returns min(max(features, 0), 6) element by element. Mirrors `tf.nn.relu6`."""
    with name_scope(name, "Relu6", [features]) as scope:
        return _node("Relu6", convert_to_tensor(features, name="features"), name=scope)


register(
    "LeakyRelu",
    _FORWARD,
    T=FLOATS,
    alpha=_LEAK,
    shape=unchanged,
    lower=lambda k, x: k.xp.where(x > 0, x, x * k.out.type(k.attr["alpha"])),
    gradient=lambda op, grad: _node("LeakyReluGrad", grad, op.inputs[0], alpha=op.attr["alpha"]),
)
register(
    "LeakyReluGrad",
    _BACKWARD,
    T=FLOATS,
    alpha=_LEAK,
    shape=merged,
    lower=lambda k, grad, features: k.xp.where(features > 0, grad, grad * k.out.type(k.attr["alpha"])),
    gradient=_rectifier_grad_gradient("LeakyReluGrad"),
)


def leaky_relu(features: Any, alpha: float = 0.2, name: str | None = None) -> Tensor:
    """Returns features where positive, else alpha * features. Mirrors `tf.nn.leaky_relu`."""
    with name_scope(name, "LeakyRelu", [features]) as scope:
        tensor = convert_to_tensor(features, name="features")
        if tensor.dtype.is_integer:
            tensor = elementwise.cast(tensor, float32)
        return _node("LeakyRelu", tensor, name=scope, alpha=float(np.float32(alpha)))


def _exponential_grad_gradient(op_type: str) -> Any:
    """The gradient of an op whose factor is linear in the outputs where these are negative."""

    def gradient(op: Operation, grad: Tensor) -> list[Any]:
        incoming, outputs = op.inputs
        through = _node(op_type, grad, outputs)
        return [through, selecting.where(outputs < 0.0, grad * incoming, arrays.zeros_like(outputs))]

    return gradient


register(
    "Elu",
    _FORWARD,
    T=FLOATS,
    shape=unchanged,
    lower=lambda k, x: k.xp.where(x < 0, k.xp.expm1(x), x),
    gradient=lambda op, grad: _node("EluGrad", grad, op.outputs[0]),
)
register(
    "EluGrad",
    "gradients: T, outputs: T -> backprops: T",
    T=FLOATS,
    shape=merged,
    lower=lambda k, grad, outputs: k.xp.where(outputs < 0, (outputs + 1) * grad, grad),
    gradient=_exponential_grad_gradient("EluGrad"),
)


def elu(features: Any, name: str | None = None) -> Tensor:
    """Returns features where positive, else e^features - 1. Mirrors `tf.nn.elu`."""
    return _node("Elu", features, name=name)


def _lower_selu(k: Any, x: Any) -> Any:
    return k.xp.where(x < 0, k.out.type(_SELU_SCALE_ALPHA) * k.xp.expm1(x), k.out.type(_SELU_SCALE) * x)


def _lower_selu_grad(k: Any, grad: Any, outputs: Any) -> Any:
    return k.xp.where(outputs < 0, grad * (outputs + k.out.type(_SELU_SCALE_ALPHA)), grad * k.out.type(_SELU_SCALE))


register(
    "Selu",
    _FORWARD,
    T=FLOATS,
    shape=unchanged,
    lower=_lower_selu,
    gradient=lambda op, grad: _node("SeluGrad", grad, op.outputs[0]),
)
register(
    "SeluGrad",
    "gradients: T, outputs: T -> backprops: T",
    T=FLOATS,
    shape=merged,
    lower=_lower_selu_grad,
    gradient=_exponential_grad_gradient("SeluGrad"),
)


def selu(features: Any, name: str | None = None) -> Tensor:
    """Returns the scaled exponential linear unit of Klambauer et al. (2017). Mirrors `tf.nn.selu`."""
    return _node("Selu", features, name=name)


register(
    "Softplus",
    _FORWARD,
    T=FLOATS,
    shape=unchanged,
    lower=lambda k, x: k.xp.maximum(x, k.out.type(0)) + k.xp.log1p(k.xp.exp(-k.xp.abs(x))),
    gradient=lambda op, grad: grad * sigmoid(op.inputs[0]),
)


def softplus(features: Any, name: str | None = None) -> Tensor:
    """Returns log(1 + e^features) element by element. Mirrors `tf.nn.softplus`."""
    return _node("Softplus", features, name=name)


register(
    "Softsign",
    _FORWARD,
    T=FLOATS,
    shape=unchanged,
    lower=lambda k, x: x / (1 + k.xp.abs(x)),
    gradient=lambda op, grad: _node("SoftsignGrad", grad, op.inputs[0]),
)
register(
    "SoftsignGrad",
    _BACKWARD,
    T=FLOATS,
    shape=merged,
    lower=lambda k, grad, x: grad / k.xp.square(1 + k.xp.abs(x)),
)


def softsign(features: Any, name: str | None = None) -> Tensor:
    """Returns features / (1 + |features|) element by element. Mirrors `tf.nn.softsign`."""
    return _node("Softsign", features, name=name)


def _node(op_type: str, *values: Any, name: str | None = None, **attrs: Any) -> Tensor:
    result: Tensor = build.add(op_type, *values, name=name, **attrs)
    return result
