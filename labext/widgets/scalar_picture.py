"""Describes a plot in plain JSON, for the engine that draws its static picture."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from labext.scalar_log import Points, ScalarLog

WIDTH_PX = 800
HEIGHT_PX = 360

# Two for each pixel.
_BUCKETS = 2 * WIDTH_PX
# Values that are smoothed at once.
_BLOCK = 64


def plain_curves(log: ScalarLog, smoothing: float) -> list[dict[str, Any]]:
    """Returns the curves with as many points as a picture can show; their smoothed values follow all points."""
    return [
        {
            "tag": curve.tag,
            "run": curve.run,
            "startedS": curve.started_s,
            "steps": points.steps[kept].tolist(),
            "seconds": points.seconds[kept].tolist(),
            "values": _plain(points.values[kept]),
            "smoothed": _plain(smoothed(points.values, smoothing)[kept]) if smoothing > 0 else None,
        }
        for curve in log.curves
        for points in [log.points_of(curve)]
        for kept in [_kept(points)]
    ]


def smoothed(values: npt.NDArray[np.float64], weight: float) -> npt.NDArray[np.float64]:
    """Smooths as the page does: the debiased exponential mean, over which values that are not finite pass through."""
    is_finite = np.isfinite(values)
    finite = values[is_finite]
    count = len(finite)
    rows = np.zeros((-(-count // _BLOCK), _BLOCK))
    rows.reshape(-1)[:count] = finite
    powers = weight ** np.arange(_BLOCK + 1)
    age = np.subtract.outer(np.arange(_BLOCK), np.arange(_BLOCK))
    # Each row as if nothing stood before it; then what the rows before it leave over.
    means = rows @ np.where(age >= 0, (1 - weight) * powers[np.maximum(age, 0)], 0.0).T
    before = 0.0
    for index in range(len(means)):
        means[index] += before * powers[1:]
        before = means[index, -1]
    result = values.copy()
    result[is_finite] = means.reshape(-1)[:count] / (1 - weight ** np.arange(1, count + 1))
    return result


def _plain(values: npt.NDArray[np.float64]) -> list[float | str]:
    return [value if np.isfinite(value) else str(value) for value in values.tolist()]


def _kept(points: Points) -> npt.NDArray[np.intp]:
    """Places of the extremes of equal buckets: the drawing engine gets its points as text, between two cells of the user."""
    count = len(points.values)
    if count <= 2 * _BUCKETS:
        return np.arange(count)
    size = -(-count // _BUCKETS)
    values = np.full(_BUCKETS * size, np.inf)
    values[:count] = points.values
    buckets = values.reshape(_BUCKETS, size)
    is_finite = np.isfinite(buckets)
    chosen = [
        np.where(is_finite, buckets, np.inf).argmin(axis=1),
        np.where(is_finite, buckets, -np.inf).argmax(axis=1),
        is_finite.argmin(axis=1),
    ]
    starts = np.arange(_BUCKETS) * size
    kept = np.unique(np.concatenate([*(starts + places for places in chosen), [0, count - 1]]))
    return kept[kept < count]
