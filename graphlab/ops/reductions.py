"""Reductions over axes: sum, mean, product, extrema, all, any."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphlab.graph.dtypes import INDICES, NUMBERS, REALS
from graphlab.graph.registry import register
from graphlab.graph.shapes import UNKNOWN, TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arithmetic, arrays, build, comparisons, elementwise
from graphlab.ops.constant import constant
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.static import constant_value


def _reduced(op: Operation) -> TensorShape:
    given, axes = op.inputs[0].shape, constant_value(op.inputs[1])
    keep = op.attr["keep_dims"]
    if given.extents is None:
        return UNKNOWN
    rank = len(given.extents)
    if axes is None:
        return TensorShape.of((None,) * rank) if keep else UNKNOWN
    for axis in np.ravel(axes):
        if not -rank <= axis < rank:
            raise ValueError(f"Invalid reduction dimension {axis} for input with {rank} dimensions")
    gone = {int(a) % rank for a in np.ravel(axes)} if rank else set()
    return TensorShape.of(tuple(1 if i in gone else d for i, d in enumerate(given.extents) if keep or i not in gone))


def _axes(x: Any, axes: Any) -> tuple[int, ...]:
    return tuple(sorted({int(a) % x.ndim for a in np.ravel(axes)})) if x.ndim else ()


def _lower_with(name: str, keeps_type: bool) -> Any:
    def lower(k: Any, x: Any, axes: Any) -> Any:
        extra = {"dtype": k.out} if keeps_type else {}
        return getattr(k.xp, name)(x, axis=_axes(x, axes), keepdims=k.attr["keep_dims"], **extra)

    return lower


def _kept_shape(op: Operation) -> Tensor:
    """The input's shape with 1 for each reduced axis, computed in the graph."""
    shape = arrays.shape(op.inputs[0])
    return reduced_shape(shape, op.inputs[1])


def reduced_shape(shape: Tensor, axes: Any) -> Tensor:
    """Returns an integer vector: `shape` with 1 at each of `axes`, as nodes."""
    axes = convert_to_tensor(axes)
    static_shape, static_axes = constant_value(shape), constant_value(axes)
    if static_shape is not None and static_axes is not None:
        kept = np.array(static_shape)
        kept[np.ravel(static_axes)] = 1
        return constant(kept, shape.dtype)
    shape = elementwise.cast(shape, "int32")
    axes = elementwise.cast(axes, "int32")
    rank = arrays.size(shape)
    axes = (axes + rank) % rank
    result: Tensor = build.add("DynamicStitch", [arrays.sequence(rank), axes], [shape, arrays.ones_like(axes)])
    return result


def _sum_gradient(op: Operation, grad: Tensor) -> list[Any]:
    given = op.inputs[0].shape
    axes = constant_value(op.inputs[1])
    if given.extents is not None and axes is not None:
        if np.array_equal(axes, np.arange(len(given.extents))):
            ones = arrays.reshape(grad, [1] * len(given.extents))
            target = constant(given.as_list(), dtype="int32") if given.is_fully_defined() else arrays.shape(op.inputs[0])
            return [arrays.tile(ones, target), None]
        if given.is_fully_defined():
            kept = np.array(given.as_list(), np.int32)
            kept[np.ravel(axes)] = 1
            times = np.array(given.as_list(), np.int32) // np.maximum(kept, 1)
            return [arrays.tile(arrays.reshape(grad, kept.tolist()), times.tolist()), None]
    shape = arrays.shape(op.inputs[0])
    if not op.attr["keep_dims"]:
        grad = arrays.reshape(grad, reduced_shape(shape, op.inputs[1]))
    return [build.add("BroadcastTo", grad, shape), None]


_REDUCTION = "input: T, reduction_indices: Tidx -> output: T"
register("Sum", _REDUCTION, T=NUMBERS, Tidx=INDICES, keep_dims=False, shape=_reduced, lower=_lower_with("sum", True), gradient=_sum_gradient)


