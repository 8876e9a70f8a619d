"""The activation x * sigmoid(beta * x), with a gradient that keeps less in memory than its parts would."""

from __future__ import annotations

from typing import Any, Final

from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arrays, build, elementwise, reductions
from graphlab.ops.activations import sigmoid
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.identities import custom_gradients
from graphlab.ops.scopes import control_dependencies

_RULE: Final = "CustomGradient-swish"


def swish(features: Any, beta: Any = 1.0) -> Tensor:
    """Returns features * sigmoid(beta * features). Mirrors `tf.nn.swish`.

    Args:
        features: a floating point tensor.
        beta: a scalar.
    """
    x = convert_to_tensor(features, name="features")
    slope = elementwise.cast(convert_to_tensor(beta, name="beta"), x.dtype.base_dtype)
    product = x * sigmoid(slope * x)
    arrays.identity(product)
    outputs: list[Tensor] = build.add("IdentityN", [product, x, slope], _gradient_op_type=_RULE)
    return outputs[0]


def _swish_gradient(op: Operation, grad: Tensor, *others: Any) -> list[Any]:
    x, slope = op.inputs[1:]
    with control_dependencies([grad]):
        gate = sigmoid(slope * x)
    by_features = gate * (1.0 + (slope * x) * (1.0 - gate))
    by_slope = reductions.reduce_sum(grad * elementwise.square(x) * gate * (1.0 - gate))
    return [None, grad * by_features, by_slope]


custom_gradients[_RULE] = _swish_gradient
