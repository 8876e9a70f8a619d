"""Reductions over axes: sum, mean, product, extrema, all, any."""

from __future__ import annotations

import weakref
from typing import Any, Final

import numpy as np

from graphlab.graph import dtypes
from graphlab.graph.dtypes import INDICES, NUMBERS, REALS
from graphlab.graph.graph import Graph, get_default_graph
from graphlab.graph.registry import register
from graphlab.graph.shapes import UNKNOWN, TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arithmetic, arrays, build, comparisons, division, elementwise, reshaping, scans
from graphlab.ops.constant import constant
from graphlab.ops.scopes import colocate_with, device
from graphlab.ops.static import constant_value, literal_value


def _reduced(op: Operation) -> TensorShape:
    given, axes = op.inputs[0].shape, constant_value(op.inputs[1])
    keep = op.attr["keep_dims"]
    if given.extents is None:
        return UNKNOWN
    rank = len(given.extents)
    if axes is None:
        return TensorShape.of((None,) * rank) if keep else UNKNOWN
    gone = _axes(rank, axes)
    return TensorShape.of(tuple(1 if i in gone else d for i, d in enumerate(given.extents) if keep or i not in gone))


def _axes(rank: int, axes: Any) -> tuple[int, ...]:
    for axis in np.ravel(axes):
        if not -rank <= axis < rank:
            raise ValueError(f"Invalid reduction dimension ({axis} for input with {rank} dimension(s))")
    return tuple(sorted({int(a) % rank for a in np.ravel(axes)}))


def _lower_truth(name: str) -> Any:
    return lambda k, x, axes: getattr(k.xp, name)(x, axis=_axes(x.ndim, axes), keepdims=k.attr["keep_dims"])


def _lower_with(name: str) -> Any:
    return lambda k, x, axes: getattr(k.xp, name)(
        x, axis=_axes(x.ndim, axes), keepdims=k.attr["keep_dims"], dtype=k.out
    )


def reduced_shape(shape: Tensor, axes: Any) -> Any:
    """Returns an integer vector, as an array or computed in the graph: `shape` with 1 at each of `axes`."""
    static_shape, static_axes = literal_value(shape), literal_value(axes)
    if static_shape is not None and static_axes is not None:
        kept = np.array(static_shape, np.int32)
        kept[np.ravel(static_axes)] = 1
        return kept
    rank = arrays.size(shape, out_type=axes.dtype)
    axes = (axes + rank) % rank
    count = arrays.shape(axes)
    return build.add("DynamicStitch", [arrays.sequence(rank), axes], [shape, arrays.ones(count, dtype=shape.dtype)])


# TensorFlow computes how often to repeat a gradient once for each shape and axes of a graph, and leaves the nodes of that in the graph.
_seen: Final[weakref.WeakKeyDictionary[Graph, set[Any]]] = weakref.WeakKeyDictionary()


def _sum_gradient(op: Operation, grad: Tensor) -> list[Any]:
    extents = op.inputs[0].shape.extents
    axes = literal_value(op.inputs[1])
    if extents is not None and axes is not None:
        if np.array_equal(axes, np.arange(len(extents))):
            ones = arrays.reshape(grad, [1] * len(extents))
            target = constant(extents, dtype="int32") if None not in extents else arrays.shape(op.inputs[0])
            return [arrays.tile(ones, target), None]
        if None not in extents:
            kept, times = _repetition(extents, axes)
            return [arrays.tile(arrays.reshape(grad, kept), times), None]
    shape = arrays.shape(op.inputs[0])
    if not op.attr["keep_dims"]:
        with colocate_with(shape):
            kept_shape = reduced_shape(shape, op.inputs[1])
        grad = arrays.reshape(grad, kept_shape)
    return [reshaping.broadcast_to(grad, shape), None]


