"""The chapter's full-batch step against the same step written by hand for jax.jit."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

import graphlab as tf
from benchmarks.measure import Comparison, compare
from graphlab.datasets import load_california_housing

LEARNING_RATE = 0.01
STEPS = 100

Floats = NDArray[np.float32]


def comparisons() -> Iterator[Comparison]:
    """Yields the cost of one hundred steps that end in reading the parameters.

    Raises:
        AssertionError: The two ways came to different parameters.
    """
    features, target = _scaled_housing()
    start = np.random.default_rng(0).uniform(-1, 1, (features.shape[1], 1)).astype(np.float32)
    ours, by_hand = _graph_loop(features, target, start), _jax_loop(features, target, start)
    np.testing.assert_allclose(ours(), by_hand(), rtol=1e-4, atol=1e-5)
    yield compare(f"{STEPS} full-batch steps, {len(features):,} x {features.shape[1]}", ours, "jax.jit", by_hand)


def _graph_loop(features: Floats, target: Floats, start: Floats) -> Callable[[], Floats]:
    with tf.Graph().as_default():
        X = tf.constant(features, name="X")
        y = tf.constant(target, name="y")
        theta = tf.Variable(start, name="theta")
        error = tf.matmul(X, theta, name="predictions") - y
        mse = tf.reduce_mean(tf.square(error), name="mse")
        (gradient,) = tf.gradients(mse, [theta])
        assert gradient is not None
        step = tf.assign(theta, theta - LEARNING_RATE * gradient)
        session = tf.Session()
        session.run(tf.global_variables_initializer())

    def loop() -> Floats:
        for _ in range(STEPS):
            session.run(step.op)
        return np.asarray(session.run(theta))

    return loop


def _jax_loop(features: Floats, target: Floats, start: Floats) -> Callable[[], Floats]:
    X, y = jax.device_put(features), jax.device_put(target)
    theta = jax.device_put(start)

    def mse(theta: jax.Array) -> jax.Array:
        return jnp.mean(jnp.square(X @ theta - y))

    @jax.jit
    def step(theta: jax.Array) -> jax.Array:
        gradient: jax.Array = jax.grad(mse)(theta)
        return theta - LEARNING_RATE * gradient

    def loop() -> Floats:
        nonlocal theta
        for _ in range(STEPS):
            theta = step(theta)
        return np.asarray(theta)

    return loop


def _scaled_housing() -> tuple[Floats, Floats]:
    """The chapter's data: features scaled to mean 0 and variance 1 after a column of ones, and the target."""
    housing = load_california_housing()
    scaled = (housing.data - housing.data.mean(axis=0)) / housing.data.std(axis=0)
    features = np.column_stack([np.ones(len(scaled)), scaled]).astype(np.float32)
    return features, housing.target.astype(np.float32).reshape(-1, 1)
