"""Shape, size and rank of tensors as tensors; checks of shapes."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphlab.graph.dtypes import EVERY, INDICES, as_dtype, int32
from graphlab.graph.registry import register
from graphlab.graph.shapes import TensorShape, broadcast
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import build
from graphlab.ops.constant import constant
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import name_scope
from graphlab.ops.shape_rules import scalar


def _shape_shape(op: Operation) -> TensorShape:
    return TensorShape.of((op.inputs[0].shape.ndims,))


register(
    "Shape",
    "input: T -> output: out_type",
    T=EVERY,
    out_type=INDICES,
    shape=_shape_shape,
    lower=lambda k, x: np.array(x.shape, k.out),
    stops_gradient=True,
)


def shape(input: Any, name: str | None = None, out_type: Any = int32, optimize: bool = True) -> Tensor:
    """Returns the shape of a tensor as an integer vector: a constant when it is known now. Mirrors `tf.shape`."""
    with name_scope(name, "Shape", [input]) as scope:
        tensor = convert_to_tensor(input)
        kind = as_dtype(out_type)
        if optimize and tensor.shape.is_fully_defined():
            return constant(np.array(tensor.shape.as_list(), kind.numpy), kind, name=scope)
        return _node("Shape", tensor, name=scope, out_type=kind)


register(
    "Size",
    "input: T -> output: out_type",
    T=EVERY,
    out_type=INDICES,
    shape=scalar,
    lower=lambda k, x: np.array(x.size, k.out),
    stops_gradient=True,
)


def size(input: Any, name: str | None = None, out_type: Any = int32) -> Tensor:
    """Returns the number of elements of a tensor. Mirrors `tf.size`."""
    with name_scope(name, "Size", [input]) as scope:
        tensor = convert_to_tensor(input)
        kind = as_dtype(out_type)
        if tensor.shape.is_fully_defined():
            return constant(np.array(tensor.shape.num_elements(), kind.numpy), kind, name=scope)
        return _node("Size", tensor, name=scope, out_type=kind)


register(
    "Rank",
    "input: T -> output: int32",
    T=EVERY,
    shape=scalar,
    lower=lambda k, x: np.array(x.ndim, np.int32),
    stops_gradient=True,
)


def rank(input: Any, name: str | None = None) -> Tensor:
    """Returns the number of dimensions of a tensor. Mirrors `tf.rank`."""
    with name_scope(name, "Rank", [input]) as scope:
        tensor = convert_to_tensor(input)
        if tensor.shape.ndims is not None:
            return constant(tensor.shape.ndims, int32, name=scope)
        return _node("Rank", tensor, name=scope)


register(
    "ShapeN",
    "input: N*T -> output: N*out_type",
    T=EVERY,
    out_type=INDICES,
    shape=lambda op: [TensorShape.of((t.shape.ndims,)) for t in op.inputs],
    lower=lambda k, *inputs: tuple(np.array(x.shape, k.out) for x in inputs),
    stops_gradient=True,
)


def shape_n(input: Any, out_type: Any = int32, name: str | None = None) -> list[Tensor]:
    """Returns the shapes of several tensors. Mirrors `tf.shape_n`."""
    tensors: list[Tensor] = build.add("ShapeN", list(input), out_type=out_type, name=name)
    return tensors


register(
    "BroadcastArgs",
    "s0: T, s1: T -> r0: T",
    T=INDICES,
    shape=lambda op: TensorShape.of((_longer(*(t.shape.num_elements() for t in op.inputs)),)),
    lower=lambda k, a, b: np.array(np.broadcast_shapes(tuple(int(d) for d in a), tuple(int(d) for d in b)), k.out),
    stops_gradient=True,
)


def shape_of(value: Any) -> Tensor:
    """Returns the shape of a tensor as a constant in a scope of its own, or computed when it is not known now."""
    with name_scope(None, "Shape", [value]) as scope:
        tensor = convert_to_tensor(value)
        return (
            convert_to_tensor(tensor.shape)
            if tensor.shape.is_fully_defined()
            else _node("Shape", tensor, name=scope, out_type=int32)
        )


def _longer(a: int | None, b: int | None) -> int | None:
    return None if a is None or b is None else max(a, b)


def broadcast_dynamic_shape(shape_x: Any, shape_y: Any) -> Tensor:
    """Returns the shape to which two shapes broadcast, as an integer vector. Mirrors `tf.broadcast_dynamic_shape`."""
    return _node("BroadcastArgs", shape_x, shape_y)


def broadcast_static_shape(shape_x: Any, shape_y: Any) -> TensorShape:
    """Returns the static shape to which two static shapes broadcast. Mirrors `tf.broadcast_static_shape`.

    Raises:
        ValueError: they do not broadcast.
    """
    return broadcast(TensorShape(shape_x), TensorShape(shape_y))


def _lower_ensure(k: Any, x: Any) -> Any:
    if not k.attr["shape"].is_compatible_with(x.shape):
        raise ValueError(f"Shape of tensor {x.shape} is not compatible with expected shape {k.attr['shape']}.")
    return x


register(
    "EnsureShape",
    "input: T -> output: T",
    T=EVERY,
    shape=lambda op: op.inputs[0].shape.merge_with(op.attr["shape"]),
    lower=_lower_ensure,
    gradient=lambda op, grad: grad,
)


def ensure_shape(x: Any, shape: Any, name: str | None = None) -> Tensor:
    """Returns x, whose shape is checked when the graph runs. Mirrors `tf.ensure_shape`."""
    definition = TensorShape(shape)
    result: Tensor = build.add_op("EnsureShape", x, name=name, shape=definition).outputs[0]
    return result


def _node(op_type: str, *values: Any, name: str | None = None, **attrs: Any) -> Tensor:
    result: Tensor = build.add(op_type, *values, name=name, **attrs)
    return result
