"""Slices: `tf.slice`, `tf.strided_slice`, and Python's brackets on tensors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from graphlab.graph.dtypes import EVERY, INDICES, DType, bool_, int16, int32, int64
from graphlab.graph.registry import operator, register
from graphlab.graph.shapes import UNKNOWN, Dimension, TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arrays, build, elementwise, gathering, joining, padding
from graphlab.ops.constant import constant
from graphlab.ops.scopes import name_scope
from graphlab.ops.static import constant_shape, literal_value, partial_values

_MASKS: Final = ("begin_mask", "end_mask", "ellipsis_mask", "new_axis_mask", "shrink_axis_mask")


def _slice_shape(op: Operation) -> TensorShape:
    given = op.inputs[0].shape
    begin, size = partial_values(op.inputs[1]), partial_values(op.inputs[2])
    length = op.inputs[1].shape.num_elements()
    if given.extents is None:
        given = TensorShape.of(None if length is None else (None,) * length)
    if given.extents is None or begin is None or size is None:
        return UNKNOWN if given.extents is None else TensorShape.of((None,) * len(given.extents))
    if len(begin) != len(given.extents):
        raise ValueError(f"Shape must be rank {len(begin)} but is rank {len(given.extents)}")
    return TensorShape.of(tuple(_piece(d, b, s) for d, b, s in zip(given.extents, begin, size, strict=True)))


def _piece(extent: int | None, begin: int | None, size: int | None) -> int | None:
    if size == -1:
        return None if extent is None or begin is None else extent - begin
    return size


def _lower_slice(k: Any, x: Any, begin: Any, size: Any) -> Any:
    index = []
    for axis, (extent, length) in enumerate(zip(x.shape, size, strict=True)):
        first = begin[axis]
        count = int(length) if length != -1 else extent - int(first)
        if k.xp is np and not 0 <= first <= first + count <= extent:
            raise ValueError(
                f"Expected begin[{axis}] in [0, {extent}] and begin + size within it, but got {first} and {length}"
            )
        index.append((first, count))
    if all(isinstance(first, (int, np.integer)) for first, _ in index):
        return x[tuple(slice(int(first), int(first) + count) for first, count in index)]
    for axis, (first, count) in enumerate(index):
        x = k.xp.take(x, first + np.arange(count), axis=axis)
    return x


def _slice_gradient(op: Operation, grad: Tensor) -> list[Any]:
    given, begin = op.inputs[0], op.inputs[1]
    rank = arrays.rank(given)
    size = arrays.shape(op.outputs[0], out_type=begin.dtype)
    column = arrays.stack([rank, 1])
    before = arrays.reshape(begin, column)
    after = arrays.reshape(arrays.shape(given, out_type=begin.dtype) - size - begin, column)
    return [padding.pad(grad, joining.concat([before, after], 1)), None, None]


register(
    "Slice",
    "input: T, begin: Index, size: Index -> output: T",
    T=EVERY,
    Index=INDICES,
    shape=_slice_shape,
    lower=_lower_slice,
    gradient=_slice_gradient,
)


def slice_(input_: Any, begin: Any, size: Any, name: str | None = None) -> Tensor:
    """Returns the block of a tensor that starts at `begin` and has the extents `size`; -1 reaches to the end. Mirrors `tf.slice`.

    Raises:
        ValueError: the block does not lie in the tensor.
    """
    return _node("Slice", input_, begin, size, name=name)


class _Spec:
    """The parts of a strided slice, one for each place between the commas."""

    def __init__(
        self, attr: Any, begin: Sequence[Any] | None, end: Sequence[Any] | None, strides: Sequence[Any], rank: int
    ) -> None:
        masks = [attr[m] for m in _MASKS]
        count = len(strides)
        if attr["ellipsis_mask"].bit_count() > 1:
            raise ValueError("Multiple ellipses in slice spec not allowed")
        used = sum(1 for i in range(count) if not (attr["ellipsis_mask"] | attr["new_axis_mask"]) >> i & 1)
        if used > rank:
            raise ValueError(
                f"Index out of range using input dim {rank}; input has only {rank} dims"
                if rank
                else "Attempting to slice scalar input."
            )
        self.items: list[tuple[str, Any, Any, Any]] = []
        seen_ellipsis = False
        for i in range(count):
            first, last, is_ellipsis, is_new, is_one = (m >> i & 1 for m in masks)
            if strides[i] is not None and strides[i] == 0:
                raise ValueError(f"strides[{i}] must be non-zero")
            if is_ellipsis:
                self.items += [("range", None, None, 1)] * (rank - used)
                seen_ellipsis = True
            elif is_new:
                self.items.append(("new", None, None, 1))
            elif is_one:
                self.items.append(("one", None if begin is None else begin[i], None, strides[i]))
            else:
                low = None if first else (_UNKNOWN if begin is None or begin[i] is None else begin[i])
                high = None if last else (_UNKNOWN if end is None or end[i] is None else end[i])
                self.items.append(("range", low, high, strides[i]))
        if not seen_ellipsis:
            self.items += [("range", None, None, 1)] * (rank - used)

    def shape(self, extents: Sequence[int | None]) -> tuple[int | None, ...]:
        """The extents of the result, as far as known."""
        result: list[int | None] = []
        axis = 0
        for kind, low, high, stride in self.items:
            if kind == "new":
                result.append(1)
                continue
            extent = extents[axis]
            if kind == "one":
                if low is not None and extent is not None and not -extent <= low < extent:
                    raise ValueError(f"slice index {low} of dimension {axis} out of bounds.")
            elif extent is None or low is _UNKNOWN or high is _UNKNOWN or stride is None:
                result.append(None)
            else:
                result.append(len(range(*slice(low, high, stride).indices(extent))))
            axis += 1
        return tuple(result)

    def index(self, xp: Any, extents: Sequence[int]) -> tuple[Any, ...]:
        """The index of the slice for arrays."""
        parts: list[Any] = []
        axis = 0
        for kind, low, high, stride in self.items:
            if kind == "new":
                parts.append(None)
                continue
            if kind == "one":
                if xp is np and not -extents[axis] <= low < extents[axis]:
                    raise ValueError(f"slice index {low} of dimension {axis} out of bounds.")
                parts.append(int(low) if isinstance(low, (int, np.integer)) else low)
            else:
                parts.append(slice(*(None if v is None else int(v) for v in (low, high, stride))))
            axis += 1
        return tuple(parts)


_UNKNOWN: Final = object()


def _strided_shape(op: Operation) -> TensorShape:
    given = op.inputs[0].shape
    begin, end, strides = (partial_values(t) for t in op.inputs[1:4])
    if given.extents is None or strides is None:
        return UNKNOWN
    return TensorShape.of(_Spec(op.attr, begin, end, strides, len(given.extents)).shape(given.extents))


def _strided_gradient(op: Operation, grad: Tensor) -> list[Any]:
    begin = op.inputs[1]
    shape = arrays.shape(op.inputs[0], out_type=begin.dtype)
    values = [v if (v := literal_value(t)) is not None else t for t in (shape, *op.inputs[1:4])]
    masks = {m: op.attr[m] for m in _MASKS}
    return [_node("StridedSliceGrad", *values, grad, **masks), None, None, None]


def _lower_strided(k: Any, x: Any, begin: Any, end: Any, strides: Any) -> Any:
    return x[_Spec(k.attr, begin, end, strides, x.ndim).index(k.xp, x.shape)]


def _lower_strided_grad(k: Any, shape: Any, begin: Any, end: Any, strides: Any, dy: Any) -> Any:
    extents = tuple(int(d) for d in shape)
    index = _Spec(k.attr, begin, end, strides, len(extents)).index(k.xp, extents)
    zeros = k.xp.zeros(extents, k.out)
    if k.xp is not np:
        return zeros.at[index].set(dy)
    zeros[index] = dy
    return zeros


def _strided_grad_gradient(op: Operation, grad: Tensor) -> list[Any]:
    masks = {m: op.attr[m] for m in _MASKS}
    return [None, None, None, None, _node("StridedSlice", grad, *op.inputs[1:4], **masks)]


_NO_MASKS: Final[dict[str, Any]] = dict.fromkeys(_MASKS, 0)
register(
    "StridedSlice",
    "input: T, begin: Index, end: Index, strides: Index -> output: T",
    T=EVERY,
    Index=(int32, int64, int16),
    shape=_strided_shape,
    lower=_lower_strided,
    gradient=_strided_gradient,
    **_NO_MASKS,
)
register(
    "StridedSliceGrad",
    "shape: Index, begin: Index, end: Index, strides: Index, dy: T -> output: T",
    T=EVERY,
    Index=INDICES,
    shape=lambda op: constant_shape(op.inputs[0]),
    lower=_lower_strided_grad,
    gradient=_strided_grad_gradient,
    **_NO_MASKS,
)


def strided_slice(
    input_: Any,
    begin: Any,
    end: Any,
    strides: Any = None,
    begin_mask: int = 0,
    end_mask: int = 0,
    ellipsis_mask: int = 0,
    new_axis_mask: int = 0,
    shrink_axis_mask: int = 0,
    var: Any = None,
    name: str | None = None,
) -> Tensor:
    """Returns each `strides[i]`-th element from `begin[i]` up to `end[i]` along each axis i. Mirrors `tf.strided_slice`.

    Bit i of a mask concerns place i: `begin_mask` and `end_mask` ignore a bound, `ellipsis_mask` takes all axes
    not named, `new_axis_mask` inserts an axis, `shrink_axis_mask` takes one element and drops the axis.

    Raises:
        ValueError: more axes are named than there are, an index is out of bounds, or a stride is zero.
        NotImplementedError: `var` is given; assign to the variable as a whole.
    """
    if var is not None:
        raise NotImplementedError(
            "strided_slice cannot assign to `var`; use tf.scatter_update, or assign the whole variable."
        )
    if strides is None:
        strides = arrays.ones_like(begin)
    masks = dict(zip(_MASKS, (begin_mask, end_mask, ellipsis_mask, new_axis_mask, shrink_axis_mask), strict=True))
    return _node("StridedSlice", input_, begin, end, strides, name=name, **masks)


def parts_of(key: Any) -> tuple[list[Any], list[Any], list[Any], dict[str, int]]:
    """Takes what stands between brackets apart into begin, end, strides and masks.

    Raises:
        TypeError: a part is none that slices have.
    """
    begin: list[Any] = []
    end: list[Any] = []
    strides: list[Any] = []
    masks = dict.fromkeys(_MASKS, 0)
    for place, part in enumerate(key if isinstance(key, (list, tuple)) else (key,)):
        bit = 1 << place
        first: Any = 0
        last: Any = 0
        step: Any = 1
        if isinstance(part, slice):
            kind = _index_type(part)
            for bound in (part.start, part.stop, part.step):
                _check_index(bound)
            first, last, step = (_default(v, d, kind) for v, d in ((part.start, 0), (part.stop, 0), (part.step, 1)))
            masks["begin_mask"] |= bit if part.start is None else 0
            masks["end_mask"] |= bit if part.stop is None else 0
        elif part is Ellipsis:
            masks["ellipsis_mask"] |= bit
        elif part is None:
            masks["new_axis_mask"] |= bit
        else:
            _check_index(part)
            first, last = part, part + 1
            if isinstance(part, Tensor) and part.dtype.base_dtype is not int32:
                step = constant(1, dtype=part.dtype.base_dtype)
            masks["shrink_axis_mask"] |= bit
        begin.append(first)
        end.append(last)
        strides.append(step)
    return begin, end, strides, masks


def _index_type(part: slice) -> DType | None:
    """The widest element type among the tensors of a slice."""
    kinds = [t.dtype.base_dtype for t in (part.start, part.stop, part.step) if isinstance(t, Tensor)]
    return next((k for k in (int64, int32, int16) if k in kinds), None)


def _default(value: Any, default: int, kind: DType | None) -> Any:
    if value is not None:
        return value
    return default if kind is None else constant(default, dtype=kind)


@operator("getitem")
def _getitem(tensor: Tensor, key: Any) -> Tensor:
    if (
        isinstance(key, bool)
        or getattr(key, "dtype", None) is bool_
        or (isinstance(key, np.ndarray) and key.dtype == bool)
    ):
        return gathering.boolean_mask(tensor, key)
    begin, end, strides, masks = parts_of(key)
    with name_scope(None, "strided_slice", [tensor, *begin, *end, *strides]) as scope:
        bounds = [_bounds(v) for v in (begin, end, strides)]
        if any(b.dtype is int64 for b in bounds):
            bounds = [elementwise.cast(b, int64) for b in bounds]
        return _node("StridedSlice", tensor, *bounds, name=scope, **masks)


def _bounds(values: list[Any]) -> Tensor:
    return arrays.stack(values) if values else constant([], int32)


def _check_index(index: Any) -> None:
    if index is None or (isinstance(index, (int, np.integer, Dimension)) and not isinstance(index, bool)):
        return
    dtype, shape = getattr(index, "dtype", None), getattr(index, "shape", ())
    if dtype is None or dtype not in (int16, int32, int64) or (shape and len(shape) > 0):
        raise TypeError(
            "Only integers, slices (`:`), ellipsis (`...`), tf.newaxis (`None`) and scalar tf.int32/tf.int64 tensors are valid indices, "
            f"got {index!r}. To pick several elements use tf.gather."
        )


def _node(op_type: str, *values: Any, name: str | None = None, **attrs: Any) -> Tensor:
    result: Tensor = build.add(op_type, *values, name=name, **attrs)
    return result
