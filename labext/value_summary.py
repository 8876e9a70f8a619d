"""What a node's value comes down to on a card: its range, its mean, a small histogram."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

_BINS = 16
_MOST_BINNED = 65_536
_MOST_SHOWN = 6


def summarize(value: Any) -> dict[str, Any]:
    """Describes an array in plain JSON; waits for one that is still being computed.

    Args:
        value: a number, text or array.

    Returns:
        ``shape``, and ``text`` with the value itself if it is small. For numbers also ``min``, ``mean`` and ``max`` of
        the finite elements, ``bins`` with their counts in equal steps from min to max, and ``nan`` and ``infinite``
        with the number of the others. Numbers that JSON does not know are left out.
    """
    # Most watched values are single numbers, and numpy.asarray() of an array on a device costs five times item().
    if getattr(value, "shape", None) == () and value.dtype.kind in "biuf":
        return _summarize_number(float(value.item()))
    array = np.asarray(value)
    summary: dict[str, Any] = {"shape": list(array.shape)}
    if array.size <= _MOST_SHOWN:
        summary["text"] = _text(array)
    if array.dtype.kind not in "biuf" or array.size == 0:
        return summary
    flat = array.reshape(-1)
    finite = flat if array.dtype.kind != "f" else flat[np.isfinite(flat)]
    if len(finite) < len(flat):
        nan = int(np.isnan(flat).sum())
        summary |= {"nan": nan, "infinite": len(flat) - len(finite) - nan}
    if len(finite):
        wide = finite.astype(np.float64, copy=False)
        summary |= {"min": float(wide.min()), "mean": float(wide.mean()), "max": float(wide.max())}
        if len(finite) > 1:
            summary["bins"] = _histogram(wide)
    return summary


def _summarize_number(number: float) -> dict[str, Any]:
    if math.isfinite(number):
        return {"shape": [], "text": f"{number:.6g}", "min": number, "mean": number, "max": number}
    return {"shape": [], "text": str(number), "nan": int(math.isnan(number)), "infinite": int(math.isinf(number))}


def is_finite(value: Any) -> bool:
    """Whether an array has neither NaN nor infinity; what is no number has none."""
    array = np.asarray(value)
    return array.dtype.kind != "f" or bool(np.isfinite(array).all())


def _histogram(values: npt.NDArray[np.float64]) -> list[int]:
    sample = values[:: -(-len(values) // _MOST_BINNED)]
    low, high = float(sample.min()), float(sample.max())
    if not low < high or not np.isfinite(high - low):
        return [len(sample)]
    counts, _ = np.histogram(sample, bins=_BINS, range=(low, high))
    return [int(count) for count in counts]


def _text(array: npt.NDArray[Any]) -> str:
    if array.dtype.kind in "SUO":
        return str(array.tolist())
    return str(np.array2string(array, precision=5, separator=", ", suppress_small=False)).replace("\n", "")
