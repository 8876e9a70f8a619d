"""Initializers and regularizers under their older names. Mirrors `tf.contrib.layers`."""

from typing import Any

from graphlab.graph.dtypes import float32
from graphlab.graph.missing import refuse_unknown as _refuse_unknown
from graphlab.initializers import VarianceScaling
from graphlab.regularizers import l1_l2_regularizer, l1_regularizer, l2_regularizer, sum_regularizer

__all__ = ["l1_l2_regularizer", "l1_regularizer", "l2_regularizer", "sum_regularizer", "xavier_initializer"]


def xavier_initializer(uniform: bool = True, seed: int | None = None, dtype: Any = float32) -> VarianceScaling:
    """Returns Glorot's (Xavier's) initializer. Mirrors `tf.contrib.layers.xavier_initializer`."""
    return VarianceScaling(1.0, "fan_avg", "uniform" if uniform else "truncated_normal", seed, dtype)


__getattr__ = _refuse_unknown(globals())
