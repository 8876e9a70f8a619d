"""Describes a plot in plain JSON, for the engine that draws its static picture."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from labext.scalar_log import Points, ScalarLog

WIDTH_PX = 800
HEIGHT_PX = 360

_LARGEST_COUNT = 20_000
_BUCKETS = 4 * WIDTH_PX


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
    """Keeps the extremes of equal buckets: the drawing engine gets its points as text."""
    count = len(points.values)
    if count <= _LARGEST_COUNT:
        return points
    kept: set[int] = {0, count - 1}
    for bucket in np.array_split(np.arange(count), _BUCKETS):
        values = points.values[bucket]
        kept.update(bucket[[_first_extreme(values), _first_extreme(-values)]].tolist())
        kept.update(bucket[~np.isfinite(values)][:1].tolist())
    chosen = np.array(sorted(kept))
    return Points(points.curves[chosen], points.steps[chosen], points.seconds[chosen], points.values[chosen])


def _first_extreme(values: npt.NDArray[np.float64]) -> int:
    return int(np.argmin(np.where(np.isfinite(values), values, np.inf)))
