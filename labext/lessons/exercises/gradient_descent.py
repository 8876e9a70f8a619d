"""Exercises of "Gradient descent by hand"."""

from __future__ import annotations

from typing import Any

import numpy as np

from labext.language import tr
from labext.lessons.answers import evaluate, expect_number, expect_variable, initialized_session, reject
from labext.lessons.exercise import WrongAnswerError, exercise

_DATA = """
reset_graph()
x = tf.constant([1., 2., 3.], name="x")
y = tf.constant([2., 4., 6.], name="y")
w = tf.Variable(0.0, name="w")
loss = tf.reduce_mean(tf.square(w * x - y), name="loss")
"""


@exercise(
    title="A gradient by hand",
    hints=(
        "The derivative of a mean is the mean of the derivatives; the derivative of $u^2$ is $2u\\,u'$.",
        "For one point: $2\\,(w x_i - y_i)\\,x_i$. Then the mean over the points.",
        "`gradient = tf.reduce_mean(2 * (w * x - y) * x)`",
    ),
    solution=_DATA + "gradient = tf.reduce_mean(2 * (w * x - y) * x)",
)
def gradient_by_hand(w: Any, gradient: Any) -> None:
    """The derivative of mean((w x - y)²) with respect to w."""
    expect_variable("w", w)
    mistakes = {
        -56 / 6: tr("The factor 2 of the square's derivative is missing."),
        -56.0: tr("The mean divides the sum by the number of points."),
        -8.0: tr("By the chain rule each term is multiplied by the derivative of its inside, x."),
        56 / 3: tr("The sign is that of (prediction - target)."),
    }
    expect_number("gradient", evaluate("gradient", gradient), -56 / 3, tolerance=1e-4, mistakes=mistakes)
    moved = float(evaluate("gradient", gradient, {w.value(): 3.0}))
    if not np.isclose(moved, 28 / 3, rtol=1e-4):
        raise reject(tr("gradient, when w is 3,"), f"{moved:g}", f"{28 / 3:g}", tr("It must be computed from w."))


@exercise(
    title="A step",
    hints=(
        "The step goes *against* the gradient, and its result is stored in `w`.",
        "`tf.assign(variable, new_value)` makes a node that stores, each time it is run.",
        "`step = tf.assign(w, w - 0.1 * gradient)`",
    ),
    solution=_DATA + "gradient = tf.reduce_mean(2 * (w * x - y) * x)\nstep = tf.assign(w, w - 0.1 * gradient)",
)
def descent_step(w: Any, step: Any) -> None:
    """An operation that moves w by 0.1 times the gradient, downhill."""
    expect_variable("w", w)
    if not hasattr(step, "graph"):
        raise reject("step", repr(step), tr("a node that assigns to w"))
    with initialized_session(w.graph) as session:
        after = []
        for _ in range(2):
            session.run(step)
            after.append(float(session.run(w)))
    if after[0] == 0:
        raise WrongAnswerError(tr("`w` is still 0 after a run of `step`: nothing was stored. Use tf.assign."))
    mistakes = {
        -5.6 / 3: tr("The step goes uphill: subtract the gradient."),
        56 / 3: tr("The learning rate 0.1 is missing."),
    }
    expect_number(tr("w after one step"), after[0], 5.6 / 3, tolerance=1e-4, mistakes=mistakes)
    expect_number(tr("w after two steps"), after[1], 1.991111, tolerance=1e-4)


@exercise(
    title="The largest learning rate",
    hints=(
        "Write one step: $w - \\eta \\cdot 2w = (1 - 2\\eta)\\,w$.",
        "Each step multiplies $w$ by $1 - 2\\eta$. When does that not grow in size?",
        "$|1 - 2\\eta| \\le 1$ means $0 \\le \\eta \\le 1$.",
    ),
    solution="limit = 1.0",
)
def largest_rate(limit: Any) -> None:
    """The learning rate above which descent on w² diverges."""
    mistakes = {
        0.5: tr("With 0.5 the first step lands exactly in the minimum; there is room beyond."),
        2.0: tr("2 η, not η."),
    }
    expect_number("limit", limit, 1.0, mistakes=mistakes)


EXERCISES = (gradient_by_hand, descent_step, largest_rate)
