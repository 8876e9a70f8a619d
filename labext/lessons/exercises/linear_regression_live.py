"""Exercises of "Linear regression, live"."""

from __future__ import annotations

from typing import Any

import numpy as np

from labext.language import tr
from labext.lessons.answers import as_numbers, evaluate, expect_array, expect_number, expect_variable, reject
from labext.lessons.exercise import WrongAnswerError, exercise

_BUILDING = {2, 3, 4}
_STEPS = 139  # at the learning rate 0.01, from the start that the lesson's seed gives
_X = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]])
_Y = np.array([[1.0], [3.0], [5.0]])


@exercise(
    title="The lines that build",
    hints=(
        "A line builds if the graph has more nodes after it than before.",
        "Functions of `tf` build; methods of a session, and `eval`, run.",
        "`tf.gradients` is a function of `tf` like the others. That makes three lines.",
    ),
    solution="building = [2, 3, 4]",
)
def building_lines(building: Any) -> None:
    """The numbers of the lines that add nodes."""
    numbers = as_numbers(
        "building", sorted(building) if isinstance(building, set) else building, tr("a list of numbers")
    )
    chosen = set(numbers.ravel().tolist())
    running = tr("Lines 5 to 7 run nodes that are there already; `eval` is a run, too.")
    why_not = {1: tr("Line 1 is NumPy's: the graph knows nothing of it."), 5: running, 6: running, 7: running}
    for number in sorted(chosen - _BUILDING):
        why = why_not.get(number, tr("There is no line {number}.", number=number))
        raise reject("building", building, tr("another list"), why)
    if chosen != _BUILDING:
        missing = min(_BUILDING - chosen)
        raise reject("building", building, tr("another list"), tr("Line {number} adds nodes, too.", number=missing))


@exercise(
    title="Reading a curve",
    hints=(
        "Move the pointer along the first curve: the plot shows step and value.",
        "At step 100 the MSE is 0.71, at step 200 it is 0.57.",
        "It is a little below step 150.",
    ),
    solution="steps = 139",
)
def steps_to_goal(steps: Any) -> None:
    """After how many steps the first training's MSE is below 0.6."""
    number = float(as_numbers("steps", steps, tr("a number of steps")).reshape(-1)[0])
    if abs(number - _STEPS) <= 11:
        return
    if number < 20:
        raise reject(
            "steps", f"{number:g}", tr("a larger number"), tr("That is the bolder training's curve, or no step.")
        )
    if number < _STEPS:
        raise reject("steps", f"{number:g}", tr("a larger number"), tr("There the MSE is still above 0.6."))
    raise reject("steps", f"{number:g}", tr("a smaller number"), tr("It was below 0.6 before."))


@exercise(
    title="A loss and its gradient",
    hints=(
        "The lesson's program has all the lines: predictions, error, the mean of the squares, the gradient.",
        "`loss = tf.reduce_mean(tf.square(tf.matmul(X, theta) - y))`",
        "`tf.gradients(loss, [theta])` returns a list with one node.",
    ),
    solution="""
reset_graph()
X = tf.constant([[1., 0.], [1., 1.], [1., 2.]], name="X")
y = tf.constant([[1.], [3.], [5.]], name="y")
theta = tf.Variable([[0.], [0.]], name="theta")
loss = tf.reduce_mean(tf.square(tf.matmul(X, theta) - y))
slope = tf.gradients(loss, [theta])[0]
""",
)
def loss_and_slope(theta: Any, loss: Any, slope: Any) -> None:
    """The mean squared error of three points, and its gradient."""
    expect_variable("theta", theta)
    mistakes = {
        35.0: tr("That is the sum of the squares, not their mean."),
        3.0: tr("The errors must be squared before the mean is taken."),
        -3.0: tr("The errors must be squared before the mean is taken."),
        35 / 6: tr("That is half of the mean."),
    }
    expect_number("loss", evaluate("loss", loss), 35 / 3, tolerance=1e-5, mistakes=mistakes)
    if isinstance(slope, list | tuple):
        raise WrongAnswerError(tr("`slope` is a list, but a tensor is expected. Take its element 0."))
    start, elsewhere = np.zeros((2, 1)), np.array([[2.0], [-1.0]])
    for value in (start, elsewhere):
        expected_loss, expected_slope = np.mean((_X @ value - _Y) ** 2), 2 / 3 * _X.T @ (_X @ value - _Y)
        place = value.ravel().tolist()
        feeds = {theta.value(): value}
        expect_number(
            tr("loss at theta = {place}", place=place),
            evaluate("loss", loss, feeds),
            float(expected_loss),
            tolerance=1e-5,
        )
        expect_array(tr("slope at theta = {place}", place=place), evaluate("slope", slope, feeds), expected_slope)


EXERCISES = (building_lines, steps_to_goal, loss_and_slope)