def _repetition(extents: tuple[int | None, ...], axes: np.ndarray[Any, Any]) -> tuple[list[int], list[int]]:
    """The shape with 1 at each of the axes, and how often to repeat a tensor of that shape to fill `extents`."""
    given = np.array(extents, np.int32)
    kept = given.copy()
    kept[np.ravel(axes)] = 1
    key = (extents, tuple(np.ravel(axes).tolist()))
    seen = _seen.setdefault(get_default_graph(), set())
    if key not in seen:
        seen.add(key)
        division.floordiv(given, arithmetic.maximum(kept, 1))
    return kept.tolist(), (given // np.maximum(kept, 1)).tolist()


_REDUCTION = "input: T, reduction_indices: Tidx -> output: T"
register(
    "Sum",
    _REDUCTION,
    T=NUMBERS,
    Tidx=INDICES,
    keep_dims=False,
    shape=_reduced,
    lower=_lower_with("sum"),
    gradient=_sum_gradient,
)


def _lower_mean(k: Any, x: Any, axes: Any) -> Any:
    chosen = _axes(x.ndim, axes)
    count = int(np.prod([x.shape[a] for a in chosen], dtype=np.int64))
    total = k.xp.sum(x, axis=chosen, keepdims=k.attr["keep_dims"], dtype=k.out)
    if k.out.kind in "iu":
        return (k.xp.sign(total) * (k.xp.abs(total) // max(count, 1))).astype(k.out)
    return (total / k.out.type(count)).astype(k.out)


def _mean_gradient(op: Operation, grad: Tensor) -> list[Any]:
    summed = _sum_gradient(op, grad)[0]
    given, result = op.inputs[0].shape, op.outputs[0].shape
    if given.is_fully_defined() and result.is_fully_defined():
        factor: Tensor = constant((given.num_elements() or 0) // max(result.num_elements() or 0, 1), dtype=summed.dtype)
    else:
        shape = arrays.shape(op.inputs[0])
        rank = arrays.size(shape)
        axes = (op.inputs[1] + rank) % rank
        factor = reduce_prod(arrays.gather(shape, axes))
    return [division.truediv(summed, elementwise.cast(factor, summed.dtype)), None]


register(
    "Mean",
    _REDUCTION,
    T=NUMBERS,
    Tidx=INDICES,
    keep_dims=False,
    shape=_reduced,
    lower=_lower_mean,
    gradient=_mean_gradient,
)


def _prod_gradient(op: Operation, grad: Tensor) -> list[Any]:
    """The product of all other elements: of those before and those after, so that a zero does no harm."""
    x = op.inputs[0]
    shape = arrays.shape(x)
    axes = arrays.reshape(op.inputs[1], [-1])
    if not op.attr["keep_dims"]:
        grad = arrays.reshape(grad, reduced_shape(shape, op.inputs[1]))
    grad = reshaping.broadcast_to(grad, shape)
    with device("/cpu:0"):
        rank = arrays.rank(x)
        axes = elementwise.cast(axes, rank.dtype)
        reduced = (axes + rank) % rank
        others = build.add("ListDiff", arrays.sequence(0, rank), reduced, out_idx=reduced.dtype)[0]
        order = arrays.concat([reduced, others], 0)
        reduced_size = reduce_prod(arrays.gather(shape, reduced))
        other_size = reduce_prod(arrays.gather(shape, others))
    permuted = arrays.transpose(x, order)
    permuted_shape = arrays.shape(permuted)
    columns = arrays.reshape(permuted, (reduced_size, other_size))
    left = scans.cumprod(columns, axis=0, exclusive=True)
    right = scans.cumprod(columns, axis=0, exclusive=True, reverse=True)
    product = arrays.reshape(elementwise.conj(left) * elementwise.conj(right), permuted_shape)
    out = grad * arrays.transpose(product, build.add("InvertPermutation", order))
    return [arrays.reshape(out, shape), None]


register(
    "Prod",
    _REDUCTION,
    T=NUMBERS,
    Tidx=INDICES,
    keep_dims=False,
    shape=_reduced,
    lower=_lower_with("prod"),
    gradient=_prod_gradient,
)


def _lower_extremum(name: str, sign: int) -> Any:
    def lower(k: Any, x: Any, axes: Any) -> Any:
        least = dtypes.as_dtype(k.out)
        start = sign * np.inf if k.out.kind not in "iu" else least.max if sign > 0 else least.min
        return getattr(k.xp, name)(x, axis=_axes(x.ndim, axes), keepdims=k.attr["keep_dims"], initial=k.out.type(start))

    return lower


def _extremum_gradient(op: Operation, grad: Tensor) -> list[Any]:
    shape = arrays.shape(op.inputs[0])
    y = op.outputs[0]
    if op.attr["keep_dims"]:
        kept: Any = arrays.shape(y)
    else:
        kept = reduced_shape(shape, op.inputs[1])
        y, grad = arrays.reshape(y, kept), arrays.reshape(grad, kept)
    chosen = elementwise.cast(comparisons.equal(y, op.inputs[0]), grad.dtype)
    count = arrays.reshape(reduce_sum(chosen, op.inputs[1]), kept)
    return [division.divide(chosen, count) * grad, None]


register(
    "Max",
    _REDUCTION,
    T=REALS,
    Tidx=INDICES,
    keep_dims=False,
    shape=_reduced,
    lower=_lower_extremum("max", -1),
    gradient=_extremum_gradient,
)
register(
    "Min",
    _REDUCTION,
    T=REALS,
    Tidx=INDICES,
    keep_dims=False,
    shape=_reduced,
    lower=_lower_extremum("min", 1),
    gradient=_extremum_gradient,
)

_TRUTH = "input: bool, reduction_indices: Tidx -> output: bool"
register("All", _TRUTH, Tidx=INDICES, keep_dims=False, shape=_reduced, lower=_lower_truth("all"), stops_gradient=True)
register("Any", _TRUTH, Tidx=INDICES, keep_dims=False, shape=_reduced, lower=_lower_truth("any"), stops_gradient=True)


def reduce_sum(
    input_tensor: Any, axis: Any = None, keepdims: bool | None = None, name: str | None = None, **legacy: Any
) -> Tensor:
    """Returns the sum over axes; over all of them without `axis`. Mirrors `tf.reduce_sum`."""
    return _reduce("Sum", input_tensor, axis, keepdims, name, legacy)


def reduce_mean(
    input_tensor: Any, axis: Any = None, keepdims: bool | None = None, name: str | None = None, **legacy: Any
) -> Tensor:
    """Returns the mean over axes; integers are divided as integers. Mirrors `tf.reduce_mean`."""
    return _reduce("Mean", input_tensor, axis, keepdims, name, legacy)


def reduce_prod(
    input_tensor: Any, axis: Any = None, keepdims: bool | None = None, name: str | None = None, **legacy: Any
) -> Tensor:
    """Returns the product over axes. Mirrors `tf.reduce_prod`."""
    return _reduce("Prod", input_tensor, axis, keepdims, name, legacy)


def reduce_max(
    input_tensor: Any, axis: Any = None, keepdims: bool | None = None, name: str | None = None, **legacy: Any
) -> Tensor:
    """Returns the largest element over axes. Mirrors `tf.reduce_max`."""
    return _reduce("Max", input_tensor, axis, keepdims, name, legacy)


def reduce_min(
    input_tensor: Any, axis: Any = None, keepdims: bool | None = None, name: str | None = None, **legacy: Any
) -> Tensor:
    """Returns the smallest element over axes. Mirrors `tf.reduce_min`."""
    return _reduce("Min", input_tensor, axis, keepdims, name, legacy)


def reduce_all(
    input_tensor: Any, axis: Any = None, keepdims: bool | None = None, name: str | None = None, **legacy: Any
) -> Tensor:
    """Returns whether all elements over axes are true. Mirrors `tf.reduce_all`."""
    return _reduce("All", input_tensor, axis, keepdims, name, legacy)


def reduce_any(
    input_tensor: Any, axis: Any = None, keepdims: bool | None = None, name: str | None = None, **legacy: Any
) -> Tensor:
    """Returns whether any element over axes is true. Mirrors `tf.reduce_any`."""
    return _reduce("Any", input_tensor, axis, keepdims, name, legacy)


def _reduce(
    op_type: str, value: Any, axis: Any, keepdims: bool | None, name: str | None, legacy: dict[str, Any]
) -> Tensor:
    axis, keepdims = modern_arguments(f"reduce_{op_type.lower()}", axis, keepdims, legacy)
    indices = _all_axes(value) if axis is None else axis
    result: Tensor = build.add(op_type, value, indices, name=name, keep_dims=bool(keepdims))
    if axis is None and not keepdims and not result.shape.is_fully_defined():
        result.set_shape(())
    return result


def modern_arguments(
    function: str, axis: Any, keepdims: bool | None, legacy: dict[str, Any]
) -> tuple[Any, bool | None]:
    """Returns axis and keepdims, also from their old names `reduction_indices` and `keep_dims`.

    Raises:
        TypeError: `legacy` holds something else.
    """
    rest = dict(legacy)
    axis = rest.pop("reduction_indices", axis)
    keepdims = rest.pop("keep_dims", keepdims)
    if rest:
        raise TypeError(
            f"{function}() got an unexpected keyword argument {next(iter(rest))!r}. Use axis, keepdims, name."
        )
    return axis, keepdims


def _all_axes(value: Any) -> Tensor:
    # The axes of a scalar, and of what is no tensor yet, are computed in the graph, as in TensorFlow.
    rank = getattr(getattr(value, "shape", None), "ndims", None)
    if rank:
        return constant(np.arange(rank, dtype=np.int32))
    return arrays.sequence(0, arrays.rank(value))
