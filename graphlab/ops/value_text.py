"""Arrays in words, as TensorFlow puts them into messages: `[1.5 2][3...]...`."""

from __future__ import annotations

from typing import Any

import numpy as np


def summarize(value: Any, count: int) -> str:
    """Writes the first elements of an array row by row.

    Args:
        value: an array, or anything that NumPy makes one of.
        count: how many elements to write; all of them if negative.

    Returns:
        The elements with each row in brackets, but for the outermost; three dots where some are left out.
    """
    array = np.asarray(value)
    limit = array.size if count < 0 else min(count, array.size)
    return _rows(array, limit) + ("..." if limit < array.size else "")


def _rows(array: np.ndarray[Any, Any], limit: int) -> str:
    if array.ndim < 2:
        return " ".join(_word(x) for x in array.ravel()[:limit])
    text = ""
    for row in array:
        if limit <= 0:
            break
        is_cut = row.ndim == 1 and limit < row.size
        text += f"[{_rows(row, limit)}{'...' if is_cut else ''}]"
        limit -= row.size
    return text


def _word(element: Any) -> str:
    if isinstance(element, bytes):
        return element.decode(errors="replace")
    if isinstance(element, bool | np.bool_):
        return str(int(element))
    if isinstance(element, float | np.floating):
        return _shortest(element)
    return str(element)


def _shortest(number: float | np.floating[Any]) -> str:
    """As many digits as every number of the type has, or if these do not tell it from its neighbours as many as do."""
    kind, few, many = (np.float64, 15, 17) if isinstance(number, float) else (np.float32, 6, 9)
    text = f"{number:.{few}g}"
    return text if kind(text) == number or np.isnan(number) else f"{number:.{many}g}"
