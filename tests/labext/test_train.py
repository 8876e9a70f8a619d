"""`live.train` on the real engine, without a browser."""

from __future__ import annotations

import asyncio
import queue
import subprocess
import sys
import threading
import types
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

import graphlab as tf
from labext import live
from labext.live.train import TrainingRun
from labext.live.training import TrainingLoop


@pytest.fixture(autouse=True)
def session() -> Iterator[tf.Session]:
    with tf.Graph().as_default(), tf.Session() as session:
        yield session


def problem(session: tf.Session) -> tuple[tf.Tensor, tf.Operation, tf.Variable]:
    weights = tf.Variable([4.0, -2.0], name="weights")
    loss = tf.reduce_mean(tf.square(weights), name="loss")
    train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
    session.run(tf.global_variables_initializer())
    return loss, train, weights


def wait_until(condition: Callable[[], bool]) -> None:
    """Waits for what another thread does."""
    tick = threading.Event()
    while not condition():
        tick.wait(0.005)


def test_in_a_script_it_trains_here_and_now(session: tf.Session) -> None:
    loss, train, _ = problem(session)
    run = live.train(train, steps=20, metrics=[loss])
    assert (run.state, run.step_count) == ("finished", 20)
    assert run.plot is not None
    assert len(run.plot) == 20


def test_feeds_end_the_training(session: tf.Session) -> None:
    x = tf.placeholder(tf.float32, name="x")
    total = tf.Variable(0.0)
    add = tf.assign_add(total, x)
    session.run(tf.global_variables_initializer())
    live.train(add, feed=({x: value} for value in (1.0, 2.0, 3.0)))
    live.train(add, feed=lambda step: {x: 10.0 * step}, steps=3)
    assert session.run(total) == 36.0


def test_control_from_outside(session: tf.Session) -> None:
    _, train, _ = problem(session)
    run = live.train(train, steps=10_000_000, session=session, in_background=True)
    run.pause()
    wait_until(lambda: run.state == "paused")
    at = run.step_count
    run.step()
    run.step()
    wait_until(lambda: run.state == "paused")
    assert run.step_count == at + 2
    run.speed = 10_000.0
    run.resume()
    wait_until(lambda: run.step_count >= at + 7)
    run.stop()
    assert run.wait().state == "stopped"
    run.resume()
    assert run.state == "stopped"


def test_what_was_asked_for_is_said_at_once_and_that_it_is_done_when_the_step_is_over(session: tf.Session) -> None:
    entered, leave = threading.Event(), threading.Event()

    def wait(value: Any) -> Any:
        entered.set()
        leave.wait()
        return value

    slow = tf.py_func(wait, [tf.constant(1.0)], tf.float32)
    run = live.train(slow, steps=10, session=session, in_background=True)
    entered.wait()
    run.pause()
    assert (run.state, run.step_count) == ("pausing", 0)
    leave.set()
    wait_until(lambda: run.state == "paused")
    assert run.step_count == 1
    for event in (entered, leave):
        event.clear()
    run.step()
    assert (run.state, run.step_count) == ("stepping", 1)
    entered.wait()
    assert (run.state, run.step_count) == ("stepping", 1)
    leave.set()
    wait_until(lambda: run.state == "paused")
    assert run.step_count == 2
    for event in (entered, leave):
        event.clear()
    run.resume()
    entered.wait()
    run.stop()
    assert (run.state, run.step_count) == ("stopping", 2)
    leave.set()
    assert run.wait().state == "stopped"


def test_step_that_was_asked_for_is_told_before_the_loop_waits_again(session: tf.Session) -> None:
    _, train, _ = problem(session)
    told: queue.Queue[tuple[str, int]] = queue.Queue()
    loop = TrainingLoop(
        session,
        train,
        steps=10,
        feed=None,
        learning_rate=None,
        touch=lambda: None,
        tell=lambda: told.put((loop.state, loop.step)),
    )
    loop.pause()
    loop.make_step()
    thread = threading.Thread(target=loop.run, daemon=True)
    thread.start()
    while told.get(timeout=30) != ("paused", 1):
        pass
    loop.stop()
    thread.join()


