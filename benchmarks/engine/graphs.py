"""The measured programs, written once for every module with TensorFlow 1.x's API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

FEATURES, BATCH, ROWS = 9, 100, 20640
RATE = 0.01

Run = Callable[[], Any]


def data(rows: int) -> tuple[Any, Any]:
    """Features with a column of ones, and a target, as the chapter's scaled float64 arrays."""
    rng = np.random.default_rng(0)
    features = np.c_[np.ones((rows, 1)), rng.normal(size=(rows, FEATURES - 1))]
    return features, features @ rng.normal(size=(FEATURES, 1)) + rng.normal(size=(rows, 1))


def scalar(tf: Any) -> tuple[Any, Any]:
    """The chapter's first graph; returns its fetch and its initializer."""
    x = tf.Variable(3, name="x")
    y = tf.Variable(4, name="y")
    return x * x * y + y + 2, tf.global_variables_initializer()


def training(tf: Any, X: Any, y: Any) -> tuple[Any, Any, Any]:
    """The chapter's linear regression; returns training operation, error and initializer."""
    theta = tf.Variable(tf.random_uniform([FEATURES, 1], -1.0, 1.0, seed=42), name="theta")
    error = tf.matmul(X, theta, name="predictions") - y
    mse = tf.reduce_mean(tf.square(error), name="mse")
    step = tf.train.GradientDescentOptimizer(learning_rate=RATE).minimize(mse)
    return step, mse, tf.global_variables_initializer()


def fed(tf: Any) -> tuple[Any, Any]:
    """Placeholders for a mini-batch."""
    X = tf.placeholder(tf.float32, shape=(None, FEATURES), name="X")
    return X, tf.placeholder(tf.float32, shape=(None, 1), name="y")


def constants(tf: Any, rows: int) -> tuple[Any, Any]:
    """The whole data as constants."""
    features, target = data(rows)
    return tf.constant(features, dtype=tf.float32, name="X"), tf.constant(target, dtype=tf.float32, name="y")


def chain(tf: Any, length: int) -> tuple[Any, Any]:
    """`length` multiplications and additions in a row; returns the first and the last tensor."""
    first = tf.placeholder(tf.float32, shape=(), name="first")
    last = first
    for i in range(length // 2):
        last = last * 1.001 + float(i % 7)
    return first, last


def first_answers(tf: Any) -> dict[str, Callable[[], Run]]:
    """For each program a function that builds it and returns what runs it for the first time."""

    def placeholder_add() -> Run:
        a = tf.placeholder(tf.float32, shape=(None, 3))
        b = a + 5
        sess = tf.Session()
        return lambda: sess.run(b, feed_dict={a: [[1, 2, 3]]})

    def lifecycle() -> Run:
        w = tf.constant(3)
        x = w + 2
        y, z = x + 5, x * 3
        sess = tf.Session()
        return lambda: sess.run([y, z])

    def first_graph() -> Run:
        f, init = scalar(tf)
        sess = tf.Session()
        return lambda: (sess.run(init), sess.run(f))

    def normal_equation() -> Run:
        X, y = constants(tf, ROWS)
        transposed = tf.transpose(X)
        theta = tf.matmul(tf.matmul(tf.matrix_inverse(tf.matmul(transposed, X)), transposed), y)
        sess = tf.Session()
        return lambda: sess.run(theta)

    def full_batch() -> Run:
        step, mse, init = training(tf, *constants(tf, ROWS))
        sess = tf.Session()
        return lambda: (sess.run(init), sess.run(mse), sess.run(step))

    def mini_batch() -> Run:
        X, y = fed(tf)
        step, _, init = training(tf, X, y)
        features, target = data(BATCH)
        sess = tf.Session()
        return lambda: (sess.run(init), sess.run(step, feed_dict={X: features, y: target}))

    def logistic_regression() -> Run:
        X, y = fed(tf)
        theta = tf.Variable(tf.random_uniform([FEATURES, 1], -1.0, 1.0, seed=42), name="theta")
        logits = tf.matmul(X, theta, name="logits")
        probability = 1 / (1 + tf.exp(-logits))
        loss = -tf.reduce_mean(y * tf.log(probability + 1e-7) + (1 - y) * tf.log(1 - probability + 1e-7))
        step = tf.train.GradientDescentOptimizer(learning_rate=RATE).minimize(loss)
        init = tf.global_variables_initializer()
        features, target = data(BATCH)
        sess = tf.Session()
        labels = target > 0
        return lambda: (sess.run(init), sess.run([step, loss], feed_dict={X: features, y: labels}))

    def autodiff_loop() -> Run:
        a, b = tf.Variable(0.2, name="a"), tf.Variable(0.3, name="b")
        z = tf.constant(0.0, name="z0")
        for i in range(100):
            z = a * tf.cos(z + i) + z * tf.sin(b - i)
        grads = tf.gradients(z, [a, b])
        init = tf.global_variables_initializer()
        sess = tf.Session()
        return lambda: (sess.run(init), sess.run(grads))

    return {
        f.__name__: f
        for f in (
            placeholder_add,
            lifecycle,
            first_graph,
            normal_equation,
            full_batch,
            mini_batch,
            logistic_regression,
            autodiff_loop,
        )
    }
