"""Learning rates that change at given steps. Mirrors `tf.train.piecewise_constant`."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

from graphlab.graph.dtypes import int32, int64
from graphlab.graph.tensor import Tensor
from graphlab.ops import elementwise
from graphlab.ops.cases import case
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import name_scope


def piecewise_constant(x: Any, boundaries: Sequence[Any], values: Sequence[Any], name: str | None = None) -> Tensor:
    """Returns `values[i]` while x lies between two boundaries. Mirrors `tf.train.piecewise_constant`.

    Args:
        x: the number of steps so far.
        boundaries: rising numbers of the type of x; a value holds up to and with its boundary.
        values: one more than boundaries, all of one type.
        name: the name scope of the operations.

    Raises:
        ValueError: types or lengths do not fit.
    """
    limits = [convert_to_tensor(b) for b in boundaries]
    choices = [convert_to_tensor(v) for v in values]
    step = convert_to_tensor(x)
    kind = step.dtype.base_dtype
    for i, limit in enumerate(limits):
        if limit.dtype.base_dtype is int32 and kind is int64:
            limits[i] = elementwise.cast(limit, kind)
        elif limit.dtype.base_dtype is not kind:
            raise ValueError(f"Boundaries ({limit.dtype.base_dtype}) must have the same dtype as x ({kind}).")
    first = choices[0].dtype.base_dtype
    for choice in choices[1:]:
        if choice.dtype.base_dtype is not first:
            raise ValueError(
                f"Values must have elements all with the same dtype ({first} vs {choice.dtype.base_dtype})."
            )
    if len(limits) != len(choices) - 1:
        raise ValueError("The length of boundaries should be 1 less than the length of values")
    with name_scope(name, "PiecewiseConstant"):
        pairs: list[tuple[Tensor, Callable[[], Tensor]]] = [
            (step <= limits[0], lambda: choices[0]),
            (step > limits[-1], lambda: choices[-1]),
        ]
        for low, high, choice in zip(limits[:-1], limits[1:], choices[1:-1], strict=True):
            pairs.append(((step > low) & (step <= high), functools.partial(convert_to_tensor, choice)))
        result: Tensor = case(pairs, lambda: choices[0], exclusive=True)
        return result
