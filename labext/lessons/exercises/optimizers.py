"""Exercises of "Optimizers"."""

from __future__ import annotations

from typing import Any

from labext.language import tr
from labext.lessons.answers import expect_number, expect_variable, initialized_session, reject
from labext.lessons.exercise import WrongAnswerError, exercise


@exercise(
    title="Down to the minimum",
    hints=(
        "An optimizer is made with its learning rate; `minimize(loss)` makes the operation.",
        "`tf.train.GradientDescentOptimizer(learning_rate=0.1)`",
        "`training_op = tf.train.GradientDescentOptimizer(learning_rate=0.1).minimize(loss)`",
    ),
    solution="""
reset_graph()
w = tf.Variable(0.0, name="w")
loss = tf.square(w - 3.0)
training_op = tf.train.GradientDescentOptimizer(learning_rate=0.1).minimize(loss)
""",
)
def to_the_minimum(w: Any, training_op: Any) -> None:
    """An operation that finds the minimum of (w - 3)²."""
    expect_variable("w", w)
    if not hasattr(training_op, "graph"):
        raise reject("training_op", repr(training_op), tr("the operation that minimize() returns"))
    with initialized_session(w.graph) as session:
        for _ in range(200):
            session.run(training_op)
        reached = float(session.run(w))
    if reached == 0:
        raise WrongAnswerError(tr("`w` is still 0 after 200 runs of `training_op`: it does not train w."))
    expect_number(tr("w after 200 runs"), reached, 3.0, tolerance=0.02)


@exercise(
    title="Two steps with momentum",
    hints=(
        "Write down $m$ after each step; it begins at 0.",
        "After step 1: $m = 1$, $w = -0.1$. In step 2: $m = 0.9 \\cdot 1 + 1$.",
        "$w_2 = -0.1 - 0.1 \\cdot 1.9$",
    ),
    solution="w2 = -0.29",
)
def two_steps(w2: Any) -> None:
    """The place of w after two steps with a constant gradient."""
    mistakes = {
        -0.2: tr("That is plain gradient descent: m remembers 0.9 of the first step."),
        -0.1: tr("That is w after one step."),
        -0.19: tr("That is only the second step; the first has moved w, too."),
        0.29: tr("Right in size; which way is downhill?"),
    }
    expect_number("w2", w2, -0.29, mistakes=mistakes)


@exercise(
    title="Train one, leave one",
    hints=(
        "By default `minimize` trains every variable that the graph calls trainable.",
        "`minimize` takes `var_list`.",
        "`optimizer.minimize(loss, var_list=[b])`",
    ),
    solution="""
reset_graph()
w = tf.Variable(1.0, name="w")
b = tf.Variable(1.0, name="b")
loss = tf.square(w + b - 5.0)
training_op = tf.train.GradientDescentOptimizer(learning_rate=0.1).minimize(loss, var_list=[b])
""",
)
def train_one(w: Any, b: Any, training_op: Any) -> None:
    """An operation that moves b and leaves w."""
    for name, variable in (("w", w), ("b", b)):
        expect_variable(name, variable)
    with initialized_session(w.graph) as session:
        for _ in range(100):
            session.run(training_op)
        w_value, b_value = (float(value) for value in session.run([w, b]))
    if w_value != 1:
        raise reject(tr("w after training"), f"{w_value:g}", "1", tr("Only b shall be trained."))
    expect_number(tr("b after training"), b_value, 4.0, tolerance=0.02)


EXERCISES = (to_the_minimum, two_steps, train_one)
