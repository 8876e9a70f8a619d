"""Gradients of long chains and of what has none."""

from __future__ import annotations

import numpy as np
import pytest

import graphlab as tf


@pytest.fixture(autouse=True)
def _graph() -> None:
    tf.reset_default_graph()


def chain(length: int) -> int:
    """Return how many nodes the gradient of a chain of operations adds."""
    tf.reset_default_graph()
    x = y = tf.placeholder(tf.float32, [2])
    for _ in range(length):
        y = tf.sin(y)
    before = tf.get_default_graph().version
    tf.gradients(y, x)
    return int(tf.get_default_graph().version - before)


def test_nodes_grow_linearly_and_nothing_recurses() -> None:
    assert chain(4000) - chain(2000) == 2 * (chain(2000) - chain(1000))


def test_error_names_the_operation_and_what_to_do() -> None:
    x = tf.Variable([1.0, 2.0])
    updated = tf.scatter_update(x, [0], [3.0])
    with pytest.raises(LookupError, match=r"ScatterUpdate.*test_gradients\.py.*tf\.stop_gradient"):
        tf.gradients(updated, x)


def test_path_through_integers_does_not_hold_gradients_back() -> None:
    x = tf.constant([[1.0, 2.0, 3.0]])
    middle = x * 2.0
    y = tf.reshape(middle, tf.shape(middle)[::-1]) * 3.0
    (gradient,) = tf.gradients(y, x)
    with tf.Session() as sess:
        np.testing.assert_array_equal(sess.run(gradient), [[6.0, 6.0, 6.0]])


def test_number_of_given_gradients_must_fit() -> None:
    x = tf.constant(1.0)
    with pytest.raises(ValueError, match="Passed 2 grad_ys for 1 ys"):
        tf.gradients(x * 2.0, x, grad_ys=[tf.constant(1.0), tf.constant(2.0)])
