"""Exercises of "Sharing variables"."""

from __future__ import annotations

from typing import Any

import graphlab as tf
from labext.language import tr
from labext.lessons.answers import evaluate, expect_choice, expect_number, expect_variable, reject
from labext.lessons.exercise import WrongAnswerError, exercise


@exercise(
    title="Counting variables",
    hints=(
        "What does each unit have for itself, and what do all have together?",
        "Each of the units has weights and a bias.",
        "5 · 2, and the threshold.",
    ),
    solution="count = 5 * 2 + 1",
)
def counting(count: Any) -> None:
    """The number of variables of five units with a shared threshold."""
    mistakes = {
        15: tr("The threshold is shared: it is there once."),
        10: tr("The threshold is a variable, too."),
        3: tr("Weights and bias are not shared: tf.Variable makes a new one in each call."),
    }
    expect_number("count", count, 11, mistakes=mistakes)


@exercise(
    title="One weight for two",
    hints=(
        "`tf.get_variable` makes it the first time; the second time you must allow reuse.",
        '`with tf.variable_scope("shared", reuse=True):` around the second call.',
        "Make `a` inside `tf.variable_scope('shared')`; then `b = tf.get_variable('w')` inside the same with reuse.",
    ),
    solution="""
reset_graph()
with tf.variable_scope("shared"):
    a = tf.get_variable("w", shape=(), initializer=tf.constant_initializer(2.0))
with tf.variable_scope("shared", reuse=True):
    b = tf.get_variable("w")
""",
)
def one_for_two(a: Any, b: Any) -> None:
    """Two names for one variable shared/w."""
    for name, variable in (("a", a), ("b", b)):
        expect_variable(name, variable)
    if a is not b and a.op.name != b.op.name:
        raise WrongAnswerError(
            tr(
                "`a` is {a} and `b` is {b}. They are two variables: the second call must reuse the first one's.",
                a=repr(a.op.name),
                b=repr(b.op.name),
            )
        )
    if a.op.name != "shared/w":
        raise reject(tr("the name of a"), repr(a.op.name), "'shared/w'")
    if a not in tf.get_default_graph().get_collection(tf.GraphKeys.GLOBAL_VARIABLES):
        raise WrongAnswerError(tr("`a` belongs to another graph; run the cell from its top."))
    expect_number(tr("the initial value of a"), evaluate("a", a), 2.0)


@exercise(
    title="tf.Variable under reuse",
    hints=(
        "Which function looks up variables: `tf.Variable` or `tf.get_variable`?",
        "`tf.Variable` always makes a new one; the scope only gives it a prefix.",
        "Its name is taken, so it gets another.",
    ),
    solution='answer = "a new variable"',
)
def variable_under_reuse(answer: Any) -> None:
    """What tf.Variable does in a scope with reuse=True."""
    mistakes = {
        "the old variable": tr("Only tf.get_variable looks for an existing one."),
        "an error": tr("It is allowed, and quietly not shared, which is worse than an error."),
    }
    expect_choice("answer", answer, "a new variable", mistakes)


EXERCISES = (counting, one_for_two, variable_under_reuse)
