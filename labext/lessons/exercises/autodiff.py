"""Exercises of "Four ways to differentiate"."""

from __future__ import annotations

from typing import Any

import numpy as np

from labext.language import tr
from labext.lessons.answers import evaluate, expect_choice, expect_number, expect_variable, reject
from labext.lessons.exercise import WrongAnswerError, exercise


@exercise(
    title="Automatic",
    hints=(
        "`tf.gradients(y, xs)` returns a list: one node for each of `xs`.",
        "There is one `x`, so the list has one entry.",
        "`dg = tf.gradients(g, [x])[0]`",
    ),
    solution="""
reset_graph()
x = tf.Variable(1.0, name="x")
g = x**2 * tf.sin(x)
dg = tf.gradients(g, [x])[0]
""",
)
def automatic(x: Any, dg: Any) -> None:
    """The derivative of x² sin x as a node."""
    expect_variable("x", x)
    if isinstance(dg, list):
        raise reject("dg", tr("a list"), tr("a tensor"), tr("tf.gradients returns one entry for each x: take [0]."))
    mistakes = {
        2 * np.cos(1): tr("The derivative of a product is not the product of the derivatives."),
        np.sin(1): tr("That is g itself."),
    }
    for place, wrong in ((1.0, mistakes), (2.0, None)):
        right = 2 * place * np.sin(place) + place**2 * np.cos(place)
        got = evaluate("dg", dg, {x.value(): place})
        expect_number(tr("dg at x = {place}", place=f"{place:g}"), got, right, tolerance=1e-4, mistakes=wrong)


@exercise(
    title="Numeric, centred",
    hints=(
        "Two values of the function, one on each side of the point, and their distance.",
        "The distance of x - h and x + h is 2h.",
        "`return (f(x + h) - f(x - h)) / (2 * h)`",
    ),
    solution="""
def central(f, x, h=1e-4):
    return (f(x + h) - f(x - h)) / (2 * h)
""",
)
def numeric(central: Any) -> None:
    """The centred difference quotient."""
    if not callable(central):
        raise reject("central", repr(central), tr("a function"))
    slope = central(lambda x: x**3, 2.0)
    if slope is None:
        raise WrongAnswerError(tr("`central(lambda x: x**3, 2.0)` returned nothing, but 12 is expected. Use `return`."))
    mistakes = {
        24.0: tr("Divide by the distance of the two points, 2h."),
        -12.0: tr("Which of the two values comes first?"),
    }
    if 1e-5 < abs(slope - 12) < 1e-2:
        why = tr(
            "Its error is {error}; with a point on each side it would be below 1e-06.", error=f"{abs(slope - 12):.0e}"
        )
        raise reject("central(lambda x: x**3, 2.0)", f"{slope:.7g}", "12.00000", why)
    expect_number("central(lambda x: x**3, 2.0)", slope, 12.0, tolerance=1e-6, mistakes=mistakes)


@exercise(
    title="No connection",
    hints=(
        "It could be 0 mathematically. Is it a node that yields 0?",
        "Try it: `print(tf.gradients(a, [b]))` with two variables.",
        "The list's entry is Python's `None`.",
    ),
    solution='answer = "None"',
)
def no_connection(answer: Any) -> None:
    """What tf.gradients says of a variable that the result does not depend on."""
    mistakes = {
        "a node of value 0": tr("That is what mathematics says; TensorFlow tells you that there is no path at all."),
        "an error": tr("The call succeeds; the error comes later, when you use the entry as if it were a tensor."),
    }
    expect_choice("answer", "None" if answer is None else answer, "None", mistakes)


EXERCISES = (automatic, numeric, no_connection)
