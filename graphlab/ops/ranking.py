"""The largest classes of each row."""

from __future__ import annotations

from typing import Any

from graphlab.graph.dtypes import INDICES
from graphlab.graph.registry import register
from graphlab.graph.shapes import TensorShape
from graphlab.graph.tensor import Tensor
from graphlab.ops import build
from graphlab.ops.scopes import name_scope


def _lower_in_top_k(k: Any, predictions: Any, targets: Any, count: Any) -> Any:
    classes = predictions.shape[-1]
    inside = (targets >= 0) & (targets < classes)
    chosen = k.xp.where(inside, targets, 0)[:, None]
    target = k.xp.take_along_axis(predictions, chosen, axis=-1)
    larger = k.xp.sum(predictions > target, axis=-1)
    return inside & k.xp.isfinite(predictions).all(axis=-1) & (larger < count)


register(
    "InTopKV2",
    "predictions: float32, targets: T, k: T -> precision: bool",
    T=INDICES,
    shape=lambda op: TensorShape.of(op.inputs[0].shape.with_rank(2).known[:1]).merge_with(op.inputs[1].shape),
    lower=_lower_in_top_k,
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
