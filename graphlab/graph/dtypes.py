"""Tensor element types, with TensorFlow's names, enum numbers and reference variants."""

from __future__ import annotations

from typing import Any, Final

import ml_dtypes
import numpy as np
from tensorboard.compat.proto import types_pb2

_REF_OFFSET: Final = 100


class DType:
    """An element type such as `tf.float32`; `tf.float32._ref` is the type of a variable's buffer.

    Mirrors `tf.DType`. Instances are interned: compare with `==` or `is`.
    """

    __slots__ = ("_base", "_enum", "_name", "_numpy", "_ref")

    def __init__(self, name: str, enum: int, numpy_type: Any, base: DType | None = None) -> None:
        self._name = name
        self._enum = enum
        self._numpy: np.dtype[Any] = np.dtype(numpy_type)
        self._base = base
        self._ref = None if base else DType(name + "_ref", enum + _REF_OFFSET, numpy_type, self)

    @property
    def name(self) -> str:
        """TensorFlow's name, for example `float32` or `float32_ref`."""
        return self._name

    @property
    def as_datatype_enum(self) -> int:
        """The number of this type in TensorFlow's `DataType` enum."""
        return self._enum

    @property
    def as_numpy_dtype(self) -> type[Any]:
        """The NumPy scalar type that holds one element."""
        scalar: type[Any] = self._numpy.type
        return scalar

    @property
    def numpy(self) -> np.dtype[Any]:
        """The NumPy dtype of arrays of this type."""
        return self._numpy

    @property
    def base_dtype(self) -> DType:
        """The type itself, or for a reference type the type that it refers to."""
        return self._base or self

    @property
    def is_ref(self) -> bool:
        """Whether this is the type of a variable's buffer."""
        return self._base is not None

    @property
    def as_ref(self) -> DType:
        """The reference variant of this type."""
        return self._ref or self

    @property
    def is_floating(self) -> bool:
        """Whether elements are real floating point numbers."""
        return self.base_dtype in _FLOATING

    @property
    def is_complex(self) -> bool:
        """Whether elements are complex numbers."""
        return self._numpy.kind == "c"

    @property
    def is_integer(self) -> bool:
        """Whether elements are signed or unsigned integers."""
        return self._numpy.kind in "iu"

    @property
    def is_bool(self) -> bool:
        """Whether elements are truth values."""
        return self._numpy.kind == "b"

    @property
    def size(self) -> int:
        """Bytes of one element; 1 for strings, as in TensorFlow."""
        return 1 if self.base_dtype is string else self._numpy.itemsize

    @property
    def min(self) -> Any:
        """The smallest finite value."""
        return self._limits().min

    @property
    def max(self) -> Any:
        """The largest finite value."""
        return self._limits().max

    def is_compatible_with(self, other: Any) -> bool:
        """Whether a value of `other` may be used where this type is wanted."""
        other = as_dtype(other)
        return self is other or self is other.base_dtype

    def _limits(self) -> Any:
        if self._numpy.kind in "iu":
            return np.iinfo(self._numpy)
        if self.is_floating:
            return ml_dtypes.finfo(self._numpy)  # type: ignore[no-untyped-call]
        raise TypeError(f"{self!r} has no smallest and largest value.")

    def __eq__(self, other: object) -> bool:
        if other is None:
            return False
        try:
            return self is as_dtype(other)
        except TypeError:
            return False

    def __hash__(self) -> int:
        return self._enum

    def __repr__(self) -> str:
        return f"tf.{self._name}"

    def __str__(self) -> str:
        return f"<dtype: '{self._name}'>"

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return as_dtype, (self._name,)


float32: Final = DType("float32", types_pb2.DT_FLOAT, np.float32)
float64: Final = DType("float64", types_pb2.DT_DOUBLE, np.float64)
int32: Final = DType("int32", types_pb2.DT_INT32, np.int32)
uint8: Final = DType("uint8", types_pb2.DT_UINT8, np.uint8)
int16: Final = DType("int16", types_pb2.DT_INT16, np.int16)
int8: Final = DType("int8", types_pb2.DT_INT8, np.int8)
string: Final = DType("string", types_pb2.DT_STRING, object)
complex64: Final = DType("complex64", types_pb2.DT_COMPLEX64, np.complex64)
int64: Final = DType("int64", types_pb2.DT_INT64, np.int64)
bool_: Final = DType("bool", types_pb2.DT_BOOL, np.bool_)
bfloat16: Final = DType("bfloat16", types_pb2.DT_BFLOAT16, ml_dtypes.bfloat16)
uint16: Final = DType("uint16", types_pb2.DT_UINT16, np.uint16)
complex128: Final = DType("complex128", types_pb2.DT_COMPLEX128, np.complex128)
float16: Final = DType("float16", types_pb2.DT_HALF, np.float16)
uint32: Final = DType("uint32", types_pb2.DT_UINT32, np.uint32)
uint64: Final = DType("uint64", types_pb2.DT_UINT64, np.uint64)
resource: Final = DType("resource", types_pb2.DT_RESOURCE, object)

double, half = float64, float16

FLOATS: Final = (bfloat16, float16, float32, float64)
COMPLEXES: Final = (complex64, complex128)
INTS: Final = (uint8, int8, uint16, int16, int32, uint32, int64, uint64)
REALS: Final = FLOATS + INTS
NUMBERS: Final = REALS + COMPLEXES
INEXACT: Final = FLOATS + COMPLEXES
INDICES: Final = (int32, int64)
EVERY: Final = (*NUMBERS, bool_, string)

_FLOATING: Final = frozenset(FLOATS)
_BY_ENUM: Final = {t.as_datatype_enum: t for base in (*EVERY, resource) for t in (base, base.as_ref)}
BY_NAME: Final = {t.name: t for t in _BY_ENUM.values()} | {"double": float64, "half": float16, "float": float32}
_BY_NUMPY: Final = {t.numpy: t for t in EVERY}
_BY_PYTHON: Final[dict[type, DType]] = {
    float: float32,
    int: int64,
    bool: bool_,
    complex: complex128,
    str: string,
    bytes: string,
}


def as_dtype(value: Any) -> DType:
    """Returns the `DType` that `value` names.

    Args:
        value: a `DType`, an enum number, a name, a NumPy dtype or scalar type, or a Python type.

    Raises:
        TypeError: `value` names no type that tensors can have.
    """
    if isinstance(value, DType):
        return value
    found: DType | None = None
    if isinstance(value, int) and not isinstance(value, bool):
        found = _BY_ENUM.get(value)
    elif isinstance(value, str):
        found = BY_NAME.get(value)
    elif isinstance(value, type) and value in _BY_PYTHON:
        found = _BY_PYTHON[value]
    if found is None and not isinstance(value, (int, float)):
        try:
            numpy_type = np.dtype(value)
        except (TypeError, ValueError):
            numpy_type = np.dtype("V1")
        found = string if numpy_type.kind in "US" else _BY_NUMPY.get(numpy_type)
    if found is None:
        raise TypeError(
            f"Cannot convert {value!r} to a TensorFlow DType. Use one such as tf.float32, 'float32' or numpy.float32."
        )
    return found
