"""Picking rows and elements by index, and putting them back: gather, scatter, masks."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphlab.graph.demands import demand
from graphlab.graph.dtypes import EVERY, INDICES, NUMBERS, bool_
from graphlab.graph.registry import register
from graphlab.graph.shapes import UNKNOWN, TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arrays, build, joining, reductions, reshaping
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.indexed_slices import IndexedSlices
from graphlab.ops.scopes import colocate_with, name_scope
from graphlab.ops.static import constant_shape, constant_value


def check_indices(k: Any, indices: Any, extent: int) -> None:
    """Raises ValueError at the first index outside `[0, extent)`; while tracing demands that there is none."""
    if k.xp is not np:
        demand(k.xp.all((indices >= 0) & (indices < extent)))
    elif indices.size and not (indices.min() >= 0 and indices.max() < extent):
        place = np.argwhere((indices < 0) | (indices >= extent))[0].tolist()
        where = f"indices{place}" if place else "index"
        raise ValueError(f"{where.replace(' ', '')} = {indices[tuple(place)]} is not in [0, {extent})")


def _gather_shape(op: Operation) -> TensorShape:
    params, indices, axis = op.inputs[0].shape, op.inputs[1].shape, constant_value(op.inputs[2])
    batch = op.attr["batch_dims"]
    if params.extents is None or indices.extents is None or axis is None:
        known = params.ndims is not None and indices.ndims is not None
        return TensorShape.of((None,) * (len(params.known) + len(indices.known) - 1 - batch)) if known else UNKNOWN
    if not params.extents:
        raise ValueError("Shape must be at least rank 1 but is rank 0")
    place = int(axis) % len(params.extents)
    return TensorShape.of(params.extents[:place] + indices.extents[batch:] + params.extents[place + 1 :])


def _lower_gather(k: Any, params: Any, indices: Any, axis: Any) -> Any:
    place, batch = int(axis) % params.ndim, k.attr["batch_dims"]
    check_indices(k, indices, params.shape[place])
    if not batch:
        return k.xp.take(params, indices, axis=place)
    grid = np.ix_(*(np.arange(d) for d in params.shape[:batch]))
    first = tuple(g.reshape(g.shape + (1,) * (indices.ndim - batch)) for g in grid)
    return k.xp.moveaxis(params, place, batch)[(*first, indices)]


def _gather_gradient(op: Operation, grad: Any) -> list[Any]:
    params, indices, axis = op.inputs
    grad = convert_to_tensor(grad)
    if op.attr["batch_dims"]:
        raise NotImplementedError("The gradient of tf.gather with batch_dims is not available; use tf.gather_nd.")
    if constant_value(axis) == 0:
        return [rows_gradient(params, indices, grad), None, None]
    with colocate_with(params):
        shape = arrays.shape(params)
    arrays.expand_dims(arrays.size(indices), 0)
    return [_along_axis(grad, indices, axis, shape, params), None, None]


def rows_gradient(params: Tensor, indices: Tensor, grad: Any) -> IndexedSlices:
    """Returns the gradient of `params` where the result has the rows that `indices` name."""
    with colocate_with(params):
        shape = arrays.shape(params)
    count = arrays.expand_dims(arrays.size(indices), 0)
    values = arrays.reshape(grad, joining.concat([count, shape[1:]], 0))
    return IndexedSlices(values, arrays.reshape(indices, count), shape)


def _along_axis(grad: Tensor, indices: Tensor, axis: Tensor, shape: Tensor, params: Tensor) -> Tensor:
    """The gradient of gathering along another axis than the first: that axis goes to the front and back."""
    outer, inner = shape[:axis], shape[axis:][1:]
    values_shape = joining.concat([outer, [-1], inner], 0)
    rank, place = arrays.size(values_shape), arrays.size(outer)
    none, before, after = arrays.sequence(0), arrays.sequence(0, place), arrays.sequence(place + 1, rank)
    values = arrays.reshape(grad, values_shape)
    forward = joining.concat([none, [place], before, after], 0)
    moved = arrays.transpose(values, forward)
    gather(shape, forward)
    rows = shape[axis]
    flat = arrays.reshape(indices, arrays.expand_dims(arrays.size(indices), 0))
    summed = build.add("UnsortedSegmentSum", moved, flat, rows)
    back = joining.concat([none, before + 1, [0], after], 0)
    return arrays.reshape(arrays.transpose(summed, back), arrays.shape(params))


register(
    "GatherV2",
    "params: Tparams, indices: Tindices, axis: Taxis -> output: Tparams",
    Tparams=EVERY,
    Tindices=INDICES,
    Taxis=INDICES,
    batch_dims=0,
    shape=_gather_shape,
    lower=_lower_gather,
    gradient=_gather_gradient,
)


def gather(
    params: Any,
    indices: Any,
    validate_indices: bool | None = None,
    name: str | None = None,
    axis: Any = None,
    batch_dims: int = 0,
) -> Tensor:
    """Returns the slices of `params` along an axis that `indices` name. Mirrors `tf.gather`.

    Args:
        params: the tensor to pick from.
        indices: integers of any shape.
        validate_indices: accepted for compatibility; indices are always checked.
        name: the name of the operation.
        axis: the axis to pick along; default the first one after the batch axes.
        batch_dims: how many leading axes `params` and `indices` have in common.

    Raises:
        tf.errors.InvalidArgumentError: when run, an index is out of range.
    """
    return _node("GatherV2", params, indices, batch_dims if axis is None else axis, batch_dims=batch_dims, name=name)


def _gather_nd_shape(op: Operation) -> TensorShape:
    params, indices = op.inputs[0].shape.extents, op.inputs[1].shape.extents
    if params is None or indices is None or indices[-1] is None:
        return UNKNOWN
    if indices[-1] > len(params):
        raise ValueError(
            f"indices.shape[-1] must be <= params.rank, but saw indices shape: {list(indices)} and params shape: {list(params)}"
        )
    return TensorShape.of(indices[:-1] + params[indices[-1] :])


def _places(k: Any, indices: Any, extents: Any) -> tuple[Any, ...]:
    for axis in range(indices.shape[-1]):
        check_indices(k, indices[..., axis], extents[axis])
    return tuple(indices[..., axis] for axis in range(indices.shape[-1]))


def _gather_nd_gradient(op: Operation, grad: Tensor) -> list[Any]:
    indices = op.inputs[1]
    shape = arrays.shape(op.inputs[0], out_type=indices.dtype)
    if indices.shape.ndims == 2 and indices.shape.known[-1] == 1:
        return [IndexedSlices(grad, reshaping.squeeze(indices, axis=-1), shape), None]
    return [scatter_nd(indices, grad, shape), None]


register(
    "GatherNd",
    "params: Tparams, indices: Tindices -> output: Tparams",
    Tparams=EVERY,
    Tindices=INDICES,
    bad_indices_policy="",
    shape=_gather_nd_shape,
    lower=lambda k, params, indices: params[_places(k, indices, params.shape)],
    gradient=_gather_nd_gradient,
)


def gather_nd(params: Any, indices: Any, name: str | None = None) -> Tensor:
    """Returns the elements or slices of `params` at the places that the rows of `indices` name. Mirrors `tf.gather_nd`."""
    return _node("GatherNd", params, indices, name=name)


def _lower_scatter_nd(k: Any, indices: Any, updates: Any, shape: Any) -> Any:
    extents = tuple(int(d) for d in shape)
    places = _places(k, indices, extents)
    zeros = k.xp.zeros(extents, k.out)
    if k.xp is not np:
        return zeros.at[places].add(updates)
    np.add.at(zeros, places, updates)
    return zeros


register(
    "ScatterNd",
    "indices: Tindices, updates: T, shape: Tindices -> output: T",
    T=(*NUMBERS, bool_),
    Tindices=INDICES,
    bad_indices_policy="",
    shape=lambda op: constant_shape(op.inputs[2]),
    lower=_lower_scatter_nd,
    gradient=lambda op, grad: [None, gather_nd(grad, op.inputs[0]), None],
)


def scatter_nd(indices: Any, updates: Any, shape: Any, name: str | None = None) -> Tensor:
    """Returns zeros of a shape to which `updates` are added at the places that the rows of `indices` name. Mirrors `tf.scatter_nd`."""
    return _node("ScatterNd", indices, updates, shape, name=name)


def _where_shape(op: Operation) -> TensorShape:
    return TensorShape.of((None, op.inputs[0].shape.ndims))


register(
    "Where",
    "input: T -> index: int64",
    T=(*NUMBERS, bool_),
    shape=_where_shape,
    lower=lambda k, x: np.argwhere(np.asarray(x)).astype(np.int64),
    stops_gradient=True,
)


def boolean_mask(tensor: Any, mask: Any, name: str = "boolean_mask", axis: Any = None) -> Tensor:
    """Returns the elements, or slices along `axis`, for which the mask is true. Mirrors `tf.boolean_mask`.

    Raises:
        ValueError: the rank of the mask is unknown or zero, or its shape does not fit.
    """
    with name_scope(name, "boolean_mask", [tensor, mask]):
        tensor = convert_to_tensor(tensor, name="tensor")
        mask = convert_to_tensor(mask, name="mask")
        start = 0 if axis is None else int(axis)
        rank = mask.shape.ndims
        if rank is None:
            raise ValueError(
                "Number of mask dimensions must be specified, even if some dimensions are None. E.g. shape=[None] is ok, but shape=None is not."
            )
        if rank == 0:
            raise ValueError("mask cannot be scalar.")
        tensor.shape[start : start + rank].assert_is_compatible_with(mask.shape)
        leading = reductions.reduce_prod(arrays.shape(tensor)[start : start + rank], [0])
        flat = arrays.reshape(
            tensor, joining.concat([arrays.shape(tensor)[:start], [leading], arrays.shape(tensor)[start + rank :]], 0)
        )
        if tensor.shape.extents is not None:
            extent = tensor.shape[start : start + rank].num_elements()
            flat.set_shape(TensorShape([*tensor.shape.extents[:start], extent, *tensor.shape.extents[start + rank :]]))
        places = reshaping.squeeze(_node("Where", arrays.reshape(mask, [-1])), axis=[1])
        return gather(flat, places, axis=start)


def _node(op_type: str, *values: Any, name: str | None = None, **attrs: Any) -> Tensor:
    result: Tensor = build.add(op_type, *values, name=name, **attrs)
    return result
