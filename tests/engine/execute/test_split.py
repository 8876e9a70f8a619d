"""What of a step is computed after the loop, and that it comes out the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import graphlab as tf
from graphlab.execute.plan import make_plan
from graphlab.execute.queue import StepQueue
from graphlab.execute.split import split
from graphlab.session import runner

STEPS = 30


class Regression:
    """Mini-batch gradient descent, with what one may want to see of it."""

    def __init__(self) -> None:
        self.X = tf.placeholder(tf.float32, shape=(None, 3), name="X")
        self.y = tf.placeholder(tf.float32, shape=(None, 1), name="y")
        self.theta = tf.Variable([[1.0], [-2.0], [0.5]], name="theta")
        self.error = tf.subtract(tf.matmul(self.X, self.theta), self.y, name="error")
        self.mse = tf.reduce_mean(tf.square(self.error), name="mse")
        self.step = tf.train.GradientDescentOptimizer(0.1).minimize(self.mse)


@pytest.fixture
def model() -> Regression:
    with tf.Graph().as_default():
        return Regression()


def after_the_step(model: Regression) -> Any:
    with tf.control_dependencies([model.step]):
        return tf.reduce_sum(tf.identity(model.theta), name="after")


def drawn(model: Regression) -> Any:
    noise = tf.random_uniform([3], seed=5)
    return tf.reduce_max(noise * model.mse, name="noisy")


SEEN: dict[str, Callable[[Regression], Any]] = {
    "error": lambda model: model.mse,
    "part of the step": lambda model: model.error,
    "sum along an axis": lambda model: tf.reduce_sum(tf.square(model.error), axis=[0, 1]),
    "whole number": lambda model: tf.argmax(model.error, 0),
    "shape": lambda model: tf.shape(tf.square(model.error)),
    "text of a condition": lambda model: tf.less(model.mse, 1.0),
    "variable": lambda model: model.theta.value(),
    "variable, computed with": lambda model: tf.norm(model.theta * 2.0),
    "variable after the step": after_the_step,
    "with random numbers": drawn,
    "another product": lambda model: tf.matmul(model.X, tf.ones([3, 2]) * model.mse),
    "constant": lambda _model: tf.constant([1.0, 2.0]) * 3.0,
    "much": lambda model: tf.reduce_sum(tf.exp(model.X) @ tf.ones([3, 700]) * model.error, name="much"),
}


@pytest.mark.parametrize("name", SEEN)
def test_what_is_seen_of_steps_that_waited_is_what_single_steps_tell(
    model: Regression, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(0)
    fed = [(rng.normal(size=(7, 3)).astype("f4"), rng.normal(size=(7, 1)).astype("f4")) for _ in range(STEPS)]
    with model.X.graph.as_default():
        seen = SEEN[name](model)
    told: list[Any] = []

    class Hook:
        def before_run(self, run: Any) -> list[Any]:
            return [seen] if run.is_step else []

        def after_runs(self, run: Any, _count: int, values: Any) -> None:
            if run.is_step:
                told.extend(np.asarray(value) for value in values[0])

    def trained(*, waits: bool) -> Any:
        told.clear()
        monkeypatch.setattr(runner, "RUNS_BEFORE_WAITING", 1 if waits else 1000)
        with tf.Session(graph=model.X.graph) as session:
            session.run(model.theta.initializer)
            for inputs, targets in fed:
                session.run(model.step, {model.X: inputs, model.y: targets})
            assert isinstance(session.store.holder, StepQueue) == waits
            return list(told), session.run(model.theta)

    with model.X.graph.as_default():
        model.X.graph.add_run_hook(Hook())
    values, theta = trained(waits=False)
    together, theta_together = trained(waits=True)
    # The last ones are told by the run of theta.
    assert len(values) == STEPS
    assert len(told) == STEPS
    assert len(together) < STEPS
    np.testing.assert_allclose(np.stack(told), np.stack(values), rtol=2e-5, atol=2e-6)
    np.testing.assert_allclose(theta_together, theta, rtol=1e-5)


def test_what_no_step_changes_is_told_of_steps_that_are_fed_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "RUNS_BEFORE_WAITING", 1)
    told: list[Any] = []
    with tf.Graph().as_default() as graph, tf.Session() as session:
        total = tf.Variable(1.0)
        step = tf.assign(total, total * 2.0).op
        rate = tf.constant([1.0, 2.0]) * 3.0

        class Hook:
            def before_run(self, run: Any) -> list[Any]:
                return [rate] if run.is_step else []

            def after_runs(self, run: Any, _count: int, values: Any) -> None:
                if run.is_step:
                    told.extend(np.asarray(value) for value in values[0])

        graph.add_run_hook(Hook())
        session.run(total.initializer)
        for _ in range(10):
            session.run(step)
        assert isinstance(session.store.holder, StepQueue)
        assert session.run(total) == 1024.0
    np.testing.assert_array_equal(np.stack(told), [[3.0, 6.0]] * 10)


def rest_of(model: Regression, *seen: Any) -> set[str]:
    parts = split(make_plan(seen, [model.step], [model.X, model.y]))
    return set() if parts is None else {op.name for op in parts.rest.plan.operations if op.type != "Const"}


def test_only_what_nothing_else_needs_is_computed_later(model: Regression) -> None:
    assert rest_of(model, model.mse) == {"mse"}
    with model.X.graph.as_default():
        assert rest_of(model, tf.sqrt(model.mse, name="root")) == {"mse", "root"}


def test_what_reads_draws_or_waits_is_computed_in_its_turn(model: Regression) -> None:
    assert rest_of(model) == set()
    assert rest_of(model, model.error, model.theta.value()) == set()
    with model.X.graph.as_default():
        assert rest_of(model, tf.norm(model.theta, name="norm")).isdisjoint({"theta", "theta/read"})
        assert "noisy" in rest_of(model, drawn(model))
        assert not any("random_uniform" in name for name in rest_of(model, drawn(model)))
        assert after_the_step(model).op.name not in rest_of(model, model.mse)
