"""Running sums and products along an axis."""

from __future__ import annotations

from typing import Any

from graphlab.graph.dtypes import INDICES, NUMBERS
from graphlab.graph.registry import register
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import build, special_functions
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import name_scope
from graphlab.ops.shape_rules import unchanged


def _lower(name: str, start: int) -> Any:
    def lower(k: Any, x: Any, axis: Any) -> Any:
        xp, place = k.xp, int(axis)
        if k.attr["reverse"]:
            x = xp.flip(x, place)
        result = getattr(xp, name)(x, axis=place, dtype=k.out)
        if k.attr["exclusive"] and x.shape[place]:
            index = [slice(None)] * x.ndim
            index[place] = slice(0, -1)
            first = [1 if i == place % x.ndim else d for i, d in enumerate(x.shape)]
            result = xp.concatenate([xp.full(first, start, k.out), result[tuple(index)]], axis=place)
        return xp.flip(result, place) if k.attr["reverse"] else result

    return lower


def _cumsum_gradient(op: Operation, grad: Tensor) -> list[Any]:
    return [cumsum(grad, op.inputs[1], exclusive=op.attr["exclusive"], reverse=not op.attr["reverse"]), None]


def _cumprod_gradient(op: Operation, grad: Tensor) -> list[Any]:
    x, axis = op.inputs
    product = cumprod(x, axis, exclusive=op.attr["exclusive"], reverse=op.attr["reverse"])
    total = cumsum(product * grad, axis, exclusive=op.attr["exclusive"], reverse=not op.attr["reverse"])
    return [special_functions.div_no_nan(total, x), None]


_SIGNATURE = "x: T, axis: Tidx -> out: T"
register(
    "Cumsum",
    _SIGNATURE,
    T=NUMBERS,
    Tidx=INDICES,
    exclusive=False,
    reverse=False,
    shape=unchanged,
    lower=_lower("cumsum", 0),
    gradient=_cumsum_gradient,
)
register(
    "Cumprod",
    _SIGNATURE,
    T=NUMBERS,
    Tidx=INDICES,
    exclusive=False,
    reverse=False,
    shape=unchanged,
    lower=_lower("cumprod", 1),
    gradient=_cumprod_gradient,
)


def cumsum(x: Any, axis: Any = 0, exclusive: bool = False, reverse: bool = False, name: str | None = None) -> Tensor:
    """Returns the sums of the first 1, 2, 3, ... elements along an axis. Mirrors `tf.cumsum`.

    Args:
        x: the tensor.
        axis: the axis.
        exclusive: whether each sum leaves its own element out.
        reverse: whether to add from the end.
        name: the name of the operation.
    """
    return _scan("Cumsum", x, axis, exclusive, reverse, name)


def cumprod(x: Any, axis: Any = 0, exclusive: bool = False, reverse: bool = False, name: str | None = None) -> Tensor:
    """Returns the products of the first 1, 2, 3, ... elements along an axis; see `cumsum`. Mirrors `tf.cumprod`."""
    return _scan("Cumprod", x, axis, exclusive, reverse, name)


def _scan(op_type: str, x: Any, axis: Any, exclusive: bool, reverse: bool, name: str | None) -> Tensor:
    with name_scope(name, op_type, [x]) as scope:
        result: Tensor = build.add(
            op_type, convert_to_tensor(x, name="x"), axis, exclusive=exclusive, reverse=reverse, name=scope
        )
        return result
