"""How many elements are zero."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphlab.graph.dtypes import DType, float32, int32, int64
from graphlab.graph.tensor import Tensor
from graphlab.ops import arrays, comparisons, conditionals, elementwise, reductions
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import name_scope


def zero_fraction(value: Any, name: str | None = None) -> Tensor:
    """Returns which part of the elements is zero, a float32 scalar; NaN without elements. Mirrors `tf.nn.zero_fraction`."""
    with name_scope(name, "zero_fraction", [value]):
        tensor = convert_to_tensor(value, name="value")
        size = arrays.size(tensor, out_type=int64)
        nonzero = conditionals.cond(
            size <= np.iinfo(np.int32).max,
            lambda: elementwise.cast(_count_nonzero(tensor, int32), int64),
            lambda: _count_nonzero(tensor, int64),
        )
        with name_scope("counts_to_fraction"):
            zeros = elementwise.cast(size - nonzero, float32)
            fraction = zeros / elementwise.cast(size, float32)
        return arrays.identity(fraction, "fraction")


def _count_nonzero(tensor: Tensor, dtype: DType) -> Tensor:
    with name_scope("count_nonzero", None, [tensor]):
        is_nonzero = comparisons.not_equal(tensor, arrays.zeros([], dtype=tensor.dtype.base_dtype))
        return reductions.reduce_sum(elementwise.cast(is_nonzero, dtype), name="nonzero_count")
