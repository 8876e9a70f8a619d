"""Tensors handed on as they are, and placeholders for tensors that a run feeds."""

from __future__ import annotations

from typing import Any, Final

from graphlab.graph.dtypes import EVERY, as_dtype
from graphlab.graph.registry import Gradient, register
from graphlab.graph.shapes import TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import build
from graphlab.ops.shape_rules import unchanged

register(
    "Identity", "input: T -> output: T", T=EVERY, shape=unchanged, lower=lambda k, x: x, gradient=lambda op, grad: grad
)


def identity(input: Any, name: str | None = None) -> Tensor:
    """Returns a tensor with the same value. Mirrors `tf.identity`."""
    return _node("Identity", input, name=name)


# Gradients of functions that end in an IdentityN of results and arguments, by the node's `_gradient_op_type`.
custom_gradients: Final[dict[str, Gradient]] = {}


def _identity_n_gradient(op: Operation, *grads: Any) -> list[Any]:
    rule = custom_gradients.get(op.attr.get("_gradient_op_type", ""))
    return list(grads) if rule is None else list(rule(op, *grads))


register(
    "IdentityN",
    "input: list(T) -> output: list(T)",
    shape=lambda op: [t.shape for t in op.inputs],
    lower=lambda k, *inputs: tuple(inputs),
    gradient=_identity_n_gradient,
)


def identity_n(input: Any, name: str | None = None) -> list[Tensor]:
    """Returns a list of tensors with the same values; none is ready before all are. Mirrors `tf.identity_n`."""
    tensors: list[Tensor] = build.add("IdentityN", list(input), name=name)
    return tensors


register("StopGradient", "input: T -> output: T", T=EVERY, shape=unchanged, lower=lambda k, x: x, stops_gradient=True)


def stop_gradient(input: Any, name: str | None = None) -> Tensor:
    """Returns the same value, through which no gradient flows back. Mirrors `tf.stop_gradient`."""
    return _node("StopGradient", input, name=name)


register(
    "Placeholder",
    "-> output: dtype",
    shape=lambda op: op.attr["shape"],
    lower=lambda k: None,
    stops_gradient=True,
)


def placeholder(dtype: Any, shape: Any = None, name: str | None = None) -> Tensor:
    """Adds a tensor whose value every run must feed. Mirrors `tf.placeholder`.

    Args:
        dtype: the element type.
        shape: the static shape; None for any, with None for extents of any size.
        name: the name of the operation.
    """
    return _node("Placeholder", name=name, dtype=as_dtype(dtype), shape=TensorShape(shape))


register(
    "PlaceholderWithDefault",
    "input: dtype -> output: dtype",
    dtype=EVERY,
    shape=lambda op: op.attr["shape"],
    lower=lambda k, x: x,
    gradient=lambda op, grad: grad,
)


def placeholder_with_default(input: Any, shape: Any, name: str | None = None) -> Tensor:
    """Adds a tensor that a run may feed; else it has the value of `input`. Mirrors `tf.placeholder_with_default`."""
    return _node("PlaceholderWithDefault", input, name=name, shape=TensorShape(shape))


def _node(op_type: str, *values: Any, name: str | None = None, **attrs: Any) -> Tensor:
    result: Tensor = build.add(op_type, *values, name=name, **attrs)
    return result
