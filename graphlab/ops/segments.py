"""Reductions of rows that carry the same number."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphlab.graph.dtypes import INDICES, NUMBERS, REALS, DType, as_dtype, bool_, int32
from graphlab.graph.registry import register
from graphlab.graph.shapes import UNKNOWN, TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arithmetic, arrays, build, comparisons, division, elementwise, reductions, selecting
from graphlab.ops.constant import constant
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import name_scope
from graphlab.ops.static import constant_value

_JAX_UPDATE = {"add": "add", "multiply": "multiply", "maximum": "max", "minimum": "min"}


def _combined(k: Any, data: Any, ids: Any, rows: int, ufunc: str, start: Any) -> Any:
    """Combines the rows of `data` that carry the same number; negative numbers are left out."""
    flat_ids = k.xp.reshape(ids, -1)
    flat = k.xp.reshape(data, (flat_ids.size, *data.shape[ids.ndim :]))
    out = k.xp.full((rows, *flat.shape[1:]), start, k.out)
    if k.xp is not np:
        return getattr(out.at[k.xp.where(flat_ids < 0, rows, flat_ids)], _JAX_UPDATE[ufunc])(flat, mode="drop")
    if flat_ids.size and flat_ids.max() >= rows:
        raise ValueError(f"segment_ids must be < num_segments = {rows}, but one is {flat_ids.max()}")
    getattr(np, ufunc).at(out, flat_ids[flat_ids >= 0], flat[flat_ids >= 0])
    return out


def _unsorted_shape(op: Operation) -> TensorShape:
    data, ids, rows = op.inputs[0].shape, op.inputs[1].shape, constant_value(op.inputs[2])
    if data.extents is None or ids.ndims is None:
        return UNKNOWN
    return TensorShape.of((None if rows is None else int(rows), *data.extents[ids.ndims :]))


def _unsorted_gradient(op: Operation, grad: Tensor) -> list[Any]:
    ids = op.inputs[1]
    gathered = arrays.gather(grad, arithmetic.maximum(ids, arrays.zeros_like(ids)))
    is_positive = comparisons.greater_equal(ids, 0)
    extents = arrays.shape(is_positive)
    missing = arrays.ones([arrays.rank(gathered) - arrays.rank(is_positive)], dtype=extents.dtype)
    is_positive = arrays.reshape(is_positive, arrays.concat([extents, missing], 0)) & arrays.ones_like(
        gathered, dtype=bool_
    )
    return [selecting.where_v2(is_positive, gathered, arrays.zeros_like(gathered)), None, None]


register(
    "UnsortedSegmentSum",
    "data: T, segment_ids: Tindices, num_segments: Tnumsegments -> output: T",
    T=NUMBERS,
    Tindices=INDICES,
    Tnumsegments=INDICES,
    shape=_unsorted_shape,
    lower=lambda k, data, ids, rows: _combined(k, data, ids, int(rows), "add", 0),
    gradient=_unsorted_gradient,
)


def unsorted_segment_sum(data: Any, segment_ids: Any, num_segments: Any, name: str | None = None) -> Tensor:
    """Adds up the rows that carry the same number; rows with a negative one are left out. Mirrors `tf.unsorted_segment_sum`."""
    result: Tensor = build.add("UnsortedSegmentSum", data, segment_ids, num_segments, name=name)
    return result


def _sorted_shape(op: Operation) -> TensorShape:
    data = op.inputs[0].shape
    return UNKNOWN if data.extents is None else TensorShape.of((None, *data.extents[1:]))


def _checked(ids: Any) -> tuple[Any, int]:
    numbers = np.asarray(ids)
    if (np.diff(numbers) < 0).any() or (numbers < 0).any():
        raise ValueError(f"segment ids must be sorted and not negative, but are {numbers.tolist()}")
    return numbers, int(numbers[-1]) + 1 if len(numbers) else 0


def _sorted(ufunc: str, start: int) -> Any:
    """A lowering that combines rows; a number that no row carries gives zeros, or for products ones."""

    def lower(k: Any, data: Any, ids: Any) -> Any:
        numbers, rows = _checked(ids)
        kind = as_dtype(k.out)
        neutral = (
            {"maximum": -np.inf if kind.is_floating else kind.min, "minimum": np.inf if kind.is_floating else kind.max}
            if ufunc in ("maximum", "minimum")
            else {}
        )
        out = _combined(k, data, numbers, rows, ufunc, neutral.get(ufunc, start))
        missing = np.setdiff1d(np.arange(rows), numbers)
        if len(missing) and ufunc in neutral:
            is_missing = np.isin(np.arange(rows), missing).reshape(-1, *[1] * (out.ndim - 1))
            out = k.xp.where(is_missing, k.out.type(0), out)
        return out

    return lower


def _lower_mean(k: Any, data: Any, ids: Any) -> Any:
    numbers, rows = _checked(ids)
    counts = np.maximum(np.bincount(numbers, minlength=rows), 1).reshape(-1, *[1] * (data.ndim - 1))
    return (_combined(k, data, numbers, rows, "add", 0) / counts.astype(k.out)).astype(k.out)


def _mean_gradient(op: Operation, grad: Tensor) -> list[Any]:
    data, ids = op.inputs
    rank = arrays.rank(data)
    extents = arrays.shape(ids)
    rest = arrays.ones(arrays.expand_dims(rank - 1, 0), dtype=extents.dtype)
    ones = arrays.ones(arrays.concat([extents, rest], 0), dtype=grad.dtype)
    return [arrays.gather(division.divide(grad, segment_sum(ones, ids)), ids), None]


_SEGMENTS = "data: T, segment_ids: Tindices -> output: T"


def _segment(op_type: str, what: str, lower: Any, gradient: Any = None, kinds: tuple[DType, ...] = REALS) -> Any:
    register(op_type, _SEGMENTS, T=kinds, Tindices=INDICES, shape=_sorted_shape, lower=lower, gradient=gradient)

    def function(data: Any, segment_ids: Any, name: str | None = None) -> Tensor:
        result: Tensor = build.add(op_type, data, segment_ids, name=name)
        return result

    function.__doc__ = f"Returns the {what} of the rows that carry the same number; the numbers must be sorted."
    return function


segment_sum = _segment(
    "SegmentSum", "sum", _sorted("add", 0), lambda op, grad: [arrays.gather(grad, op.inputs[1]), None], NUMBERS
)
segment_mean = _segment("SegmentMean", "mean", _lower_mean, _mean_gradient, NUMBERS)
segment_prod = _segment("SegmentProd", "product", _sorted("multiply", 1), kinds=NUMBERS)
segment_max = _segment("SegmentMax", "largest", _sorted("maximum", 0))
segment_min = _segment("SegmentMin", "smallest", _sorted("minimum", 0))


def _lower_bincount(k: Any, values: Any, size: Any, weights: Any) -> Any:
    count = int(size)
    numbers = np.asarray(values)
    chosen = numbers[(numbers >= 0) & (numbers < count)]
    if weights.size:
        return np.bincount(chosen, np.asarray(weights)[(numbers >= 0) & (numbers < count)], count).astype(k.out)
    counts = np.bincount(chosen, minlength=count)
    return (counts > 0 if k.attr["binary_output"] else counts).astype(k.out)


def _bincount_shape(op: Operation) -> TensorShape:
    size = constant_value(op.inputs[1])
    return TensorShape.of((None if size is None else int(size),))


register(
    "DenseBincount",
    "input: Tidx, size: Tidx, weights: T -> output: T",
    Tidx=INDICES,
    T=NUMBERS,
    binary_output=False,
    shape=_bincount_shape,
    lower=_lower_bincount,
    stops_gradient=True,
)


def bincount(
    arr: Any,
    weights: Any = None,
    minlength: Any = None,
    maxlength: Any = None,
    dtype: Any = int32,
    name: str | None = None,
) -> Tensor:
    """Counts how often each of the numbers 0, 1, 2, ... occurs, or adds up the weights of its occurrences. Mirrors `tf.math.bincount`."""
    with name_scope(name, "bincount"):
        numbers = convert_to_tensor(arr, name="arr", dtype=int32)
        has_some = elementwise.cast(arrays.size(numbers) > 0, int32)
        size = has_some * (reductions.reduce_max(numbers) + 1)
        if minlength is not None:
            size = arithmetic.maximum(convert_to_tensor(minlength, dtype=int32, name="minlength"), size)
        if maxlength is not None:
            size = arithmetic.minimum(convert_to_tensor(maxlength, dtype=int32, name="maxlength"), size)
        flat = arrays.reshape(numbers, [-1])
        shares = (
            constant([], as_dtype(dtype))
            if weights is None
            else arrays.reshape(convert_to_tensor(weights, name="weights"), [-1])
        )
        result: Tensor = build.add("DenseBincount", flat, size, shares)
        return result
