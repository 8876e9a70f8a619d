"""Functions of all elements that are made of several ops: log-sum-exp, variance, counts, norms."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphlab.graph.dtypes import bool_, int32, int64
from graphlab.graph.tensor import Tensor
from graphlab.ops import arithmetic, arrays, build, comparisons, elementwise, reductions, reshaping, rounding, selecting
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import name_scope


def reduce_logsumexp(
    input_tensor: Any, axis: Any = None, keepdims: bool | None = None, name: str | None = None, **legacy: Any
) -> Tensor:
    """Returns log(sum(exp(x))) over axes, without overflow for large x. Mirrors `tf.reduce_logsumexp`."""
    axis, keepdims = reductions.modern_arguments("reduce_logsumexp", axis, keepdims, legacy)
    with name_scope(name, "ReduceLogSumExp", [input_tensor]) as scope:
        largest = reductions.reduce_max(input_tensor, axis=axis, keepdims=True)
        shift = arrays.stop_gradient(selecting.where_v2(rounding.is_finite(largest), largest, 0))
        total = reductions.reduce_sum(
            elementwise.exp(arithmetic.subtract(input_tensor, shift)), axis=axis, keepdims=keepdims
        )
        result = elementwise.log(total)
        if not keepdims:
            shift = arrays.reshape(shift, build.add("Shape", result, out_type=int32))
        return arithmetic.add(result, shift, name=scope)


def reduce_variance(input_tensor: Any, axis: Any = None, keepdims: bool = False, name: str | None = None) -> Tensor:
    """Returns the mean squared distance from the mean over axes. Mirrors `tf.math.reduce_variance`.

    Raises:
        TypeError: the tensor is neither floating point nor complex.
    """
    with name_scope(name or "reduce_variance"):
        x = convert_to_tensor(input_tensor)
        mean = reductions.reduce_mean(x, axis=axis, keepdims=True)
        if mean.dtype.is_integer:
            raise TypeError(
                f"Input must be either real or complex. Received integer type {mean.dtype.name}. Use tf.cast."
            )
        return reductions.reduce_mean(elementwise.square(x - mean), axis=axis, keepdims=keepdims)


def reduce_std(input_tensor: Any, axis: Any = None, keepdims: bool = False, name: str | None = None) -> Tensor:
    """Returns the square root of the variance over axes. Mirrors `tf.math.reduce_std`."""
    with name_scope(name or "reduce_std"):
        return elementwise.sqrt(reduce_variance(convert_to_tensor(input_tensor), axis=axis, keepdims=keepdims))


def count_nonzero(
    input: Any = None,
    axis: Any = None,
    keepdims: bool | None = None,
    dtype: Any = int64,
    name: str | None = None,
    **legacy: Any,
) -> Tensor:
    """Returns how many elements are not zero over axes. Mirrors `tf.count_nonzero`."""
    given = legacy.pop("input_tensor", input)
    axis, keepdims = reductions.modern_arguments("count_nonzero", axis, keepdims, legacy)
    with name_scope(name, "count_nonzero", [given]):
        x = convert_to_tensor(given, name="input")
        holds = (
            x if x.dtype.base_dtype is bool_ else comparisons.not_equal(x, arrays.zeros([], dtype=x.dtype.base_dtype))
        )
        return elementwise.cast(
            reductions.reduce_sum(elementwise.cast(holds, int64), axis=axis, keepdims=keepdims), dtype
        )


def norm(
    tensor: Any,
    ord: Any = "euclidean",
    axis: Any = None,
    keepdims: bool | None = None,
    name: str | None = None,
    **legacy: Any,
) -> Tensor:
    """Returns the length of vectors, or the size of matrices when `axis` names two axes. Mirrors `tf.norm`.

    Args:
        tensor: the tensor.
        ord: `euclidean`, a positive number p or infinity for vectors; `euclidean`, `fro`, 1 or infinity for matrices.
        axis: the axis of vectors, the two axes of matrices, or None for one vector of all elements.
        keepdims: whether the axes stay, with extent 1.
        name: the name of the operation.
        **legacy: `keep_dims`, the old name of `keepdims`.

    Raises:
        ValueError: `ord` does not fit, or `axis` is neither an integer nor two.
        NotImplementedError: the 2-norm of matrices, which needs their singular values.
    """
    axis, keepdims = reductions.modern_arguments("norm", axis, keepdims, legacy)
    pair = isinstance(axis, (tuple, list)) and not isinstance(axis, int)
    if pair and (len(axis) != 2 or axis[0] == axis[1]):
        raise ValueError(f"'axis' must be None, an integer, or a tuple of 2 unique integers, got {axis}")
    _check_order(ord, pair)
    axes = tuple(axis) if pair else None if axis is None else (axis,)
    with name_scope(name, "norm", [tensor]):
        x = convert_to_tensor(tensor)
        result = _norm(x, ord, axes, pair)
        return result if keepdims else reshaping.squeeze(result, axes)


def _check_order(order: Any, is_matrix: bool) -> None:
    if is_matrix:
        if order in (2, 2.0) and not isinstance(order, str):
            raise NotImplementedError("The 2-norm of matrices is not available; use ord='fro', 1 or np.inf.")
        if order not in ("euclidean", "fro", 1, np.inf):
            raise ValueError(f"'ord' must be a supported matrix norm in ['euclidean', 'fro', 1, 2, inf], got {order}")
    elif order != "euclidean" and (isinstance(order, str) or not np.isreal(order) or order <= 0):
        raise ValueError(f"'ord' must be a supported vector norm, got {order}")


def _norm(x: Tensor, order: Any, axes: tuple[int, ...] | None, is_matrix: bool) -> Tensor:
    if order in ("fro", "euclidean", 2):
        return elementwise.sqrt(reductions.reduce_sum(x * elementwise.conj(x), axes, keepdims=True))
    size = elementwise.abs_(x)
    first, last = (None, None) if axes is None else (axes[0], axes[-1])
    if order == 1:
        total = reductions.reduce_sum(size, first, keepdims=True)
        return reductions.reduce_max(total, last, keepdims=True) if is_matrix else total
    if order == np.inf:
        if is_matrix:
            size = reductions.reduce_sum(size, last, keepdims=True)
        return reductions.reduce_max(size, first, keepdims=True)
    powers = reductions.reduce_sum(arithmetic.power(size, order), axes, keepdims=True)
    return arithmetic.power(powers, 1.0 / order)
