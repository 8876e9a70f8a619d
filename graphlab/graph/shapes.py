"""Static shapes: tuples of dimensions of which some, or their number, may be unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from tensorboard.compat.proto import tensor_shape_pb2


class Dimension:
    """One extent of a shape: an integer, or unknown (`value is None`). Mirrors `tf.Dimension` of TensorFlow 1.x.

    Arithmetic with an unknown extent gives an unknown one, comparison with one gives `None`.
    """

    __slots__ = ("_value",)

    def __init__(self, value: Any) -> None:
        if isinstance(value, Dimension):
            value = value.value
        self._value = None if value is None else _extent(value)

    @property
    def value(self) -> int | None:
        """The extent, or None when unknown."""
        return self._value

    def is_compatible_with(self, other: Any) -> bool:
        """Whether both can be the same extent."""
        other = Dimension(other)
        return self._value is None or other.value is None or self._value == other.value

    def merge_with(self, other: Any) -> Dimension:
        """Returns the more specific of the two.

        Raises:
            ValueError: both are known and differ.
        """
        merged = Dimension(other)
        if not self.is_compatible_with(merged):
            raise ValueError(f"Dimensions {self} and {merged} are not compatible")
        return merged if self._value is None else self

    def _combine(self, other: Any, apply: Any) -> Dimension:
        try:
            operand = Dimension(other)
        except (TypeError, ValueError):
            return NotImplemented  # type: ignore[no-any-return]
        if self._value is None or operand.value is None:
            return Dimension(None)
        return Dimension(apply(self._value, operand.value))

    def __add__(self, other: Any) -> Dimension:
        return self._combine(other, lambda a, b: a + b)

    def __sub__(self, other: Any) -> Dimension:
        return self._combine(other, lambda a, b: a - b)

    def __rsub__(self, other: Any) -> Dimension:
        return self._combine(other, lambda a, b: b - a)

    def __mul__(self, other: Any) -> Dimension:
        return self._combine(other, lambda a, b: a * b)

    def __floordiv__(self, other: Any) -> Dimension:
        return self._combine(other, lambda a, b: a // b)

    def __rfloordiv__(self, other: Any) -> Dimension:
        return self._combine(other, lambda a, b: b // a)

    def __mod__(self, other: Any) -> Dimension:
        return self._combine(other, lambda a, b: a % b)

    __radd__ = __add__
    __rmul__ = __mul__

    def __eq__(self, other: object) -> Any:
        try:
            other = Dimension(other)
        except (TypeError, ValueError):
            return NotImplemented
        if self._value is None or other.value is None:
            return None
        return self._value == other.value

    def __hash__(self) -> int:
        return hash(self._value)

    def __int__(self) -> int:
        if self._value is None:
            raise TypeError(
                "This dimension is unknown until the graph runs; use tf.shape(tensor) inside the graph instead of int()."
            )
        return self._value

    __index__ = __int__

    def __repr__(self) -> str:
        return f"Dimension({self._value})"

    def __str__(self) -> str:
        return "?" if self._value is None else str(self._value)


class TensorShape:
    """A possibly partial shape: `TensorShape([None, 3])`, or `TensorShape(None)` when even the rank is unknown.

    Mirrors `tf.TensorShape`. Indexing gives a `Dimension`, slicing a `TensorShape`.
    """

    __slots__ = ("_dims",)

    _dims: tuple[int | None, ...] | None

    def __init__(self, dims: Any) -> None:
        if dims is None:
            self._dims = None
        elif isinstance(dims, TensorShape):
            self._dims = dims._dims
        elif isinstance(dims, tensor_shape_pb2.TensorShapeProto):
            self._dims = None if dims.unknown_rank else tuple(None if d.size < 0 else d.size for d in dims.dim)
        elif isinstance(dims, Iterable) and not isinstance(dims, (str, bytes)):
            self._dims = tuple(Dimension(d).value for d in dims)
        else:
            self._dims = (Dimension(dims).value,)

    @classmethod
    def of(cls, dims: tuple[int | None, ...] | None) -> TensorShape:
        """Builds a shape from extents that are known to be valid; for shape rules."""
        shape = cls.__new__(cls)
        shape._dims = dims
        return shape

    @property
    def extents(self) -> tuple[int | None, ...] | None:
        """The extents as plain integers or None, or None when the rank is unknown."""
        return self._dims

    @property
    def known(self) -> tuple[int | None, ...]:
        """The extents of a shape of known rank.

        Raises:
            ValueError: the rank is unknown.
        """
        if self._dims is None:
            raise ValueError("Cannot take the length of shape with unknown rank.")
        return self._dims

    @property
    def dims(self) -> list[Dimension] | None:
        """The extents as `Dimension`s, or None when the rank is unknown."""
        return None if self._dims is None else [Dimension(d) for d in self._dims]

    @property
    def ndims(self) -> int | None:
        """The number of dimensions, or None when unknown."""
        return None if self._dims is None else len(self._dims)

    rank = ndims

    def num_elements(self) -> int | None:
        """The number of elements, or None when the shape is not fully known."""
        if self._dims is None:
            return None
        product = 1
        for d in self._dims:
            if d is None:
                return None
            product *= d
        return product

    def is_fully_defined(self) -> bool:
        """Whether rank and all extents are known."""
        return self._dims is not None and None not in self._dims

    def as_list(self) -> list[int | None]:
        """The extents as a list of integers and None.

        Raises:
            ValueError: the rank is unknown.
        """
        if self._dims is None:
            raise ValueError("as_list() is not defined on an unknown TensorShape.")
        return list(self._dims)

    def as_proto(self) -> tensor_shape_pb2.TensorShapeProto:
        """This shape as TensorFlow's message; unknown extents are -1."""
        proto = tensor_shape_pb2.TensorShapeProto()
        if self._dims is None:
            proto.unknown_rank = True
        else:
            for d in self._dims:
                proto.dim.add().size = -1 if d is None else d
        return proto

    def is_compatible_with(self, other: Any) -> bool:
        """Whether some complete shape agrees with both."""
        other = TensorShape(other)
        if self._dims is None or other._dims is None:
            return True
        return len(self._dims) == len(other._dims) and all(
            a is None or b is None or a == b for a, b in zip(self._dims, other._dims, strict=True)
        )

    def assert_is_compatible_with(self, other: Any) -> None:
        """Raises ValueError unless `is_compatible_with(other)`."""
        if not self.is_compatible_with(other):
            raise ValueError(f"Shapes {self} and {TensorShape(other)} are incompatible")

    def merge_with(self, other: Any) -> TensorShape:
        """Returns the shape that holds what both know.

        Raises:
            ValueError: the two contradict each other.
        """
        wanted = TensorShape(other)
        if self._dims is None:
            return wanted
        if wanted._dims is None:
            return self
        if not self.is_compatible_with(wanted):
            raise ValueError(f"Shapes {self} and {wanted} are not compatible")
        return TensorShape.of(tuple(b if a is None else a for a, b in zip(self._dims, wanted._dims, strict=True)))

    def concatenate(self, other: Any) -> TensorShape:
        """Returns the extents of this shape followed by those of `other`."""
        other = TensorShape(other)
        if self._dims is None or other._dims is None:
            return TensorShape(None)
        return TensorShape.of(self._dims + other._dims)

    def with_rank(self, rank: int) -> TensorShape:
        """Returns this shape, given that it has `rank` dimensions.

        Raises:
            ValueError: it has another number of dimensions.
        """
        if self._dims is None:
            return TensorShape.of((None,) * rank)
        if len(self._dims) != rank:
            raise ValueError(f"Shape {self} must have rank {rank}")
        return self

    def __len__(self) -> int:
        return len(self.known)

    def __bool__(self) -> bool:
        return self._dims is not None

    def __iter__(self) -> Iterator[Dimension]:
        return (Dimension(d) for d in self.known)

    def __getitem__(self, key: Any) -> Any:
        if self._dims is None:
            return TensorShape(None) if isinstance(key, slice) else Dimension(None)
        return TensorShape.of(self._dims[key]) if isinstance(key, slice) else Dimension(self._dims[key])

    def __add__(self, other: Any) -> TensorShape:
        return self.concatenate(other)

    def __eq__(self, other: object) -> bool:
        try:
            return self._dims == TensorShape(other)._dims
        except TypeError:
            return NotImplemented

    def __hash__(self) -> int:
        return hash(self._dims)

    def __repr__(self) -> str:
        return f"TensorShape({None if self._dims is None else [Dimension(d) for d in self._dims]})"

    def __str__(self) -> str:
        if self._dims is None:
            return "<unknown>"
        if len(self._dims) == 1:
            return f"({Dimension(self._dims[0])},)"
        return "(" + ", ".join(str(Dimension(d)) for d in self._dims) + ")"


