"""Tensors stacked along a new axis, and taken apart into slices; lists of tensors as tensors."""

from __future__ import annotations

import contextlib
from typing import Any

from graphlab.graph.dtypes import EVERY
from graphlab.graph.registry import register
from graphlab.graph.shapes import UNKNOWN, TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import build
from graphlab.ops.convert import convert_to_tensor, register_tensor_conversion_function
from graphlab.ops.scopes import name_scope


def _pack_shape(op: Operation) -> TensorShape:
    merged = UNKNOWN
    for tensor in op.inputs:
        merged = merged.merge_with(tensor.shape)
    if merged.extents is None:
        return UNKNOWN
    axis = op.attr["axis"] % (len(merged.extents) + 1)
    return TensorShape.of((*merged.extents[:axis], len(op.inputs), *merged.extents[axis:]))


register(
    "Pack",
    "values: N*T -> output: T",
    T=EVERY,
    axis=0,
    shape=_pack_shape,
    lower=lambda k, *values: k.xp.stack(values, axis=k.attr["axis"]),
    gradient=lambda op, grad: unstack(grad, num=len(op.inputs), axis=op.attr["axis"]),
)


def stack(values: Any, axis: int = 0, name: str = "stack") -> Tensor:
    """Joins tensors of one shape along a new axis. Mirrors `tf.stack`.

    Raises:
        ValueError: the shapes differ.
    """
    if axis == 0:
        with contextlib.suppress(TypeError, ValueError):
            return convert_to_tensor(values, name=name)
    elif not isinstance(values[0], Tensor):
        # TensorFlow looks at the shape of the first value, and the node of that stays in the graph.
        convert_to_tensor(values[0], name=name)
    return _node("Pack", list(values), name=name, axis=axis)


def _unpack_shape(op: Operation) -> list[TensorShape]:
    given = op.inputs[0].shape
    if given.extents is None:
        return [UNKNOWN] * op.attr["num"]
    axis = op.attr["axis"] % len(given.extents)
    return [TensorShape.of(given.extents[:axis] + given.extents[axis + 1 :])] * int(op.attr["num"])


def _lower_unpack(k: Any, value: Any) -> tuple[Any, ...]:
    moved = k.xp.moveaxis(value, k.attr["axis"], 0)
    return tuple(moved[i] for i in range(k.attr["num"]))


register(
    "Unpack",
    "value: T -> output: num*T",
    T=EVERY,
    axis=0,
    shape=_unpack_shape,
    lower=_lower_unpack,
    gradient=lambda op, *grads: stack(list(grads), axis=op.attr["axis"]),
)


def unstack(value: Any, num: int | None = None, axis: int = 0, name: str = "unstack") -> list[Tensor]:
    """Returns the slices of a tensor along an axis. Mirrors `tf.unstack`.

    Raises:
        ValueError: `num` is not given and the extent of the axis is unknown.
    """
    tensor = convert_to_tensor(value)
    if num is None:
        if tensor.shape.extents is None or tensor.shape.extents[axis] is None:
            raise ValueError(f"Cannot infer argument `num` from shape {tensor.shape}")
        num = tensor.shape.extents[axis]
    tensors: list[Tensor] = build.add("Unpack", tensor, name=name, num=num, axis=axis)
    return tensors


def _node(op_type: str, *values: Any, name: str | None = None, **attrs: Any) -> Tensor:
    result: Tensor = build.add(op_type, *values, name=name, **attrs)
    return result


def _pack_list(value: Any, dtype: Any, name: str | None, as_ref: bool) -> Any:
    """Stacks a list that holds tensors, as in `tf.reshape(x, [n, -1])` with a tensor n."""
    flat: list[Any] = list(value)
    nested = flat
    while nested and isinstance(nested[0], (list, tuple)):
        nested = [v for part in nested if isinstance(part, (list, tuple)) for v in part]
    if not any(hasattr(v, "graph") for v in [*flat, *nested]):
        return NotImplemented
    with name_scope(name, "packed", []) as scope:
        kind = dtype or next(v.dtype.base_dtype for v in [*nested, *flat] if hasattr(v, "graph"))
        parts = [_pack_list(v, kind, None, False) if isinstance(v, (list, tuple)) else v for v in flat]
        return _node(
            "Pack",
            [
                convert_to_tensor(p, dtype=kind if not isinstance(p, Tensor) else None, name=str(i))
                for i, p in enumerate(parts)
            ],
            name=scope,
            axis=0,
        )


register_tensor_conversion_function((list, tuple), _pack_list, 99)