def test_learning_rate_of_the_optimizer_changes(session: tf.Session) -> None:
    _, train, weights = problem(session)
    run = live.train(train, steps=3)
    before = session.run(weights)
    run = live.train(train, steps=2, session=session, in_background=True)
    run.wait()
    run = live.train(train, steps=1_000_000, session=session, in_background=True)
    run.pause()
    run.learning_rate = 0.0
    run.resume()
    run.stop()
    run.wait()
    assert np.abs(session.run(weights)).max() < np.abs(before).max()
    assert run.learning_rate == 0.0


def test_failure_is_raised_to_whoever_waits(session: tf.Session) -> None:
    x = tf.placeholder(tf.float32, name="x")
    run = live.train(tf.square(x), steps=5, session=session, in_background=True)
    with pytest.raises(tf.errors.InvalidArgumentError, match="must feed"):
        run.wait()
    assert run.state == "failed"


def test_run_can_be_awaited(session: tf.Session) -> None:
    _, train, _ = problem(session)

    async def cell() -> TrainingRun:
        return await live.train(train, steps=30, session=session, in_background=True)

    assert asyncio.run(cell()).step_count == 30


def test_waiting_can_be_interrupted_and_the_training_goes_on(session: tf.Session) -> None:
    _, train, _ = problem(session)
    run = live.train(train, steps=10**9, session=session, in_background=True)

    async def cell() -> None:
        cell = asyncio.current_task()
        assert cell is not None
        # As the kernel does it at an interrupt: without waking the loop.
        threading.Timer(0.2, cell.cancel).start()
        await run

    # Else the test would wait for ever.
    rescue = threading.Timer(30, run.stop)
    rescue.start()
    with pytest.raises(asyncio.CancelledError, match=r"run\.stop\(\)"):
        asyncio.run(cell())
    rescue.cancel()
    assert run.state == "running"
    run.stop()
    run.wait()


def test_commands_of_the_page_are_acknowledged(session: tf.Session, monkeypatch: pytest.MonkeyPatch) -> None:
    _, train, _ = problem(session)
    run = live.train(train, steps=10_000_000, session=session, in_background=True)
    sent: list[Any] = []
    monkeypatch.setattr(run.panel, "send", lambda content, buffers=None: sent.append(content))
    run.panel._hear({"id": 1, "command": {"do": "pause"}})
    wait_until(lambda: run.state == "paused")
    run.panel._hear({"id": 2, "command": {"do": "speed", "value": -1}})
    run.panel._hear({"id": 3, "command": {"do": "stop"}})
    run.wait()
    acks = [content for content in sent if "ack" in content]
    assert [ack["ack"] for ack in acks] == [1, 2, 3]
    assert [bool(ack["refusal"]) for ack in acks] == [False, True, False]


def test_run_is_shown_once_a_cell(session: tf.Session, monkeypatch: pytest.MonkeyPatch) -> None:
    _, train, _ = problem(session)
    shell = types.SimpleNamespace(kernel=object(), execution_count=3)
    shown: list[object] = []

    def display(what: Any) -> None:
        if isinstance(what, TrainingRun):
            what._ipython_display_()
        else:
            shown.append(what)

    module = sys.modules[TrainingRun.__module__]
    monkeypatch.setattr(module, "get_ipython", lambda: shell)
    monkeypatch.setattr(module, "display", display)
    run = live.train(train, steps=3)
    display(run)
    assert shown == [run.panel]
    shell.execution_count = 4
    display(run)
    assert shown == [run.panel, run.panel]


def test_advice_without_steps_or_session(session: tf.Session) -> None:
    _, train, _ = problem(session)
    with pytest.raises(ValueError, match="how many steps"):
        live.train(train)
    with pytest.raises(ValueError, match="no learning rate"):
        live.train(tf.constant(1.0), steps=1).learning_rate = 0.5


def test_script_may_end_while_it_trains() -> None:
    script = """
import graphlab as tf
from labext import live
weights = tf.Variable([4.0, -2.0])
loss = tf.reduce_mean(tf.square(weights), name="loss")
train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
session = tf.Session()
session.run(tf.global_variables_initializer())
run = live.train(train, steps=10**9, metrics=[loss], session=session, in_background=True)
while run.step_count < 2000:
    pass
"""
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
