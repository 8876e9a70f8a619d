"""Exercises of "A puzzle of names"."""

from __future__ import annotations

from typing import Any

import graphlab as tf
from labext.language import tr
from labext.lessons.answers import expect_choice, expect_names, expect_variable, reject
from labext.lessons.exercise import WrongAnswerError, exercise


@exercise(
    title="Another puzzle",
    hints=(
        "`tf.get_variable` uses the variable scope's name; `tf.Variable` the name scope's, which is made unique.",
        "The variable scope is called `s` both times; its name scope is `s`, then `s_1`.",
        "`v0` is `s/v`. `v1` wants the name `s/v`, which is taken.",
    ),
    solution='names = ["s/v", "s/v_1", "s/v", "s_1/v"]',
)
def another_puzzle(names: Any) -> None:
    """The names of four variables in a scope entered twice."""
    why = tr("Ask of each: made by get_variable, or by Variable? Entered for the first time, or again?")
    expect_names("names", names, ["s/v", "s/v_1", "s/v", "s_1/v"], why)


@exercise(
    title="The same variables",
    hints=(
        "Compare names: one name, one variable.",
        "Which two of the names of exercise 1 are equal?",
        "`v0` and `v2`.",
    ),
    solution='same = ["v0", "v2"]',
)
def same_variables(same: Any) -> None:
    """Which of the four are one."""
    if not isinstance(same, list | tuple | set) or not all(isinstance(each, str) for each in same):
        raise reject("same", repr(same), tr('a list such as ["v1", "v3"]'))
    if {each.strip() for each in same} != {"v0", "v2"}:
        raise reject(
            "same", list(same), tr("another pair"), tr("Only get_variable under reuse gives an old variable back.")
        )


@exercise(
    title="A scope of your choice",
    hints=(
        "The name of `get_variable` is the variable scope's name, a slash, and its own.",
        "Scopes may nest, and a scope's name may contain a slash.",
        '`with tf.variable_scope("net/layer1"):`',
    ),
    solution="""
reset_graph()
with tf.variable_scope("net/layer1"):
    w = tf.get_variable("w", shape=(2, 2))
""",
)
def scope_of_choice(w: Any) -> None:
    """A variable net/layer1/w that can be found again by get_variable."""
    expect_variable("w", w)
    if w.op.name != "net/layer1/w":
        raise reject(tr("the name of w"), repr(w.op.name), "'net/layer1/w'")
    with w.graph.as_default(), tf.variable_scope("net/layer1", reuse=True):
        try:
            found = tf.get_variable("w")
        except ValueError:
            raise WrongAnswerError(
                tr("`w` has the right name, but get_variable cannot find it: make it with it.")
            ) from None
    expect_choice("w", "same" if found is w else "other", "same", {"other": tr("get_variable finds another one.")})


EXERCISES = (another_puzzle, same_variables, scope_of_choice)
