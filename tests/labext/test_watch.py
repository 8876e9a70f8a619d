"""`live.watch` on the real engine: what was evaluated, how often, with which values, and what failed."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

import graphlab as tf
from labext import live
from labext.live.graph_view import LiveGraphView


@pytest.fixture(autouse=True)
def fresh_graph() -> Iterator[None]:
    tf.reset_default_graph()
    yield
    for view in live._views.values():
        view.detach()
    live._views.clear()


def lesson() -> tuple[tf.Tensor, tf.Tensor]:
    """The lesson on a node's life."""
    w = tf.constant(3, name="w")
    x = tf.add(w, 2, name="x")
    return tf.add(x, 5, name="y"), tf.multiply(x, 3, name="z")


def test_two_runs_evaluate_shared_nodes_twice_and_a_joint_run_once() -> None:
    y, z = lesson()
    view = live.watch()
    with tf.Session() as sess:
        y.eval()
        z.eval()
        twice = view.evaluations
        view._log.end_cell()
        sess.run([y, z])
    assert (twice["w"], twice["x"], twice["y"], twice["z"]) == (2, 2, 1, 1)
    assert set(view.evaluations.values()) == {1}


def test_pictures_show_what_was_evaluated_how_often_and_with_which_values() -> None:
    y, z = lesson()
    view = live.watch()
    view.watch(y)
    before = view.picture_content()
    assert not {"2×", "10"} & set(texts(view.picture_svg()))
    with tf.Session():
        y.eval()
        z.eval()
    assert view.picture_content() != before
    assert texts(view.picture_svg()).count("2×") == 3  # w, x, and the constant that x adds
    assert "10" in texts(view.to_svg("dark"))


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg).iter() if element.tag.endswith("}text")]


def test_a_detached_view_keeps_the_graph_that_it_shows() -> None:
    lesson()
    shown = tf.get_default_graph()
    following, detached = live.watch(), LiveGraphView(shown, follows_default=True)
    detached.detach()
    tf.reset_default_graph()
    assert following.graph is tf.get_default_graph()
    assert detached.graph is shown


def test_page_is_told_order_feeds_and_fetches() -> None:
    x = tf.placeholder(tf.float32, name="x")
    y = tf.multiply(x, 2.0, name="y")
    view = live.watch()
    with tf.Session() as sess:
        sess.run(y, {x: 1.0})
    told = view._log.describe(0)
    assert told["recent"] == [[0, 1]]
    assert told["kinds"][0] == {"operations": ("y/y", "y"), "feeds": ("x:0",), "fetches": ("y:0",)}


def test_page_that_knows_a_kind_is_not_told_again() -> None:
    y, z = lesson()
    view = live.watch()
    with tf.Session() as sess:
        sess.run(y)
        known = view._log.version
        sess.run(z)
    assert list(view._log.describe(known)["kinds"]) == [1]


def test_watched_values_ride_along_with_the_step_they_are_from() -> None:
    weights = tf.Variable([1.0, 2.0], name="weights")
    loss = tf.reduce_sum(tf.square(weights), name="loss")
    step = tf.assign_sub(weights, weights * 0.5)
    view = live.watch(values=["loss"])
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for _ in range(3):
            sess.run(step)
    value = view._log.describe(0)["values"]["loss:0"]
    assert (value["step"], value["mean"]) == (2, pytest.approx(5.0 / 16.0))
    assert view.value(loss) is not None
    view.unwatch(loss)
    assert view.value(loss) is None


def test_tensor_may_be_watched_before_it_exists() -> None:
    view = live.watch(values=["y"])
    with tf.Session() as sess:
        first = tf.constant(1.0)
        sess.run(first)
        y = tf.add(first, 1.0, name="y")
        sess.run(y)
    assert (view.value("y") or {})["text"] == "2"


def test_failure_names_the_node_until_a_run_succeeds() -> None:
    x = tf.placeholder(tf.float32, shape=(2,), name="x")
    view = live.watch()
    with tf.Session() as sess:
        with pytest.raises(tf.errors.InvalidArgumentError):
            sess.run(x)
        assert view.failure is not None
        assert view.failure.node == "x"
        assert "feed_dict={x: value}" in view.failure.message
        assert "test_watch.py" in view.failure.message
        sess.run(x, {x: [1.0, 2.0]})
    assert view.failure is None


def test_watching_changes_no_result() -> None:
    def train() -> Any:
        tf.reset_default_graph()
        weights = tf.Variable(tf.random_normal([3], seed=1), name="weights")
        loss = tf.reduce_mean(tf.square(weights), name="loss")
        step = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
        with tf.Session() as sess:
            sess.run(tf.global_variables_initializer())
            for _ in range(10):
                sess.run(step)
            return sess.run(weights)

    without = train()
    live.watch(values=["loss", "weights"])
    np.testing.assert_array_equal(train(), without)


def test_view_follows_the_default_graph_with_what_it_watches() -> None:
    view = live.watch(values=["y"])
    tf.reset_default_graph()
    y, _ = lesson()
    with tf.Session() as sess:
        sess.run(y)
    assert (view.value("y") or {})["text"] == "10"


def test_graph_without_runs_can_be_shown() -> None:
    lesson()
    assert live.watch(tf.get_default_graph().as_graph_def()).evaluations == {}


def test_watched_values_are_recorded_over_steps_and_trainings() -> None:
    weights = tf.Variable([1.0, 2.0], name="weights")
    step = tf.assign_sub(weights, weights * 0.5)
    view = live.watch(values=["weights"])
    with tf.Session() as sess:
        for _ in range(2):
            sess.run(tf.global_variables_initializer())
            for _ in range(4):
                sess.run(step)
    assert view.value_at(3)["weights:0"]["max"] == pytest.approx(0.25)
    moments = view._collect_history(0).header["moments"]
    assert [(moment["run"], moment["step"]) for moment in moments] == [(run, at) for run in (1, 2) for at in range(4)]


def test_infinity_is_traced_to_the_node_where_it_came_up() -> None:
    x = tf.placeholder(tf.float32, shape=(2,), name="x")
    weights = tf.Variable([1.0, 1.0], name="weights")
    with tf.name_scope("loss"):
        logarithm = tf.log(x * weights, name="logarithm")
        loss = tf.reduce_sum(logarithm * 0.0, name="loss")
    step = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
    view = live.watch(check_numerics=True)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        sess.run(step, {x: [1.0, 2.0]})
        assert view.failure is None
        sess.run(step, {x: [1.0, 0.0]})
        sess.run(step, {x: [1.0, 2.0]})
    assert view.failure is not None
    assert view.failure.node == "loss/logarithm"
    assert "infinity came up here first at step 1" in view.failure.message
