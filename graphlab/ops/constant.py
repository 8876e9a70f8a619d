"""Constants: the Const op, and Python values made into arrays by TensorFlow's rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from graphlab.graph import dtypes
from graphlab.graph.dtypes import DType, as_dtype
from graphlab.graph.graph import get_default_graph
from graphlab.graph.registry import register
from graphlab.graph.shapes import TensorShape
from graphlab.graph.tensor import Tensor

_ALIGNMENT: Final = 64

register(
    "Const",
    "-> output: dtype",
    shape=lambda op: TensorShape.of(op.attr["value"].shape),
    lower=lambda k: k.attr["value"],
    stops_gradient=True,
)


def constant(
    value: Any, dtype: Any = None, shape: Any = None, name: str = "Const", verify_shape: bool = False
) -> Tensor:
    """Adds a constant. Mirrors `tf.constant`.

    Args:
        value: a number, string, NumPy array or nested list of them.
        dtype: the element type; by default float32 for Python floats, int32 for Python integers, an array's own.
        shape: the shape; a value with fewer elements is filled up with its last one.
        name: the name of the operation.
        verify_shape: raises TypeError when `value` has not exactly `shape`.

    Raises:
        TypeError: the value does not have the type, or with `verify_shape` the shape.
        ValueError: the value is None, is ragged, or has more elements than `shape`.
    """
    wanted = None if dtype is None else as_dtype(dtype).base_dtype
    array = _shaped(to_array(value, wanted), shape, verify_shape)
    kind = wanted or as_dtype(array.dtype)
    return get_default_graph().add_op("Const", (), {"value": array, "dtype": kind}, name).outputs[0]


def to_array(value: Any, dtype: DType | None = None) -> np.ndarray[Any, Any]:
    """Returns a Python value as an array, with TensorFlow's element type for it.

    Raises:
        TypeError: an element does not have the given type.
        ValueError: the value is None or ragged.
    """
    if isinstance(value, (np.ndarray, np.generic)):
        array = np.asarray(value)
        if dtype is None:
            as_dtype(array.dtype)
            return _bytes_array(array) if array.dtype.kind in "USO" else _frozen(array)
        if dtype is dtypes.string:
            return _bytes_array(array)
        return _frozen(array.astype(dtype.numpy))
    if isinstance(value, TensorShape):
        value = value.as_list()
    if value is None:
        raise ValueError("None values not supported.")
    if isinstance(value, range):
        raise ValueError(
            f"Expected values {value} to be a dense tensor with shape [], but got shape [{len(value)}]. Use list({value}), or tf.range."
        )
    if dtype is not None:
        _check_elements(value, dtype)
        if dtype is dtypes.string:
            return _bytes_array(np.array(value, object))
    try:
        array = np.array(value, dtype=None if dtype is None else dtype.numpy)
    except OverflowError:
        # TensorFlow keeps the lowest bits.
        array = np.array(value, object) & (2**64 - 1)
        array = np.asarray(array, np.uint64).astype(dtype.numpy if dtype else np.int64)
    except ValueError:
        raise ValueError(
            f"Can't convert Python sequence with mixed or ragged lengths to Tensor: {_shorten(value)}. Make all rows equally long."
        ) from None
    return _frozen(array if dtype is not None else _default_type(array, value))


def _default_type(array: np.ndarray[Any, Any], value: Any) -> np.ndarray[Any, Any]:
    if array.dtype == np.float64 and not _holds_numpy(value):
        return array.astype(np.float32)
    if array.dtype == np.int64 and not _holds_numpy(value):
        small = array.astype(np.int32)
        return small if np.array_equal(small, array) else array
    if array.dtype.kind in "US":
        _check_elements(value, dtypes.string)
        return _bytes_array(array)
    if array.dtype == object:
        raise TypeError(f"Cannot convert {_shorten(value)} to a tensor: its elements have no common type.")
    if array.size == 0 and array.dtype == np.float64:
        return array.astype(np.float32)
    return array


def _holds_numpy(value: Any) -> bool:
    while isinstance(value, (list, tuple)) and value:
        value = value[0]
    return isinstance(value, (np.ndarray, np.generic))


_ACCEPTED: Final[dict[str, tuple[type, ...]]] = {
    "f": (float, int, np.floating, np.integer),
    "V": (float, int, np.floating, np.integer),
    "i": (int, np.integer),
    "u": (int, np.integer),
    "c": (complex, float, int, np.number),
    "b": (bool, np.bool_),
    "O": (str, bytes),
}


def _check_elements(value: Any, dtype: DType) -> None:
    """Raises TypeError at the first element that the type does not accept."""
    if isinstance(value, (list, tuple)):
        for item in value:
            _check_elements(item, dtype)
        return
    if isinstance(value, np.ndarray):
        return
    accepted = _ACCEPTED[dtype.numpy.kind]
    if not isinstance(value, accepted):
        raise TypeError(f"Expected {dtype.name}, but got {_shorten(value)} of type '{type(value).__name__}'.")


def _shaped(array: np.ndarray[Any, Any], shape: Any, verify: bool) -> np.ndarray[Any, Any]:
    if shape is None:
        return array
    wanted = tuple(TensorShape(shape).as_list())
    if wanted == array.shape:
        return array
    if verify:
        raise TypeError(f"Expected Tensor's shape: {wanted}, but got {array.shape}.")
    size = int(np.prod([d or 0 for d in wanted], dtype=np.int64))
    if size == 0 and array.ndim == 0:
        return _frozen(np.empty(tuple(d or 0 for d in wanted), array.dtype))
    if array.size > size:
        raise ValueError(f"Too many elements provided. Takes at most {size} for shape {wanted}, but got {array.size}.")
    flat = array.ravel()
    if flat.size < size:
        flat = np.concatenate([flat, np.repeat(flat[-1:], size - flat.size)])
    return _frozen(flat.reshape(tuple(d or 0 for d in wanted)))


def _bytes_array(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    out = np.empty(array.shape, object)
    flat: Sequence[Any] = [x if isinstance(x, bytes) else str(x).encode() for x in array.ravel()]
    out.ravel()[:] = flat
    return out


def _frozen(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """A read-only copy, so that neither the user's later writes nor a fetched value change the graph.

    It is aligned so that JAX computes with it where it lies: a large constant is held once.
    """
    array = np.asarray(array)
    if array.dtype.hasobject:
        copy = array.copy()  # strings, which JAX never sees
    else:
        room = np.empty(array.nbytes + _ALIGNMENT, np.uint8)
        start = -room.ctypes.data % _ALIGNMENT
        copy = room[start : start + array.nbytes].view(array.dtype).reshape(array.shape)
        copy[...] = array
    copy.setflags(write=False)
    return copy


def _shorten(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."
