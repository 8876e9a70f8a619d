"""What is known of tensor values before the graph runs: constants, and shapes computed from static shapes."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from graphlab.graph.registry import Effect, Kernel
from graphlab.graph.shapes import UNKNOWN, TensorShape
from graphlab.graph.tensor import Tensor

# The ops through which TensorFlow's Python sees constants; which nodes gradient rules add depends on it.
_LITERAL: Final = frozenset(
    [
        "Const",
        "Shape",
        "Size",
        "Rank",
        "Range",
        "Cast",
        "Concat",
        "ConcatV2",
        "ConcatOffset",
        "Pack",
        "Unpack",
        "Split",
        "Fill",
        "Equal",
        "NotEqual",
        "StopGradient",
        "Identity",
        "BroadcastTo",
    ]
)
_MAX_DEPTH: Final = 32
_MAX_ELEMENTS: Final = 100_000


def constant_value(tensor: Tensor) -> np.ndarray[Any, Any] | None:
    """Returns the value of a tensor if the graph alone decides it, else None. Mirrors `tf.contrib.util.constant_value`."""
    return _value(tensor, _MAX_DEPTH)


def literal_value(tensor: Tensor) -> np.ndarray[Any, Any] | None:
    """Returns the value of a tensor made of constants by putting together, filling and measuring alone, else None."""
    return _value(tensor, _MAX_DEPTH) if _is_literal(tensor, _MAX_DEPTH) else None


def _is_literal(tensor: Tensor, depth: int) -> bool:
    op = tensor.op
    if op.type in ("Shape", "Size", "Rank"):
        return _from_static_shape(op) is not None
    return depth > 0 and op.type in _LITERAL and all(_is_literal(t, depth - 1) for t in op.inputs)


def constant_shape(tensor: Tensor) -> TensorShape:
    """Returns the shape that an integer vector holds, as far as it is known; -1 counts as unknown."""
    value = constant_value(tensor)
    if value is not None:
        return TensorShape.of(tuple(None if d < 0 else int(d) for d in np.ravel(value)))
    op = tensor.op
    if op.type == "Shape":
        return op.inputs[0].shape
    if op.type == "Pack":
        parts = [constant_value(t) for t in op.inputs]
        return TensorShape.of(tuple(None if p is None or p < 0 else int(p) for p in parts))
    if op.type == "ConcatV2":
        whole = TensorShape.of(())
        for part in op.inputs[:-1]:
            whole = whole.concatenate(constant_shape(part))
        return whole
    if op.type in ("Cast", "Identity"):
        return constant_shape(op.inputs[0])
    length = tensor.shape.num_elements()
    return UNKNOWN if length is None else TensorShape.of((None,) * length)


def _value(tensor: Tensor, depth: int) -> np.ndarray[Any, Any] | None:
    op = tensor.op
    static: np.ndarray[Any, Any] | None = op.attr["value"] if op.type == "Const" else _from_static_shape(op)
    if static is not None:
        return static
    if depth == 0 or op.definition.effect is not Effect.NONE or not op.inputs or _is_large(tensor):
        return None
    # A placeholder with a default is made to be fed another value.
    if op.type == "PlaceholderWithDefault" or any(_is_large(t) for t in op.inputs):
        return None
    inputs = [_value(t, depth - 1) for t in op.inputs]
    if any(v is None for v in inputs):
        return None
    with np.errstate(all="ignore"):
        try:
            result = op.definition.lower(Kernel(op, np), *inputs)
        except (ValueError, IndexError):
            # What is wrong with these values is said when the operation runs.
            return None
    chosen = result[tensor.value_index] if isinstance(result, (tuple, list)) else result
    return np.asarray(chosen)


def _from_static_shape(op: Any) -> np.ndarray[Any, Any] | None:
    if op.type not in ("Shape", "Size", "Rank"):
        return None
    shape = op.inputs[0].shape
    if op.type == "Rank":
        return None if shape.ndims is None else np.array(shape.ndims, np.int32)
    if not shape.is_fully_defined():
        return None
    if op.type == "Size":
        return np.array(shape.num_elements(), op.attr["out_type"].numpy)
    return np.array(shape.as_list(), op.attr["out_type"].numpy)


def _is_large(tensor: Tensor) -> bool:
    return tensor.dtype.base_dtype.numpy.hasobject or (tensor.shape.num_elements() or 0) > _MAX_ELEMENTS


def partial_values(tensor: Tensor) -> list[int | None] | None:
    """Returns the integers that a vector holds, None for those known only when the graph runs; None if even their number is unknown."""
    value = constant_value(tensor)
    if value is not None:
        return [int(v) for v in np.ravel(value)]
    if tensor.op.type == "Pack":
        parts = [constant_value(t) for t in tensor.op.inputs]
        return [None if p is None else int(p) for p in parts]
    length = tensor.shape.num_elements()
    return None if length is None else [None] * length
