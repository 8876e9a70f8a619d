"""Exercises of "Managing graphs"."""

from __future__ import annotations

from typing import Any

import graphlab as tf
from labext.language import tr
from labext.lessons.answers import evaluate, expect_names, expect_number, reject
from labext.lessons.exercise import WrongAnswerError, exercise


@exercise(
    title="A graph of your own",
    hints=(
        "`tf.Graph()` makes an empty graph, which is not the default graph yet.",
        "Inside `with mine.as_default():` new nodes go into `mine`.",
        'The node is `tf.constant(42, name="answer")`.',
    ),
    solution="""
mine = tf.Graph()
with mine.as_default():
    tf.constant(42, name="answer")
""",
)
def own_graph(mine: Any) -> None:
    """A graph of its own that holds a constant of a given name and value."""
    if not isinstance(mine, tf.Graph):
        raise reject("mine", repr(mine), tr("a tf.Graph"))
    if mine is tf.get_default_graph():
        raise WrongAnswerError(
            tr("`mine` is the default graph, but a new graph is expected: make one with tf.Graph().")
        )
    names = [operation.name for operation in mine.get_operations()]
    if "answer" not in names:
        holds = ", ".join(names) or tr("no node at all")
        raise WrongAnswerError(tr("`mine` has no node named 'answer'; it holds: {names}.", names=holds))
    expect_number(tr("the node 'answer'"), evaluate("answer", mine.get_tensor_by_name("answer:0")), 42)


@exercise(
    title="The names of a cell that ran three times",
    hints=(
        "A graph never has two nodes of one name.",
        "The second gets an underscore and a number appended; counting begins at 1.",
        "The first two are 'Variable' and 'Variable_1'.",
    ),
    solution='names = ["Variable", "Variable_1", "Variable_2"]',
)
def repeated_names(names: Any) -> None:
    """The names of three variables without a name."""
    why = tr("Without a name a variable is called 'Variable'; if that is taken, a number is appended, from _1 on.")
    expect_names("names", names, ["Variable", "Variable_1", "Variable_2"], why)


@exercise(
    title="A session for another graph",
    hints=(
        "A session runs one graph: by default the one that is the default graph when the session is made.",
        "`tf.Session(graph=other)` makes a session for `other`.",
        "with tf.Session(graph=other) as sess: value = sess.run(product)",
    ),
    solution="""
other = tf.Graph()
with other.as_default():
    product = tf.constant(6) * 7
with tf.Session(graph=other) as sess:
    value = sess.run(product)
""",
)
def other_session(value: Any) -> None:
    """The value of a node of a graph that is not the default graph."""
    expect_number("value", value, 42, mistakes={6: tr("That is the constant, not the product.")})


EXERCISES = (own_graph, repeated_names, other_session)
