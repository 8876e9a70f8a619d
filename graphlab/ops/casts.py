"""Element types exchanged: by value with bounds, by bits, and TensorFlow's old names for casts; parts of complex numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphlab.graph.dtypes import COMPLEXES, FLOATS, NUMBERS, REALS, as_dtype, float32, float64, int32, int64
from graphlab.graph.registry import register
from graphlab.graph.shapes import UNKNOWN, TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arrays, build, comparisons, filling, selecting
from graphlab.ops.broadcasting import reduce_gradients, reduced_to
from graphlab.ops.constant import constant
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.elementwise import cast, real_part
from graphlab.ops.scopes import name_scope
from graphlab.ops.shape_rules import broadcasted, unchanged


def to_float(x: Any, name: str = "ToFloat") -> Tensor:
    """Returns x as float32. Mirrors `tf.to_float`."""
    return cast(x, float32, name=name)


def to_double(x: Any, name: str = "ToDouble") -> Tensor:
    """Returns x as float64. Mirrors `tf.to_double`."""
    return cast(x, float64, name=name)


def to_int32(x: Any, name: str = "ToInt32") -> Tensor:
    """Returns x as int32. Mirrors `tf.to_int32`."""
    return cast(x, int32, name=name)


def to_int64(x: Any, name: str = "ToInt64") -> Tensor:
    """Returns x as int64. Mirrors `tf.to_int64`."""
    return cast(x, int64, name=name)


def _clip_gradient(op: Operation, grad: Tensor) -> list[Any]:
    x, low, high = op.inputs
    is_below, is_above = comparisons.less(x, low), comparisons.greater(x, high)
    zeros = arrays.zeros(arrays.shape(grad), grad.dtype)
    shares = (
        selecting.where_v2(comparisons.logical_or(is_below, is_above), zeros, grad),
        selecting.where_v2(is_below, grad, zeros),
        selecting.where_v2(is_above, grad, zeros),
    )
    return [reduced_to(t, share, op.outputs[0]) for t, share in zip(op.inputs, shares, strict=True)]


register(
    "ClipByValue",
    "t: T, clip_value_min: T, clip_value_max: T -> output: T",
    T=REALS,
    shape=unchanged,
    lower=lambda k, x, low, high: k.xp.minimum(k.xp.maximum(x, low), high),
    gradient=_clip_gradient,
)


def saturate_cast(value: Any, dtype: Any, name: str | None = None) -> Tensor:
    """Returns x with another element type; what the type cannot hold becomes its least or largest value. Mirrors `tf.saturate_cast`."""
    kind = as_dtype(dtype).base_dtype
    with name_scope(name, "saturate_cast", [value]) as scope:
        tensor = convert_to_tensor(value, name="value")
        given = tensor.dtype.base_dtype
        if given.min < kind.min or given.max > kind.max:
            low = given.numpy.type(max(given.min, kind.min))
            high = given.numpy.type(min(given.max, kind.max))
            # Rounding to the given type must not leave the range of the wanted one.
            high = high if int(high) <= int(kind.max) or given.is_integer else np.nextafter(high, given.numpy.type(0))
            bounds = [constant(b, dtype=given) for b in (low, high)]
            tensor = build.add("ClipByValue", tensor, *bounds, name="clamp")
        return cast(tensor, kind, name=scope)


def _bitcast_shape(op: Operation) -> TensorShape:
    extents = op.inputs[0].shape.extents
    before, after = op.inputs[0].dtype.size, op.attr["type"].size
    if extents is None or before == after:
        return unchanged(op)
    if before > after:
        return TensorShape.of((*extents, before // after))
    return UNKNOWN if not extents else TensorShape.of(extents[:-1])


def _lower_bitcast(k: Any, x: Any) -> Any:
    before, after = x.dtype.itemsize, k.out.itemsize
    if before < after:
        return x.view(k.out)[..., 0]
    return x.view(k.out) if before == after else k.xp.asarray(x)[..., None].view(k.out)


register(
    "Bitcast",
    "input: T -> output: type",
    T=NUMBERS,
    type=NUMBERS,
    shape=_bitcast_shape,
    lower=_lower_bitcast,
    stops_gradient=True,
)


def bitcast(input: Any, type: Any, name: str | None = None) -> Tensor:
    """Returns the same bits read as another element type. Mirrors `tf.bitcast`."""
    attributes = {"type": as_dtype(type)}
    result: Tensor = build.add("Bitcast", input, name=name, **attributes)
    return result


def _part(op_type: str, lower: Any, gradient: Any) -> None:
    register(
        op_type, "input: T -> output: Tout", T=COMPLEXES, Tout=FLOATS, shape=unchanged, lower=lower, gradient=gradient
    )


_part(
    "Real",
    lambda k, x: k.xp.real(x),
    lambda op, grad: build.add("Complex", grad, constant(0, dtype=grad.dtype), Tout=op.inputs[0].dtype.base_dtype),
)
_part(
    "Imag",
    lambda k, x: k.xp.imag(x),
    lambda op, grad: build.add("Complex", constant(0, dtype=grad.dtype), grad, Tout=op.inputs[0].dtype.base_dtype),
)
register(
    "Complex",
    "real: T, imag: T -> out: Tout",
    T=FLOATS,
    Tout=COMPLEXES,
    shape=broadcasted,
    lower=lambda k, x, y: (x + 1j * y).astype(k.out),
    gradient=lambda op, grad: reduce_gradients(op.inputs[0], op.inputs[1], real(grad), imag(grad)),
)


def real(input: Any, name: str | None = None) -> Tensor:
    """Returns the real part; a real tensor is returned as it is. Mirrors `tf.real`."""
    with name_scope(name, "Real", [input]) as scope:
        tensor = convert_to_tensor(input, name="input")
        if not tensor.dtype.is_complex:
            return tensor
        result: Tensor = build.add("Real", tensor, Tout=real_part(tensor.dtype), name=scope)
        return result


def imag(input: Any, name: str | None = None) -> Tensor:
    """Returns the imaginary part; zeros for a real tensor. Mirrors `tf.imag`."""
    with name_scope(name, "Imag", [input]) as scope:
        tensor = convert_to_tensor(input, name="input")
        if not tensor.dtype.is_complex:
            return filling.zeros_like(tensor)
        result: Tensor = build.add("Imag", tensor, Tout=real_part(tensor.dtype), name=scope)
        return result
