"""Plot and graph view of steps that the engine makes together."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

import graphlab as tf
from graphlab.execute.queue import STEPS, StepQueue
from graphlab.session import runner
from labext import live

COUNT = 2 * STEPS + 7


@pytest.fixture
def training(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[tf.Operation, tf.Variable]]:
    """A step that counts, with the count as `total`, and as the variable's elements."""
    monkeypatch.setattr(runner, "RUNS_BEFORE_WAITING", 1)
    with tf.Graph().as_default():
        counts = tf.Variable([0.0, 10.0], name="counts")
        tf.reduce_sum(counts, name="total")
        yield tf.assign_add(counts, [1.0, 1.0], name="step").op, counts


def train(step: tf.Operation) -> tf.Session:
    session = tf.Session()
    session.run(tf.global_variables_initializer())
    for _ in range(COUNT):
        session.run(step)
    assert isinstance(session.store.holder, StepQueue)
    return session


def test_plot_has_every_step_as_soon_as_it_is_asked(training: tuple[tf.Operation, tf.Variable]) -> None:
    step, counts = training
    plot = live.plot("total", counts)
    session = train(step)
    assert len(plot) == 3 * COUNT
    steps, totals = plot.values("total")
    np.testing.assert_array_equal(steps, np.arange(COUNT))
    np.testing.assert_array_equal(totals, 10.0 + 2.0 * np.arange(COUNT))
    np.testing.assert_array_equal(plot.values("counts[1]")[1], 10.0 + np.arange(COUNT))
    np.testing.assert_array_equal(session.run(counts), [COUNT, 10.0 + COUNT])


def test_points_keep_the_order_of_time(training: tuple[tf.Operation, tf.Variable]) -> None:
    plot = live.plot("total")
    train(training[0])
    seconds = plot._log.points().seconds
    assert (np.diff(seconds) >= 0).all()
    assert seconds[0] >= 0


def test_view_counts_every_step_and_keeps_the_values(training: tuple[tf.Operation, tf.Variable]) -> None:
    step, _ = training
    view = live.watch(values=["total"])
    train(step)
    assert view.evaluations["step"] == COUNT
    value = view.value("total")
    assert value is not None
    assert value["mean"] == 10.0 + 2.0 * (COUNT - 1)
    at = view.value_at(STEPS + 3)
    assert (at["step"], at["total:0"]["mean"]) == (STEPS + 3, 10.0 + 2.0 * (STEPS + 3))
    assert view._collect_overlay(0).header["step"] == COUNT - 1
    assert view._collect_history(0).upto == COUNT


def test_first_odd_number_is_found_among_steps_made_together(training: tuple[tf.Operation, tf.Variable]) -> None:
    _, counts = training
    tf.log(STEPS - counts[0], name="logarithm")
    view = live.watch(check_numerics=True)
    train(tf.assign_add(counts, [1.0, 0.0 * tf.get_default_graph().get_tensor_by_name("logarithm:0")], name="odd").op)
    assert view.failure is not None
    assert view.failure.node == "logarithm"
    assert f"step {STEPS}" in view.failure.message
