"""Makes tensors of what users pass: tensors, variables, numbers, arrays, lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphlab.graph.dtypes import DType, as_dtype
from graphlab.graph.shapes import Dimension, TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops.constant import constant

Converter = Callable[[Any, DType | None, str | None, bool], Any]
_converters: list[tuple[int, type | tuple[type, ...], Converter]] = []


def register_tensor_conversion_function(
    base_type: type | tuple[type, ...], conversion_func: Converter, priority: int = 100
) -> None:
    """Lets values of a type stand where tensors are wanted. Mirrors `tf.register_tensor_conversion_function`.

    Args:
        base_type: the type or types.
        conversion_func: called with value, dtype or None, name and whether a reference is wanted; returns a
            tensor, or NotImplemented to leave it to the next function.
        priority: functions with smaller numbers are asked first.
    """
    _converters.append((priority, base_type, conversion_func))
    _converters.sort(key=lambda item: item[0])


def convert_to_tensor(
    value: Any, dtype: Any = None, name: str | None = None, preferred_dtype: Any = None, as_ref: bool = False
) -> Tensor:
    """Returns `value` as a tensor. Mirrors `tf.convert_to_tensor`.

    Args:
        value: a tensor, variable, number, NumPy array, list, or a type with a registered conversion.
        dtype: the element type; must agree with the one that a tensor has.
        name: the name of a node made for it.
        preferred_dtype: an element type to try first when `dtype` is None.
        as_ref: for variables returns the buffer rather than its value.

    Raises:
        TypeError: the value cannot be converted, or not to this type.
        ValueError: a tensor has another type than `dtype`.
    """
    wanted = None if dtype is None else as_dtype(dtype)
    if isinstance(value, Tensor):
        return _checked(value, wanted, as_ref)
    if wanted is None and preferred_dtype is not None:
        try:
            return _converted(value, as_dtype(preferred_dtype), name, as_ref)
        except (TypeError, ValueError):
            return _converted(value, None, name, as_ref)
    return _converted(value, wanted, name, as_ref)


def _converted(value: Any, dtype: DType | None, name: str | None, as_ref: bool) -> Tensor:
    for _, base_type, function in _converters:
        if isinstance(value, base_type):
            result = function(value, dtype, name, as_ref)
            if result is not NotImplemented:
                return _checked(result, dtype, as_ref)
    if isinstance(value, Operation):
        raise TypeError(
            f"Can't convert Operation '{value.name}' to Tensor: an operation without outputs has no value. Use one of its tensors."
        )
    return constant(value, dtype=dtype, name=name or "Const")


def _checked(tensor: Tensor, dtype: DType | None, as_ref: bool) -> Tensor:
    if (
        dtype is not None
        and not dtype.is_compatible_with(tensor.dtype)
        and dtype.base_dtype is not tensor.dtype.base_dtype
    ):
        raise ValueError(
            f"Tensor conversion requested dtype {dtype.name} for Tensor with dtype {tensor.dtype.name}: {tensor!r}. Use tf.cast."
        )
    return tensor


def _from_shape(value: TensorShape, dtype: DType | None, name: str | None, as_ref: bool) -> Tensor:
    if not value.is_fully_defined():
        raise ValueError(
            f"Cannot convert a partially known TensorShape {value} to a Tensor. Use tf.shape(tensor) for a shape that is known when the graph runs."
        )
    return constant(value.as_list(), dtype=dtype or "int32", name=name or "shape_as_tensor")


def _from_dimension(value: Dimension, dtype: DType | None, name: str | None, as_ref: bool) -> Tensor:
    if value.value is None:
        raise ValueError(
            f"Cannot convert unknown Dimension {value!r} to a Tensor. Use tf.shape(tensor) for an extent that is known when the graph runs."
        )
    return constant(value.value, dtype=dtype or "int32", name=name or "Const")


register_tensor_conversion_function(TensorShape, _from_shape)
register_tensor_conversion_function(Dimension, _from_dimension)
