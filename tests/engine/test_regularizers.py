"""Regularizers of `tf.contrib.layers`."""

from __future__ import annotations

import pytest

import graphlab as tf


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: tf.contrib.layers.l1_regularizer(0.5), 3.5),
        (lambda: tf.contrib.layers.l2_regularizer(0.5), 6.25),
        (lambda: tf.contrib.layers.l1_l2_regularizer(0.5, 0.5), 9.75),
        (lambda: tf.contrib.layers.sum_regularizer([None, tf.contrib.layers.l1_regularizer(1.0)]), 7.0),
    ],
)
def test_loss_of_a_variable_is_listed(make: object, expected: float) -> None:
    tf.reset_default_graph()
    with tf.variable_scope("s", regularizer=make()):  # type: ignore[operator]
        tf.get_variable("v", initializer=[3.0, -4.0])
    (loss,) = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        assert sess.run(loss) == pytest.approx(expected)
        assert sess.run(loss * 2.0) == pytest.approx(2 * expected)


@pytest.mark.parametrize("scale", [-1.0, 1])
def test_scale_must_be_a_positive_float(scale: float) -> None:
    with pytest.raises(ValueError, match="scale"):
        tf.contrib.layers.l2_regularizer(scale)
