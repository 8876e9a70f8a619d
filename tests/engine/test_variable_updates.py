"""Variables that are assigned row by row, loaded, constrained and copied."""

from __future__ import annotations

import numpy as np
import pytest

import graphlab as tf


@pytest.fixture(autouse=True)
def _graph() -> None:
    tf.reset_default_graph()


@pytest.mark.parametrize("name", ["update", "add", "sub", "mul", "div", "max", "min"])
def test_rows_change_alike_on_both_tiers(name: str) -> None:
    changes = {"update": None, "max": np.maximum, "min": np.minimum}
    ufunc = (
        changes.get(name)
        if name in changes
        else {"add": np.add, "sub": np.subtract, "mul": np.multiply, "div": np.divide}[name]
    )
    v = tf.Variable([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    rows = np.array([[2.0, 0.5], [1.5, 8.0]], np.float32)
    step = getattr(v, f"scatter_{name}")(tf.IndexedSlices(tf.constant(rows), tf.constant([0, 2])))
    expected = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], np.float32)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for _ in range(5):
            expected[[0, 2]] = rows if ufunc is None else ufunc(expected[[0, 2]], rows)
            np.testing.assert_allclose(sess.run(step), expected, rtol=1e-6)


def test_constraint_sees_the_update() -> None:
    v = tf.Variable(0.0, constraint=lambda value: tf.minimum(value, 1.0))
    step = tf.train.GradientDescentOptimizer(0.4).minimize(-v)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        trail = []
        for _ in range(5):
            sess.run(step)
            trail.append(float(sess.run(v)))
    assert trail == pytest.approx([0.4, 0.8, 1.0, 1.0, 1.0])


def test_row_out_of_range_is_named() -> None:
    v = tf.Variable([1.0, 2.0])
    step = tf.scatter_update(v, [5], [1.0])
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        with pytest.raises(tf.errors.InvalidArgumentError, match=r"indices\[0\] = 5 is not in \[0, 2\)"):
            sess.run(step)


def test_partitions_and_resources_are_refused() -> None:
    with pytest.raises(NotImplementedError, match="leave use_resource out"):
        tf.get_variable("v", [1], use_resource=True)
    with pytest.raises(NotImplementedError, match="leave partitioner out"):
        tf.variable_scope("s", partitioner=lambda shape, dtype: [1])
