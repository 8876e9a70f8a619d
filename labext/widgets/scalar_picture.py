"""Describes a plot in plain JSON, for the engine that draws its static picture."""

from __future__ import annotations

from typing import Any

import numpy as np

from labext.scalar_log import Points, ScalarLog

WIDTH_PX = 800
HEIGHT_PX = 360

# Two for each pixel.
_BUCKETS = 2 * WIDTH_PX


def plain_curves(log: ScalarLog) -> list[dict[str, Any]]:
    """Returns the curves with as many points as a picture can show."""
    return [
        {
            "tag": curve.tag,
            "run": curve.run,
            "startedS": curve.started_s,
            "steps": points.steps.tolist(),
            "seconds": points.seconds.tolist(),
            "values": [value if np.isfinite(value) else str(value) for value in points.values.tolist()],
        }
        for curve in log.curves
        for points in [_thinned(log.points_of(curve))]
    ]


def _thinned(points: Points) -> Points:
    """Keeps the extremes of equal buckets: the drawing engine gets its points as text, between two cells of the user."""
    count = len(points.values)
    if count <= 2 * _BUCKETS:
        return points
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
    kept = kept[kept < count]
    return Points(points.curves[kept], points.steps[kept], points.seconds[kept], points.values[kept])