UNKNOWN = TensorShape.of(None)
SCALAR = TensorShape.of(())


def broadcast(a: TensorShape, b: TensorShape) -> TensorShape:
    """Returns the shape of an element-wise operation on `a` and `b` by NumPy's rule, with unknown extents.

    Raises:
        ValueError: the shapes cannot be broadcast against each other.
    """
    if a.extents is None or b.extents is None:
        return UNKNOWN
    if a.extents == b.extents:
        return a if None not in a.extents or len(a.extents) == 0 else TensorShape.of(a.extents)
    rank = max(len(a.extents), len(b.extents))
    left = (1,) * (rank - len(a.extents)) + a.extents
    right = (1,) * (rank - len(b.extents)) + b.extents
    return TensorShape.of(tuple(_broadcast_extent(x, y, a, b) for x, y in zip(left, right, strict=True)))


def _broadcast_extent(x: int | None, y: int | None, a: TensorShape, b: TensorShape) -> int | None:
    if x == 1:
        return y
    if y in (1, x):
        return x
    if x is None:
        return y
    if y is None:
        return x
    raise ValueError(f"Shapes {a} and {b} cannot be broadcast: {x} and {y} differ and neither is 1")


def _extent(value: Any) -> int:
    if isinstance(value, (bool, float, str, bytes, np.floating)):
        raise TypeError(
            f"Dimension value must be integer or None or have an __index__ method, got value {value!r} with type {type(value)!r}"
        )
    try:
        number = value.__index__()
    except AttributeError:
        raise TypeError(
            f"Dimension value must be integer or None or have an __index__ method, got value {value!r} with type {type(value)!r}"
        ) from None
    if number < 0:
        raise ValueError(f"Dimension {number} must be >= 0")
    return int(number)
