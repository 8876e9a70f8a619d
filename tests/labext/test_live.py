"""`live.plot` and `live.watch` on the real engine, with the book's training loop unchanged."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

import graphlab as tf
from labext import live

STEPS = 50


@pytest.fixture(autouse=True)
def fresh_graph() -> Iterator[None]:
    tf.reset_default_graph()
    yield
    for recorder in live._recorders.values():
        recorder.detach()
    live._recorders.clear()


def build() -> tuple[tf.Tensor, tf.Tensor, tf.Operation]:
    inputs = np.random.default_rng(0).normal(size=(40, 3)).astype(np.float32)
    features = tf.constant(inputs, name="X")
    y = tf.constant(inputs @ np.array([[1.0], [2.0], [3.0]], np.float32), name="y")
    theta = tf.Variable(tf.random_uniform([3, 1], -1.0, 1.0, seed=42), name="theta")
    error = tf.matmul(features, theta, name="predictions") - y
    mse = tf.reduce_mean(tf.square(error), name="mse")
    gradient = tf.gradients(mse, [theta])[0]
    assert gradient is not None
    training_op = tf.assign_sub(theta, 0.05 * gradient)
    return mse, training_op, tf.global_variables_initializer()


def train(mse: tf.Tensor, training_op: tf.Tensor, init: tf.Operation) -> dict[int, float]:
    printed = {}
    with tf.Session() as sess:
        sess.run(init)
        for epoch in range(STEPS):
            if epoch % 10 == 0:
                printed[epoch] = float(mse.eval())
            sess.run(training_op)
    return printed


@pytest.mark.parametrize("by_name", [True, False])
def test_every_step_is_plotted_with_the_value_that_the_loop_prints(by_name: bool) -> None:
    mse, training_op, init = build()
    plot = live.plot("mse" if by_name else mse)
    printed = train(mse, training_op, init)
    steps, values = plot.values("mse")
    np.testing.assert_array_equal(steps, np.arange(STEPS))
    np.testing.assert_allclose([values[epoch] for epoch in printed], list(printed.values()), rtol=1e-5)


def test_variables_get_a_curve_for_each_element() -> None:
    nodes = build()
    plot = live.plot("theta", nodes[0])
    train(*nodes)
    assert [curve.tag for curve in plot.curves] == ["theta[0, 0]", "theta[1, 0]", "theta[2, 0]", "mse"]
    steps, values = plot.values("theta[2, 0]")
    np.testing.assert_array_equal(steps, np.arange(STEPS))
    assert len(set(values.tolist())) > STEPS // 2


def test_large_tensors_come_down_to_min_mean_and_max() -> None:
    nodes = build()
    plot = live.plot("predictions")
    train(*nodes)
    low, mean, high = (plot.values(f"predictions {part}")[1] for part in ("min", "mean", "max"))
    assert len(low) == STEPS
    assert (low < mean).all()
    assert (mean < high).all()


def test_summaries_show_what_they_summarise() -> None:
    nodes = build()
    tf.summary.scalar("error", nodes[0])
    tf.summary.histogram("weights", tf.get_default_graph().get_tensor_by_name("theta:0"))
    plot = live.plot(tf.summary.merge_all())
    by_name = live.plot("error")
    train(*nodes)
    assert [curve.tag for curve in plot.curves] == ["error", "weights[0, 0]", "weights[1, 0]", "weights[2, 0]"]
    np.testing.assert_array_equal(plot.values("error")[1], by_name.values("error")[1])


def test_other_summaries_are_refused() -> None:
    picture = tf.summary.text("note", tf.constant("hello"))
    with pytest.raises(ValueError, match="only summaries of scalars and histograms"):
        live.plot(picture)


def test_arrays_of_another_size_give_advice() -> None:
    plot = live.plot("theta")
    curve = plot.open_curves("theta", "run 1", (2,))
    curve.append(0, np.array([1.0, 2.0]))
    curve.append(1, np.array([3.0]))
    np.testing.assert_array_equal(plot.values("theta[1]")[1], [2.0, np.nan])


def test_plot_may_come_before_the_graph() -> None:
    plot = live.plot("mse")
    train(*build())
    assert len(plot) == STEPS
    assert plot.notice == ""


def test_sessions_draw_curves_beside_each_other() -> None:
    nodes = build()
    plot = live.plot("mse")
    train(*nodes)
    train(*nodes)
    assert [curve.run for curve in plot.curves] == ["run 1", "run 2"]


def test_plot_follows_the_default_graph_over_a_reset() -> None:
    plot = live.plot("mse")
    train(*build())
    tf.reset_default_graph()
    train(*build())
    assert [curve.run for curve in plot.curves] == ["run 1", "run 2"]
    assert len(plot) == 2 * STEPS


def test_name_means_the_newest_copy_when_a_cell_builds_the_graph_again() -> None:
    plot = live.plot("mse")
    train(*build())
    train(*build())
    first, second = (plot.values("mse", run)[1] for run in ("run 1", "run 2"))
    np.testing.assert_allclose(first[:1], second[:1], rtol=1e-6)
    assert second[-1] < second[0] / 2


def test_name_means_the_named_tensor_while_it_belongs_to_the_step() -> None:
    mse, training_op, init = build()
    tf.multiply(2.0, mse, name="mse")
    plot = live.plot("mse")
    printed = train(mse, training_op, init)
    assert plot.values("mse")[1][0] == pytest.approx(printed[0])


def test_name_that_no_tensor_has_is_reported() -> None:
    plot = live.plot("msee")
    train(*build())
    assert "no tensor 'msee:0'" in plot.notice
    assert len(plot) == 0


def test_tensor_without_its_feeds_is_left_out() -> None:
    mse, training_op, init = build()
    factor = tf.placeholder(tf.float32, shape=(), name="factor")
    scaled = tf.multiply(factor, mse, name="scaled")
    plot = live.plot("mse", scaled)
    with tf.Session() as sess:
        sess.run(init)
        sess.run(training_op)
        sess.run(training_op, feed_dict={factor: 2.0})
    assert plot.values("mse")[0].tolist() == [0, 1]
    assert plot.values("scaled")[0].tolist() == [1]


def test_same_line_again_replaces_its_plot() -> None:
    first = live.plot("mse")
    second = live.plot("mse")
    train(*build())
    assert (len(first), len(second)) == (0, STEPS)


def test_results_are_the_same_with_and_without_a_plot() -> None:
    nodes = build()
    without = train(*nodes)
    live.plot("mse")
    assert train(*nodes) == without


def test_nothing_to_plot_is_refused_with_advice() -> None:
    with pytest.raises(ValueError, match=r'live.plot\("mse"\)'):
        live.plot()


def test_tensors_of_different_graphs_are_refused() -> None:
    first, second = tf.Graph(), tf.Graph()
    with first.as_default():
        one = tf.constant(1.0)
    with second.as_default():
        two = tf.constant(2.0)
    with pytest.raises(ValueError, match="a plot for each graph"):
        live.plot(one, two)


def test_watch_follows_the_default_graph() -> None:
    view = live.watch()
    build()
    assert view.graph is tf.get_default_graph()
    tf.reset_default_graph()
    assert view.graph is tf.get_default_graph()


def test_watch_of_a_graph_stays_with_it() -> None:
    graph = tf.get_default_graph()
    view = live.watch(graph)
    tf.reset_default_graph()
    assert view.graph is graph
