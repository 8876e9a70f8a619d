"""What a value comes down to."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from labext.value_summary import is_finite, summarize


def test_range_mean_and_histogram() -> None:
    summary = summarize(np.arange(32.0).reshape(4, 8))
    assert (summary["shape"], summary["min"], summary["mean"], summary["max"]) == ([4, 8], 0.0, 15.5, 31.0)
    assert summary["bins"] == [2] * 16


def test_large_arrays_are_sampled_for_the_histogram_only() -> None:
    values = np.linspace(0.0, 1.0, 1_000_003)
    values[1] = 7.0
    summary = summarize(values)
    assert summary["max"] == 7.0
    assert sum(summary["bins"]) <= 65_536


@pytest.mark.parametrize(
    ("value", "part"),
    [
        (np.float32(0.25), {"text": "0.25", "mean": 0.25}),
        (np.array([1.0, np.nan, np.inf, 3.0]), {"nan": 1, "infinite": 1, "min": 1.0, "max": 3.0}),
        (np.array([np.nan]), {"nan": 1, "text": "[nan]"}),
        (np.array([True, False, True]), {"mean": pytest.approx(2 / 3)}),
        (np.array([b"text"]), {"text": "[b'text']"}),
        (np.full(5, 2.0), {"bins": [5]}),
        (np.array([-1e308, 1e308]), {"bins": [2]}),
        (np.zeros((0, 3)), {"shape": [0, 3]}),
    ],
)
def test_all_kinds_of_values(value: Any, part: dict[str, Any]) -> None:
    summary = summarize(value)
    assert part.items() <= summary.items()
    json.dumps(summary, allow_nan=False)


def test_finiteness() -> None:
    assert is_finite(np.array([1, 2]))
    assert is_finite(np.array([b"a"]))
    assert is_finite(1.5)
    assert not is_finite(np.array([1.0, np.inf]))
