"""Steps that return nothing and are made together."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pytest

import graphlab as tf
from graphlab.execute import queue as step_queue
from graphlab.execute.queue import StepQueue
from graphlab.session import runner

ONE_BY_ONE = 4
"""Runs before a queue takes over: two on NumPy, one that compiles, and so many of the compiled program."""


class Model(NamedTuple):
    x: tf.Tensor
    mean: tf.Tensor
    step: tf.Operation
    total: tf.Variable


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[Model]:
    """Adds what it is fed, to which it draws a random number, to a variable."""
    monkeypatch.setattr(runner, "RUNS_BEFORE_WAITING", 1)
    with tf.Graph().as_default():
        x = tf.placeholder(tf.float32, shape=(None, 2), name="x")
        noise = tf.random_normal((2,), seed=7)
        total = tf.Variable([1.0, 2.0], name="total")
        mean = tf.reduce_mean(x, name="mean")
        step = tf.assign_add(total, tf.reduce_sum(x, 0) + 0.1 * noise, name="step").op
        yield Model(x, mean, step, total)


@pytest.fixture
def session(model: Model) -> Iterator[tf.Session]:
    with tf.Session(graph=model.x.graph) as session:
        session.run(tf.global_variables_initializer())
        yield session


def batches(count: int) -> np.ndarray[Any, Any]:
    return np.random.default_rng(0).normal(size=(count, 3, 2))


def waiting(session: tf.Session) -> int:
    holder = session.store.holder
    return holder._held[1] if isinstance(holder, StepQueue) else 0


class Recorder:
    """A hook that keeps the means, and what it was told in which order."""

    def __init__(self, mean: tf.Tensor) -> None:
        self.mean = mean
        self.means: list[float] = []
        self.told: list[str] = []

    def before_run(self, run: Any) -> list[tf.Tensor]:
        return [self.mean] if run.is_step and run.can_fetch(self.mean) else []

    def after_runs(self, run: Any, count: int, values: Any) -> None:
        self.told.append(f"{count} {'steps' if run.is_step else 'others'}")
        for column in values:
            assert len(column) == count
            self.means += [float(value) for value in column]

    def runs_wait(self, _run: Any) -> None:
        self.told.append("wait")


def one_by_one(model: Model, fed: Any) -> Any:
    """What comes out when each step returns something, so that none can wait."""
    with tf.Session(graph=model.x.graph) as session:
        session.run(tf.global_variables_initializer())
        for batch in fed:
            session.run([model.step, model.mean], {model.x: batch})
            assert not waiting(session)
        return session.run(model.total)


def test_outcome_is_that_of_single_steps(model: Model, session: tf.Session) -> None:
    fed = batches(ONE_BY_ONE + step_queue.STEPS + 10)
    for batch in fed:
        session.run(model.step, {model.x: batch})
    assert waiting(session) == 10
    np.testing.assert_allclose(session.run(model.total), one_by_one(model, fed), rtol=1e-5)
    assert not waiting(session)


def test_what_is_fed_may_be_changed_at_once(model: Model, session: tf.Session) -> None:
    fed = batches(ONE_BY_ONE + 5).astype(np.float32)
    buffer = np.empty_like(fed[0])
    function = session.make_callable(model.step, [model.x])
    for batch in fed:
        buffer[:] = batch
        function(buffer)
        buffer[:] = np.nan
    assert waiting(session) == 5
    np.testing.assert_allclose(session.run(model.total), one_by_one(model, fed), rtol=1e-5)


def test_hooks_are_told_of_every_step_in_order(model: Model, session: tf.Session) -> None:
    recorder = Recorder(model.mean)
    model.x.graph.add_run_hook(recorder)
    fed = batches(ONE_BY_ONE + step_queue.STEPS + 3)
    for batch in fed:
        session.run(model.step, {model.x: batch})
    session.run(model.total)
    assert recorder.told[ONE_BY_ONE:] == ["wait", f"{step_queue.STEPS} steps", "wait", "3 steps", "1 others"]
    np.testing.assert_allclose(recorder.means, fed.mean((1, 2)), rtol=1e-5)


def test_end_of_the_session_brings_the_rest(model: Model) -> None:
    recorder = Recorder(model.mean)
    model.x.graph.add_run_hook(recorder)
    with tf.Session(graph=model.x.graph) as session:
        session.run(tf.global_variables_initializer())
        for batch in batches(ONE_BY_ONE + 3):
            session.run(model.step, {model.x: batch})
    assert len(recorder.means) == ONE_BY_ONE + 3


def test_steps_are_made_when_asked_for_from_another_thread(model: Model, session: tf.Session) -> None:
    for batch in batches(ONE_BY_ONE + 3):
        session.run(model.step, {model.x: batch})
    answers: list[bool] = []

    def ask() -> None:
        answers.append(session.settle())

    with session._lock:
        thread = threading.Thread(target=ask)
        thread.start()
        thread.join()
    assert (answers, waiting(session)) == ([False], 3)
    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert (answers, waiting(session)) == ([False, True], 0)


@pytest.mark.parametrize("count", [3, step_queue.STEPS])
def test_interrupt_neither_loses_nor_repeats_steps(
    model: Model, session: tf.Session, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    *fed, last = batches(ONE_BY_ONE + count + 1)
    for batch in fed:
        session.run(model.step, {model.x: batch})
    queue = session.store.holder
    assert isinstance(queue, StepQueue)

    def interrupted(*_: Any) -> Any:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(queue, "_loop", interrupted)
        with pytest.raises(KeyboardInterrupt):
            session.run(model.total)
    session.run(model.step, {model.x: last})
    np.testing.assert_allclose(session.run(model.total), one_by_one(model, [*fed, last]), rtol=1e-5)


def test_shapes_and_sessions_have_queues_of_their_own(model: Model, session: tf.Session) -> None:
    with tf.Session(graph=model.x.graph) as other:
        other.run(tf.global_variables_initializer())
        fed = [*batches(ONE_BY_ONE + 2), *(batch[:2] for batch in batches(ONE_BY_ONE + 2))]
        for batch in fed:
            session.run(model.step, {model.x: batch})
            other.run(model.step, {model.x: 2 * batch})
        np.testing.assert_allclose(session.run(model.total), one_by_one(model, fed), rtol=1e-5)
        np.testing.assert_allclose(other.run(model.total), one_by_one(model, [2 * b for b in fed]), rtol=1e-5)


@pytest.mark.parametrize("kind", ["heavy", "moving", "large", "checked"])
def test_steps_that_do_not_wait(model: Model, session: tf.Session, kind: str) -> None:
    if kind == "heavy":
        square = tf.fill((200, 200), model.mean)
        target = tf.assign_add(model.total, tf.reduce_sum(square @ square) * [1e-9, 1e-9]).op
        value = batches(1)[0]
    elif kind == "moving":
        filled = tf.Variable(tf.zeros((5_000_000,)), name="filled")
        session.run(filled.initializer)
        target, value = tf.assign(filled, tf.fill((5_000_000,), model.mean)).op, batches(1)[0]
    elif kind == "large":
        target, value = model.step, np.ones((10_000, 2), np.float32)
    else:
        target = tf.assign_add(model.total, tf.gather([1.0, 2.0, 3.0], tf.cast(model.mean, tf.int32)) * [1.0, 1.0]).op
        value = batches(1)[0]
    for _ in range(ONE_BY_ONE + 3):
        session.run(target, {model.x: value})
    assert session.store.holder
    assert not isinstance(session.store.holder, StepQueue)
