"""Histograms with TensorFlow's buckets, whose limits grow by a tenth each."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
from tensorboard.compat.proto import histogram_pb2

_LARGEST = float(np.finfo(np.float64).max)


def histogram(values: np.ndarray[Any, Any]) -> histogram_pb2.HistogramProto:
    """Returns the histogram of finite numbers; runs of empty buckets become one."""
    flat = values.astype(np.float64).ravel()
    limits = _limits()
    positions = np.searchsorted(limits, flat, side="right")
    # The largest number of all has no bucket above it, so it goes into the last one.
    counts = np.bincount(np.minimum(positions, len(limits) - 1), minlength=len(limits)).astype(np.float64)
    # A bucket ends a run, unless it is empty and the next one is too.
    ends = (counts > 0) | np.append(counts[1:] > 0, True)
    return histogram_pb2.HistogramProto(
        min=float(flat.min()) if flat.size else _LARGEST,
        max=float(flat.max()) if flat.size else -_LARGEST,
        num=float(flat.size),
        sum=_sum(flat),
        sum_squares=_sum(flat * flat),
        bucket_limit=limits[ends],
        bucket=counts[ends],
    )


@functools.cache
def _limits() -> np.ndarray[Any, Any]:
    positive = []
    limit = 1e-12
    while limit < 1e20:
        positive.append(limit)
        limit *= 1.1
    positive.append(_LARGEST)
    return np.array([-x for x in reversed(positive)] + [0.0] + positive)


def _sum(values: np.ndarray[Any, Any]) -> float:
    """The sum from the first to the last, as TensorFlow adds."""
    return float(np.add.accumulate(values)[-1]) if values.size else 0.0