def _mean_gradient(op: Operation, grad: Tensor) -> list[Any]:
    summed = _sum_gradient(op, grad)[0]
    given, result = op.inputs[0].shape, op.outputs[0].shape
    if given.is_fully_defined() and result.is_fully_defined():
        factor: Tensor = constant((given.num_elements() or 0) // max(result.num_elements() or 0, 1), dtype=summed.dtype)
    else:
        shape = arrays.shape(op.inputs[0])
        rank = arrays.size(shape)
        axes = (elementwise.cast(op.inputs[1], rank.dtype) + rank) % rank
        factor = reduce_prod(build.add("GatherV2", shape, axes, 0, batch_dims=0))
    return [arithmetic.truediv(summed, elementwise.cast(factor, summed.dtype)), None]


register("Mean", _REDUCTION, T=NUMBERS, Tidx=INDICES, keep_dims=False, shape=_reduced, lower=_lower_with("mean", True), gradient=_mean_gradient)
register("Prod", _REDUCTION, T=NUMBERS, Tidx=INDICES, keep_dims=False, shape=_reduced, lower=_lower_with("prod", True))


def _extremum_gradient(op: Operation, grad: Tensor) -> list[Any]:
    y = op.outputs[0]
    if op.attr["keep_dims"]:
        kept = arrays.shape(y)
    else:
        kept = _kept_shape(op)
        y, grad = arrays.reshape(y, kept), arrays.reshape(grad, kept)
    chosen = elementwise.cast(comparisons.equal(y, op.inputs[0]), grad.dtype)
    count = arrays.reshape(reduce_sum(chosen, op.inputs[1]), kept)
    return [arithmetic.divide(chosen, count) * grad, None]


register("Max", _REDUCTION, T=REALS, Tidx=INDICES, keep_dims=False, shape=_reduced, lower=_lower_with("max", False), gradient=_extremum_gradient)
register("Min", _REDUCTION, T=REALS, Tidx=INDICES, keep_dims=False, shape=_reduced, lower=_lower_with("min", False), gradient=_extremum_gradient)

_TRUTH = "input: bool, reduction_indices: Tidx -> output: bool"
register("All", _TRUTH, Tidx=INDICES, keep_dims=False, shape=_reduced, lower=_lower_with("all", False), stops_gradient=True)
register("Any", _TRUTH, Tidx=INDICES, keep_dims=False, shape=_reduced, lower=_lower_with("any", False), stops_gradient=True)


def reduce_sum(input_tensor: Any, axis: Any = None, keepdims: bool | None = None, name: str | None = None, **legacy: Any) -> Tensor:
    """Returns the sum over axes; over all of them without `axis`. Mirrors `tf.reduce_sum`."""
    return _reduce("Sum", input_tensor, axis, keepdims, name, legacy)


def reduce_mean(input_tensor: Any, axis: Any = None, keepdims: bool | None = None, name: str | None = None, **legacy: Any) -> Tensor:
    """Returns the mean over axes; integers are divided as integers. Mirrors `tf.reduce_mean`."""
    return _reduce("Mean", input_tensor, axis, keepdims, name, legacy)


def reduce_prod(input_tensor: Any, axis: Any = None, keepdims: bool | None = None, name: str | None = None, **legacy: Any) -> Tensor:
    """Returns the product over axes. Mirrors `tf.reduce_prod`."""
    return _reduce("Prod", input_tensor, axis, keepdims, name, legacy)


def reduce_max(input_tensor: Any, axis: Any = None, keepdims: bool | None = None, name: str | None = None, **legacy: Any) -> Tensor:
    """Returns the largest element over axes. Mirrors `tf.reduce_max`."""
    return _reduce("Max", input_tensor, axis, keepdims, name, legacy)


def reduce_min(input_tensor: Any, axis: Any = None, keepdims: bool | None = None, name: str | None = None, **legacy: Any) -> Tensor:
    """Returns the smallest element over axes. Mirrors `tf.reduce_min`."""
    return _reduce("Min", input_tensor, axis, keepdims, name, legacy)


def reduce_all(input_tensor: Any, axis: Any = None, keepdims: bool | None = None, name: str | None = None, **legacy: Any) -> Tensor:
    """Returns whether all elements over axes are true. Mirrors `tf.reduce_all`."""
    return _reduce("All", input_tensor, axis, keepdims, name, legacy)


def reduce_any(input_tensor: Any, axis: Any = None, keepdims: bool | None = None, name: str | None = None, **legacy: Any) -> Tensor:
    """Returns whether any element over axes is true. Mirrors `tf.reduce_any`."""
    return _reduce("Any", input_tensor, axis, keepdims, name, legacy)


def _reduce(op_type: str, value: Any, axis: Any, keepdims: bool | None, name: str | None, legacy: dict[str, Any]) -> Tensor:
    if "reduction_indices" in legacy:
        axis = legacy.pop("reduction_indices")
    if "keep_dims" in legacy:
        keepdims = legacy.pop("keep_dims")
    if legacy:
        raise TypeError(f"{op_type} got an unexpected argument {next(iter(legacy))!r}. Use axis, keepdims, name.")
    tensor = convert_to_tensor(value, name="input_tensor") if axis is None else value
    indices = _all_axes(tensor) if axis is None else axis
    result: Tensor = build.add(op_type, tensor, indices, name=name, keep_dims=bool(keepdims))
    return result


def _all_axes(tensor: Tensor) -> Tensor:
    # A scalar's axes are computed in the graph, as in TensorFlow.
    if tensor.shape.ndims:
        return constant(np.arange(tensor.shape.ndims, dtype=np.int32))
    return arrays.sequence(0, arrays.rank(tensor))
