"""A name that is not there is answered by near ones, or by what to use instead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import graphlab as tf


@pytest.mark.parametrize(
    ("use", "advice"),
    [
        (lambda: tf.reduce_men, r"'graphlab'.*'reduce_men'.*Did you mean 'reduce_mean'"),
        (lambda: tf.trian, r"Did you mean 'train'"),
        (lambda: tf.train.GradientDecentOptimizer, r"'graphlab\.train'.*'GradientDescentOptimizer'"),
        (lambda: tf.nn.sofmax, r"'softmax'"),
        (lambda: tf.layers.dens, r"'dense'"),
        (lambda: tf.losses.mean_square_error, r"'mean_squared_error'"),
        (lambda: tf.summary.scaler, r"'scalar'"),
        (lambda: tf.contrib.layers.fully_conected, r"'fully_connected'"),
        (lambda: tf.keras, r"tf\.layers"),
        (lambda: tf.data, r"feed_dict"),
        (lambda: tf.GradientTape, r"tf\.gradients"),
        (lambda: tf.constant(1.0).evl, r"'Tensor'.*'evl'.*'eval'"),
        (lambda: tf.constant(1.0).numpy, r"sess\.run"),
        (lambda: (tf.Variable(1.0) + 1.0).initializer, r"tf\.assign_add"),
        (lambda: tf.Variable(1.0).initialiser, r"'Variable'.*'initializer'"),
    ],
)
def test_misspelt_name_is_answered(use: Callable[[], Any], advice: str) -> None:
    with tf.Graph().as_default(), pytest.raises(AttributeError, match=advice):
        use()


def test_private_names_are_left_alone() -> None:
    with tf.Graph().as_default(), pytest.raises(AttributeError, match=r"has no attribute '_fields'\.$"):
        _ = tf.constant(1.0)._fields
    with pytest.raises(AttributeError, match=r"has no attribute '_nope'\.$"):
        _ = tf._nope
