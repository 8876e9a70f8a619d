"""Exercises of "Under the hood"."""

from __future__ import annotations

from typing import Any

from labext.language import tr
from labext.lessons.answers import expect_array, expect_choice, expect_number, reject
from labext.lessons.exercise import WrongAnswerError, exercise


@exercise(
    title="Reading a name",
    hints=(
        "The first part, `jit(step)`, is the compiled function. The last part is JAX's own operation.",
        "What stands between them is the name of a node.",
        "`gradients/Square_grad/Mul_1`",
    ),
    solution='node = "gradients/Square_grad/Mul_1"',
)
def reading_a_name(node: Any) -> None:
    """The node that an instruction comes from."""
    if not isinstance(node, str):
        raise reject("node", repr(node), tr("a name in quotes"))
    if node.strip().endswith("/mul"):
        raise reject("node", repr(node), tr("one part less"), tr("`mul` is JAX's operation inside the node."))
    if node.strip().startswith("jit"):
        raise reject("node", repr(node), tr("one part less"), tr("`jit(step)` is the whole program."))
    if node.strip() != "gradients/Square_grad/Mul_1":
        raise reject("node", repr(node), tr("what stands between the first and the last part"))


@exercise(
    title="What is left out",
    hints=(
        "The program contains what the fetch needs, and no more.",
        "Does `training_op` need the value of `mse`, or its gradient?",
        "Of the four only `mse` itself feeds nothing that leads to the update.",
    ),
    solution='left_out = "mse"',
)
def left_out_node(left_out: Any) -> None:
    """The node that the compiled training step does not contain."""
    mistakes = {
        "predictions": tr("The gradient is made of the error, and the error of the predictions."),
        "sub": tr("The error is a factor of the gradient."),
        "GradientDescent/update_theta/ApplyGradientDescent": tr("That is the update itself."),
    }
    expect_choice("left_out", left_out, "mse", mistakes)


@exercise(
    title="The same step in JAX",
    hints=(
        "`jax.grad(loss)` is a function that computes the derivative of `loss`.",
        "A step is `w - rate * jax.grad(loss)(w)`.",
        "`def step(w): return w - 0.1 * jax.grad(loss)(w)`",
    ),
    solution="""
import jax

def loss(w):
    return (w - 3.0) ** 2

def step(w):
    return w - 0.1 * jax.grad(loss)(w)
""",
)
def step_in_jax(step: Any) -> None:
    """A function that makes one step of gradient descent on (w - 3)²."""
    if not callable(step):
        raise reject("step", repr(step), tr("a function"))
    for place in (0.0, 5.0):
        made = step(place)
        if made is None:
            raise WrongAnswerError(tr("`{call}` returned nothing. Use `return`.", call=f"step({place:g})"))
        name, gradient = f"step({place:g})", 2 * (place - 3)
        mistakes = {
            place + 0.1 * gradient: tr("That is uphill."),
            gradient: tr("That is the gradient; a step moves w by a tenth of it."),
            place - gradient: tr("The learning rate is missing."),
        }
        expect_number(name, made, place - 0.1 * gradient, tolerance=1e-5, mistakes=mistakes)
    expect_array("step(1.0)", step(1.0), 1.4)


EXERCISES = (reading_a_name, left_out_node, step_in_jax)
