"""`Session.steps`: one run, operation by operation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

import graphlab as tf


@pytest.fixture(autouse=True)
def graph() -> Iterator[tf.Graph]:
    with tf.Graph().as_default() as graph:
        yield graph


def training() -> tuple[Any, Any, Any]:
    """A feed, its loss, and an operation that learns, with random numbers in it."""
    x = tf.placeholder(tf.float32, shape=(None, 2), name="x")
    weights = tf.Variable(tf.random_normal([2, 1], seed=3), name="weights")
    noise = tf.random_uniform([2, 1], seed=4)
    loss = tf.reduce_mean(tf.square(tf.matmul(x, weights + noise) - 1.0), name="loss")
    return x, loss, tf.train.GradientDescentOptimizer(0.1).minimize(loss)


def test_result_and_session_are_those_of_a_run() -> None:
    x, loss, train = training()
    feed = {x: np.array([[1.0, 2.0], [3.0, -1.0]], np.float32)}
    outcomes = []
    for is_stepped in (False, True):
        with tf.Session() as sess:
            sess.run(tf.global_variables_initializer())
            for _ in range(4):
                if is_stepped:
                    list(steps := sess.steps([loss, train], feed))
                    result = steps.result
                else:
                    result = sess.run([loss, train], feed)
            outcomes.append((result, sess.run(tf.trainable_variables()[0])))
    np.testing.assert_allclose(outcomes[0][0][0], outcomes[1][0][0], rtol=1e-5)
    np.testing.assert_allclose(outcomes[0][1], outcomes[1][1], rtol=1e-5)


def test_each_step_is_one_operation_with_its_values() -> None:
    x = tf.constant(3.0, name="x")
    tf.add(x * x, 2.0, name="y")
    with tf.Session() as sess:
        seen = [(step.operation.name, [float(v) for v in step.values]) for step in sess.steps("y:0")]
    assert seen == [("x", [3.0]), ("mul", [9.0]), ("y/y", [2.0]), ("y", [11.0])]


def test_session_changes_only_at_the_end() -> None:
    count = tf.Variable(0, name="count")
    update = tf.assign_add(count, 1)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        steps = sess.steps(update)
        names = [next(steps).operation.name for _ in steps.operations]
        assert names == [op.name for op in steps.operations]
        assert sess.run(count) == 0
        with pytest.raises(RuntimeError, match="take the remaining steps first"):
            _ = steps.result
        assert list(steps) == []
        assert (steps.result, sess.run(count)) == (1, 1)


def test_steps_up_to_a_failure_are_given() -> None:
    x = tf.constant([1, 2], name="x")
    tf.gather(x, tf.placeholder(tf.int32, name="at"), name="picked")
    with tf.Session() as sess:
        steps = sess.steps("picked:0", {"at:0": 7})
        assert next(steps).operation.name == "x"
        with pytest.raises(tf.errors.InvalidArgumentError) as caught:
            list(steps)
        assert caught.value.op.name == "picked"


def test_placeholder_without_a_value_fails_when_it_is_reached() -> None:
    with tf.Session() as sess:
        two = tf.constant(2.0, name="two")
        steps = sess.steps(two + tf.placeholder(tf.float32, name="x"))
        assert next(steps).operation is two.op
        with pytest.raises(tf.errors.InvalidArgumentError, match="must feed"):
            next(steps)


def test_untaken_branch_has_no_values_and_a_loop_shows_its_iterations() -> None:
    picked = tf.cond(tf.constant(True), lambda: tf.constant(1.0), lambda: tf.constant(2.0, name="other"))
    total = tf.while_loop(lambda i: i < 3.0, lambda i: tf.add(i, 1.0, name="next"), [picked - 1.0])
    with tf.Session() as sess:
        steps = sess.steps(total)
        seen = [(step.operation.name, step.values) for step in steps]
        assert steps.result == sess.run(total) == 3.0
    assert [float(values[0]) for name, values in seen if name == "while/next"] == [1.0, 2.0, 3.0]
    assert [values for name, values in seen if name.endswith("other")] in ([], [(None,)])


class FailureLog:
    """A hook that notes what fails."""

    def __init__(self) -> None:
        self.failures: list[tuple[str, str | None]] = []

    def before_run(self, _run: Any) -> tuple[()]:
        return ()

    def after_runs(self, _run: Any, _count: int, _values: Any) -> None:
        pass

    def run_failed(self, _run: Any, error: Exception, op: tf.Operation | None) -> None:
        self.failures.append((type(error).__name__, None if op is None else op.name))


def test_hooks_learn_which_operation_failed(graph: tf.Graph) -> None:
    log = FailureLog()
    graph.add_run_hook(log)
    x = tf.placeholder(tf.float32, shape=(2,), name="x")
    weights = tf.Variable([1.0, 2.0], name="weights")
    picked = tf.gather(x, 5, name="picked")
    with tf.Session() as sess:
        with pytest.raises(tf.errors.InvalidArgumentError):
            sess.run(x)
        with pytest.raises(tf.errors.FailedPreconditionError):
            sess.run(weights)
        with pytest.raises(tf.errors.InvalidArgumentError):
            sess.run(picked, {x: [1.0, 2.0]})
        with pytest.raises(ValueError, match="Cannot feed value of shape"):
            sess.run(x, {x: [1.0]})
    assert [name for _, name in log.failures] == ["x", "weights", "picked", "x"]
