"""`live.step` on the real engine: one run, node by node."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

import graphlab as tf
from labext import live
from labext.live.step_view import StepView


@pytest.fixture(autouse=True)
def session() -> Iterator[tf.Session]:
    with tf.Graph().as_default(), tf.Session() as session:
        yield session


def polynomial() -> Any:
    x = tf.constant(3.0, name="x")
    return tf.add(x * x, 2.0, name="y")


def told(view: StepView) -> dict[str, Any]:
    return view._log.describe(0)


def test_forward_and_back_show_what_is_evaluated_so_far(session: tf.Session) -> None:
    view = live.step(session, polynomial())
    view.forward(2)
    assert (view.current, view.value("mul")) == ("mul", 9.0)
    assert told(view)["kinds"][0]["operations"] == ["x", "mul"]
    view.back()
    assert told(view)["values"].keys() == {"x:0"}
    with pytest.raises(KeyError, match="go further"):
        view.value("mul")
    view.to(100)
    assert (view.result, view.current) == (11.0, "y")


def test_last_node_ends_the_run(session: tf.Session) -> None:
    count = tf.Variable(0, name="count")
    update = tf.assign_add(count, 1)
    session.run(tf.global_variables_initializer())
    view = live.step(session, update)
    view.forward(told(view)["stepping"]["total"])
    assert (view.result, session.run(count)) == (1, 1)
    assert "done" in told(view)["stepping"]["message"]


def test_result_is_that_of_the_compiled_run(session: tf.Session) -> None:
    x = tf.placeholder(tf.float32, (None, 2), name="x")
    loss = tf.reduce_mean(tf.square(tf.matmul(x, tf.Variable([[1.0], [2.0]]))), name="loss")
    session.run(tf.global_variables_initializer())
    feed = {x: [[1.0, 2.0], [3.0, 4.0]]}
    compiled = [session.run(loss, feed) for _ in range(4)][-1]
    view = live.step(session, loss, feed)
    view.run()
    np.testing.assert_allclose(view.result, compiled, rtol=1e-6)


def test_breakpoints_on_nodes_and_conditions(session: tf.Session) -> None:
    y = polynomial()
    view = live.step(session, y)
    view.break_at("mul")
    view.break_at(y, when=lambda value: value > 100)
    view.run()
    assert (view.current, told(view)["stepping"]["breakpoints"]) == ("mul", ["mul", "y"])
    view.run()
    assert view.result == 11.0
    view.remove_break("mul")
    view.break_at(y, when=lambda value: value > 10)
    view.to(0)
    view.run()
    assert view.current == "y"


def test_first_node_that_is_not_finite_is_found(session: tf.Session) -> None:
    x = tf.constant([1.0, 0.0], name="x")
    bad = tf.log(x, name="bad")
    view = live.step(session, tf.reduce_sum(bad * 0.0, name="sum"))
    view.break_when_not_finite()
    view.run()
    assert view.current == "bad"


def test_presses_before_the_page_has_heard_of_the_first_all_count(session: tf.Session) -> None:
    view = live.step(session, polynomial())
    for _ in range(3):
        view._hear({"run_command": {"do": "move", "nodes": 1}})
    assert view.position == 3
    view._hear({"run_command": {"do": "move", "nodes": -1}})
    assert view.position == 2


def test_failure_stands_at_its_node(session: tf.Session) -> None:
    picked = tf.gather(tf.constant([1, 2]), tf.placeholder(tf.int32, name="at"), name="picked")
    view = live.step(session, picked, {"at:0": 9})
    view.run()
    assert isinstance(view.error, tf.errors.InvalidArgumentError)
    assert told(view)["failure"]["node"] == "picked"
    view.back()
    assert told(view)["failure"] is None


def test_buttons_do_what_the_methods_do(session: tf.Session) -> None:
    view = live.step(session, polynomial())
    for command in ({"do": "go", "position": 1}, {"do": "break", "node": "mul"}, {"do": "run"}, {"do": "nonsense"}):
        view._hear({"run_command": command})
    assert view.current == "mul"
    view._hear({"run_command": {"do": "unbreak", "node": "mul"}})
    view._hear({"run_command": {"do": "run"}})
    assert view.result == 11.0


@pytest.mark.parametrize(
    ("chosen", "words", "stops"),
    [
        ({"when": "above", "limit": 2.5}, "value above 2.5", True),
        ({"when": "above", "limit": 1000}, "value above 1000", False),
        ({"when": "below", "limit": 1000}, "value below 1000", True),
        ({"when": "odd"}, "value is NaN or infinite", False),
    ],
)
def test_page_chooses_a_condition(session: tf.Session, chosen: dict[str, Any], words: str, stops: bool) -> None:
    y = tf.multiply(tf.constant([1.0, 3.0]), 2.0, name="twice")
    view = live.step(session, y)
    view._hear({"run_command": {"do": "break", "node": "twice", **chosen}})
    assert told(view)["stepping"]["conditions"] == {"twice": words}
    view.run()
    assert ("condition holds" in told(view)["stepping"]["message"]) is stops
