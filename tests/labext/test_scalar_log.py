"""The growing columns behind a plot."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable

import jax.numpy as jnp
import numpy as np
import pytest

from labext.scalar_log import ScalarLog


@pytest.fixture
def log() -> ScalarLog:
    return ScalarLog(touch=lambda: None)


@pytest.mark.parametrize(
    "make",
    [float, int, np.float32, np.float64, np.int64, np.array, lambda v: np.array([[v]]), jnp.float32, jnp.array],
)
def test_any_single_number_is_taken(log: ScalarLog, make: Callable[[float], object]) -> None:
    log.open_curve("loss", "run 1").append(0, make(2.0))
    assert log.points().values.tolist() == [2.0]
    assert log.problem is None


@pytest.mark.parametrize("value", [np.zeros(3), "two", None, 1j], ids=repr)
def test_anything_else_becomes_nan_with_advice(log: ScalarLog, value: object) -> None:
    log.open_curve("theta", "run 1").append(0, value)
    assert math.isnan(log.points().values[0])
    assert "Plot a scalar" in str(log.problem)


def test_nan_and_infinity_are_kept(log: ScalarLog) -> None:
    curve = log.open_curve("loss", "run 1")
    for step, value in enumerate([math.nan, math.inf, -math.inf]):
        curve.append(step, value)
    np.testing.assert_array_equal(log.points().values, [math.nan, math.inf, -math.inf])


def test_points_grow_past_the_first_capacity_and_slice_by_position(log: ScalarLog) -> None:
    first, second = log.open_curve("a", "run 1"), log.open_curve("b", "run 1")
    for step in range(5000):
        first.append(step, step)
        second.append(step, -step)
        if step % 999 == 0:
            log.points()
    assert len(log) == 10_000
    points = log.points(9_998)
    assert (points.curves.tolist(), points.steps.tolist(), points.values.tolist()) == (
        [0, 1],
        [4999, 4999],
        [4999.0, -4999.0],
    )
    np.testing.assert_array_equal(log.points_of(second).values, -np.arange(5000.0))
    assert np.all(np.diff(log.points_of(first).seconds) >= 0)


def test_steps_outside_the_range_are_clipped(log: ScalarLog) -> None:
    curve = log.open_curve("loss", "run 1")
    curve.append(-1, 1.0)
    curve.append(2**40, 1.0)
    assert log.points().steps.tolist() == [0, 2**32 - 1]


def test_points_of_many_threads_are_all_kept(log: ScalarLog) -> None:
    def work(curve_name: str) -> None:
        curve = log.open_curve(curve_name, "run 1")
        for step in range(2000):
            curve.append(step, step)

    threads = [threading.Thread(target=work, args=(str(number),)) for number in range(4)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        log.points()
    assert len(log.points().values) == 8000
    for curve in log.curves:
        np.testing.assert_array_equal(log.points_of(curve).steps, np.arange(2000))
