"""Compiled runs refuse bad values as the first runs do, and change nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

import graphlab as tf


def _matrix(i: Any) -> Any:
    return tf.cast(i, tf.float32) * tf.eye(2)


CASES: dict[str, tuple[Callable[[Any], Any], int, int]] = {
    "gather": (lambda i: tf.gather(tf.constant([1.0, 2.0, 3.0]), i), 1, 7),
    "gather_nd": (lambda i: tf.gather_nd(tf.constant([1.0, 2.0, 3.0]), tf.reshape(i, [1])), 1, 7),
    "division": (lambda i: 6 // i, 2, 0),
    "remainder": (lambda i: 6 % i, 4, 0),
    "power": (lambda i: tf.pow(2, i), 3, -1),
    "labels": (
        lambda i: tf.nn.sparse_softmax_cross_entropy_with_logits(labels=tf.reshape(i, [1]), logits=[[1.0, 2.0]]),
        1,
        5,
    ),
    "inverse": (lambda i: tf.matrix_inverse(_matrix(i)), 1, 0),
    "solution": (lambda i: tf.matrix_solve(_matrix(i), tf.ones([2, 1])), 1, 0),
    "triangular solution": (lambda i: tf.matrix_triangular_solve(_matrix(i), tf.ones([2, 1])), 1, 0),
    "factors": (lambda i: tf.cholesky(_matrix(i)), 1, -1),
}


@pytest.fixture(autouse=True)
def graph() -> Iterator[tf.Graph]:
    with tf.Graph().as_default() as graph:
        yield graph


@pytest.mark.parametrize("name", CASES)
def test_bad_value_is_refused_in_every_run(name: str) -> None:
    build, good, bad = CASES[name]
    x = tf.placeholder(tf.int32, (), name="x")
    count = tf.Variable(0, name="count")
    step = tf.assign_add(count, 1)
    y = build(x)
    with tf.Session() as sess:
        sess.run(count.initializer)
        for run in range(1, 6):
            sess.run([y, step], {x: good})
            with pytest.raises(tf.errors.InvalidArgumentError) as caught:
                sess.run([y, step], {x: bad})
            assert caught.value.op is not None
            assert sess.run(count) == run


def test_many_steps_stop_where_a_value_is_bad() -> None:
    x = tf.placeholder(tf.int32, (), name="x")
    total = tf.Variable(0, name="total")
    step = tf.assign_add(total, tf.gather([1, 2, 3], x))
    with tf.Session() as sess:
        sess.run(total.initializer)
        with pytest.raises(tf.errors.InvalidArgumentError, match=r"is not in \[0, 3\)"):
            sess.run_steps(step.op, feeds={x: np.array([0, 1, 9, 2])})
        assert sess.run(total) == 3
