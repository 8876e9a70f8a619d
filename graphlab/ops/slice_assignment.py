"""Assigning to a slice of a variable: `variable[begin:end].assign(value)`."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphlab.graph.dtypes import EVERY, INDICES
from graphlab.graph.registry import Effect, lookup, register
from graphlab.graph.tensor import Tensor
from graphlab.ops import build
from graphlab.ops.shape_rules import unchanged

_MASKS = ("begin_mask", "end_mask", "ellipsis_mask", "new_axis_mask", "shrink_axis_mask")


def _lower(k: Any, ref: str, begin: Any, end: Any, strides: Any, value: Any) -> str:
    old = k.state[ref]
    # Which elements the slice takes: the slice of an array of their positions.
    positions = np.arange(old.size).reshape(old.shape)
    chosen = lookup("StridedSlice").lower(k, positions, begin, end, strides)
    if k.xp is np:
        flat = np.array(old).reshape(-1)
        flat[chosen] = value
    else:
        flat = k.xp.asarray(old).reshape(-1).at[chosen].set(value)
    k.state[ref] = flat.reshape(old.shape)
    return ref


_NO_MASKS: dict[str, Any] = dict.fromkeys(_MASKS, 0)
register(
    "StridedSliceAssign",
    "ref: Ref(T), begin: Index, end: Index, strides: Index, value: T -> output_ref: Ref(T)",
    T=EVERY,
    Index=INDICES,
    shape=unchanged,
    lower=_lower,
    effect=Effect.WRITES,
    **_NO_MASKS,
)


class VariableSlice(Tensor):
    """A slice of a variable's value, to which one can assign."""

    __slots__ = ("_ref",)

    def __init__(self, sliced: Tensor, ref: Tensor) -> None:
        """Takes the place of the output of a StridedSlice operation.

        Args:
            sliced: that output.
            ref: the buffer of the variable that it is a slice of.
        """
        super().__init__(sliced.op, sliced.value_index, sliced.dtype, sliced.shape)
        self._ref = ref
        sliced.op.outputs = (self,)

    def assign(self, value: Any, name: str | None = None) -> Tensor:
        """Adds an operation that writes the slice, and returns the variable's new value."""
        masks = {mask: self.op.attr[mask] for mask in _MASKS}
        where = self.op.inputs[1:4]
        scope = name or f"{self.op.name}/_assign"
        result: Tensor = build.add("StridedSliceAssign", self._ref, *where, value, name=scope, **masks)
        return result
