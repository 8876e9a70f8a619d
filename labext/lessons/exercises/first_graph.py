"""Exercises of "Your first graph"."""

from __future__ import annotations

from typing import Any

from labext.language import tr
from labext.lessons.answers import evaluate, expect_array, expect_number, expect_variable, reject
from labext.lessons.exercise import exercise


@exercise(
    title="A square of a sum",
    hints=(
        "You need two calls of `tf.Variable`, then one line of arithmetic.",
        "Python's operators build nodes: `x*x + 2*x*y` is already most of it.",
        'Start with `x = tf.Variable(5, name="x")`; `y` likewise; then `g = x*x + ...`.',
    ),
    solution="""
reset_graph()
x = tf.Variable(5, name="x")
y = tf.Variable(2, name="y")
g = x*x + 2*x*y + y*y
""",
)
def square_of_sum(x: Any, y: Any, g: Any) -> None:
    """Variables x and y, and a node that computes x² + 2xy + y² of them."""
    for name, value, start in (("x", x, 5), ("y", y, 2)):
        expect_number(tr("initial value of {name}", name=name), evaluate(name, expect_variable(name, value)), start)
    expect_number("g", evaluate("g", g), 49, mistakes={29: tr("That is x² + y²: the term 2xy is missing.")})
    moved = evaluate("g", g, {x.value(): 1, y.value(): 3})
    if moved != 16:
        raise reject(tr("g, when x is 1 and y is 3,"), moved, "16", tr("g must be computed from both variables."))


@exercise(
    title="The line that computes",
    hints=(
        "Which phase does each line belong to: construction or execution?",
        "Lines 1 to 3 only describe. Line 4 gives the variables their values.",
        "Nothing asks for the value of `f` before somebody fetches `f`.",
    ),
    solution="line = 5",
)
def computing_line(line: Any) -> None:
    """The line of a program that computes f."""
    building = tr("That line belongs to the construction phase: it describes a node and computes nothing.")
    mistakes = {
        1: building,
        2: building,
        3: building,
        4: tr("That line computes the variables' initial values, not f."),
    }
    expect_number("line", line, 5, mistakes=mistakes)


@exercise(
    title="Three values of one run",
    hints=(
        "`sess.run` takes a list of nodes and returns a list of their values.",
        "The variables need their initial values first: `init = tf.global_variables_initializer()`.",
        "Inside `with tf.Session() as sess:` write `sess.run(init)` and then `values = sess.run([x, y, f])`.",
    ),
    solution="""
reset_graph()
x = tf.Variable(3, name="x")
y = tf.Variable(4, name="y")
f = x*x*y + y + 2
init = tf.global_variables_initializer()
with tf.Session() as sess:
    sess.run(init)
    values = sess.run([x, y, f])
""",
)
def three_values(values: Any) -> None:
    """The values of x, y and f."""
    if not isinstance(values, list | tuple):
        raise reject("values", repr(values), tr("a list of three numbers"), tr("Fetch a list of nodes."))
    expect_array("values", values, [3, 4, 42], why=tr("The order is x, y, f."))


EXERCISES = (square_of_sum, computing_line, three_values)
