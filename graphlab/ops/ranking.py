"""The largest classes of each row."""

from __future__ import annotations

from typing import Any, NamedTuple

from graphlab.graph.dtypes import INDICES, REALS, as_dtype, int32, int64
from graphlab.graph.registry import register
from graphlab.graph.shapes import UNKNOWN, TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arrays, build, elementwise, gathering, reductions
from graphlab.ops.scopes import name_scope
from graphlab.ops.static import constant_value


def lower_in_top_k(k: Any, predictions: Any, targets: Any, count: Any) -> Any:
    """Whether each target is among the `count` largest of its row."""
    classes = predictions.shape[-1]
    inside = (targets >= 0) & (targets < classes)
    chosen = k.xp.where(inside, targets, 0)[:, None]
    target = k.xp.take_along_axis(predictions, chosen, axis=-1)
    larger = k.xp.sum(predictions > target, axis=-1)
    return inside & k.xp.isfinite(predictions).all(axis=-1) & (larger < count)


def in_top_k_shape(op: Operation) -> TensorShape:
    """One truth value for each row."""
    return TensorShape.of(op.inputs[0].shape.with_rank(2).known[:1]).merge_with(op.inputs[1].shape)


register(
    "InTopKV2",
    "predictions: float32, targets: T, k: T -> precision: bool",
    T=INDICES,
    shape=in_top_k_shape,
    lower=lower_in_top_k,
    stops_gradient=True,
)


def in_top_k(predictions: Any, targets: Any, k: Any, name: str | None = None) -> Tensor:
    """Returns for each row whether the target class is among the k most probable ones. Mirrors `tf.nn.in_top_k`.

    Classes as probable as the k-th count as among them; a row with a number that is not finite gives False.

    Args:
        predictions: float32, shape `[rows, classes]`.
        targets: class numbers, shape `[rows]`.
        k: how many classes count.
        name: the name of the operation's scope.
    """
    with name_scope(name, "in_top_k"):
        result: Tensor = build.add("InTopKV2", predictions, targets, k, name=name)
        return result


def _top_k_shape(op: Operation) -> tuple[TensorShape, TensorShape]:
    given, count = op.inputs[0].shape, constant_value(op.inputs[1])
    if given.extents is None:
        return UNKNOWN, UNKNOWN
    if not given.extents:
        raise ValueError("Shape must be at least rank 1 but is rank 0")
    wanted = None if count is None else int(count)
    extent = given.extents[-1]
    if wanted is not None and extent is not None and wanted > extent:
        raise ValueError(f"input must have last dimension >= k = {wanted} but is {extent}")
    shape = TensorShape.of((*given.extents[:-1], wanted))
    return shape, shape


def _lower_top_k(k: Any, values: Any, count: Any) -> tuple[Any, Any]:
    # Sorted upwards from the last element, so that of equal elements the first comes first when turned around.
    order = k.xp.flip(values.shape[-1] - 1 - k.xp.argsort(k.xp.flip(values, -1), axis=-1, stable=True), -1)
    chosen = order[..., : int(count)]
    return k.xp.take_along_axis(values, chosen, axis=-1), chosen.astype(k.node.outputs[1].dtype.numpy)


def _top_k_gradient(op: Operation, grad: Tensor, _: Any) -> list[Any]:
    given, chosen = arrays.shape(op.inputs[0]), arrays.shape(op.outputs[1])
    width = gathering.gather(elementwise.cast(chosen, int64), arrays.size(chosen) - 1)
    rows = arrays.reshape(op.outputs[1], arrays.stack([-1, width]))
    extent = gathering.gather(elementwise.cast(given, int64), arrays.size(given) - 1)
    count = arrays.shape(rows)[0]
    starts = arrays.sequence(0, elementwise.cast(count, int64) * extent, extent)
    flat = arrays.reshape(rows + elementwise.cast(arrays.expand_dims(starts, -1), int32), [-1])
    places, parts = arrays.expand_dims(flat, -1), arrays.reshape(grad, [-1])
    spread = gathering.scatter_nd(places, parts, [reductions.reduce_prod(given)])
    return [arrays.reshape(spread, given), arrays.zeros([], int32)]


register(
    "TopKV2",
    "input: T, k: Tk -> values: T, indices: index_type",
    T=REALS,
    Tk=(int32, int64),
    index_type=INDICES,
    sorted=True,
    shape=_top_k_shape,
    lower=_lower_top_k,
    gradient=_top_k_gradient,
)


class TopKV2(NamedTuple):
    """The largest elements along the last axis, and where they are."""

    values: Tensor
    indices: Tensor


def top_k(input: Any, k: Any = 1, sorted: bool = True, index_type: Any = int32, name: str | None = None) -> TopKV2:
    """Returns the k largest elements along the last axis, the largest first. Mirrors `tf.nn.top_k`.

    Of equal elements the one with the smaller index comes first.

    Args:
        input: a real tensor.
        k: how many elements to return.
        sorted: kept in the graph; the elements are always sorted.
        index_type: the element type of the indices, int32 or int64.
        name: the name of the operation.

    Raises:
        ValueError: there are fewer than k elements.
    """
    values, indices = build.add("TopKV2", input, k, name=name, sorted=sorted, index_type=as_dtype(index_type))
    return TopKV2(values, indices)
