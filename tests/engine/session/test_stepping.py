"""`run_steps` does what a Python loop around `run` does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

import graphlab as tf

STEPS, BATCH, FEATURES = 20, 16, 3


class Model:
    """A linear model trained on noisy features, whose random numbers must advance as in single runs."""

    def __init__(self) -> None:
        self.x = tf.placeholder(tf.float32, (None, FEATURES), name="x")
        self.y = tf.placeholder(tf.float32, (None, 1), name="y")
        self.theta = tf.Variable(tf.random_uniform([FEATURES, 1], -1.0, 1.0, seed=42), name="theta")
        noise = tf.random_normal([FEATURES], stddev=0.1, seed=1)
        error = tf.matmul(self.x + noise, self.theta) - self.y
        self.mse = tf.reduce_mean(tf.square(error), name="mse")
        self.step = tf.train.GradientDescentOptimizer(0.05).minimize(self.mse)
        self.init = tf.global_variables_initializer()


@pytest.fixture
def model() -> Iterator[Model]:
    with tf.Graph().as_default():
        yield Model()


@pytest.fixture
def data() -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    rng = np.random.default_rng(0)
    return rng.normal(size=(STEPS, BATCH, FEATURES)), rng.normal(size=(STEPS, BATCH, 1))


def by_hand(model: Model, data: Any) -> tuple[Any, Any]:
    with tf.Session() as sess:
        sess.run(model.init)
        errors = [sess.run([model.step, model.mse], {model.x: x, model.y: y})[1] for x, y in zip(*data, strict=True)]
        return np.array(errors), sess.run(model.theta)


@pytest.mark.parametrize("kind", ["arrays", "batches"])
def test_equals_a_python_loop(model: Model, data: Any, kind: str) -> None:
    xs, ys = data
    feeds: Any = {model.x: xs, model.y: ys}
    if kind == "batches":
        feeds = ({model.x: x, model.y: y} for x, y in zip(xs, ys, strict=True))
    errors, theta = by_hand(model, data)
    with tf.Session() as sess:
        sess.run(model.init)
        result = sess.run_steps(model.step, feeds=feeds, metrics={"mse": model.mse})
        np.testing.assert_allclose(result["mse"], errors, rtol=1e-5)
        np.testing.assert_allclose(sess.run(model.theta), theta, rtol=1e-5)


def test_hooks_receive_every_step(model: Model, data: Any) -> None:
    class Recorder:
        def __init__(self) -> None:
            self.values: list[Any] = []

        def before_run(self, run: Any) -> list[Any]:
            return [model.mse] if run.is_step and run.can_fetch(model.mse) else []

        def after_runs(self, _run: Any, _count: int, values: Any) -> None:
            self.values += [float(v) for v in values[0]] if values else []

    recorder = Recorder()
    model.mse.graph.add_run_hook(recorder)
    with tf.Session() as sess:
        sess.run(model.init)
        sess.run_steps(model.step, feeds={model.x: data[0], model.y: data[1]})
    recorded = recorder.values[:]
    np.testing.assert_allclose(recorded, by_hand(model, data)[0], rtol=1e-5)


def test_batches_of_several_sizes(model: Model) -> None:
    sizes = [4, 4, 2, 4]
    with tf.Session() as sess:
        sess.run(model.init)
        feeds = ({model.x: np.ones((n, FEATURES)), model.y: np.ones((n, 1))} for n in sizes)
        assert sess.run_steps(model.step, feeds=feeds, metrics=model.mse).shape == (4,)


@pytest.mark.parametrize(
    ("steps", "length", "advice"), [(None, None, "needs `steps`"), (3, 2, r"Feed arrays of shape \[steps")]
)
def test_says_how_many_steps_it_needs(model: Model, steps: int | None, length: int | None, advice: str) -> None:
    feeds = None if length is None else {model.x: np.ones((length, 1, FEATURES)), model.y: np.ones((length, 1, 1))}
    with tf.Session() as sess:
        sess.run(model.init)
        with pytest.raises(ValueError, match=advice):
            sess.run_steps(model.step, steps=steps, feeds=feeds)
