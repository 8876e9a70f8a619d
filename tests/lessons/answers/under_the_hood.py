"""Answers to "Under the hood"."""

from tests.lessons.learner import Answers

LOSS = "import jax\nloss = lambda w: (w - 3.0) ** 2\n"

ANSWERS = (
    Answers(
        wrong=(
            ("node = 'gradients/Square_grad/Mul_1/mul'", "JAX's operation inside the node"),
            ("node = 'jit(step)/gradients/Square_grad/Mul_1'", "the whole program"),
            ("node = 'Mul_1'", "between the first and the last part"),
        ),
        right=("node = 'gradients/Square_grad/Mul_1'", "node = ' gradients/Square_grad/Mul_1 '"),
    ),
    Answers(
        wrong=(
            ("left_out = 'predictions'", "the error of the predictions"),
            ("left_out = 'sub'", "a factor of the gradient"),
            ("left_out = 'GradientDescent/update_theta/ApplyGradientDescent'", "the update itself"),
        ),
        right=("left_out = 'mse'", "left_out = 'MSE'"),
    ),
    Answers(
        wrong=(
            (
                LOSS + "step = lambda w: w + 0.1 * jax.grad(loss)(w)",
                r"`step\(0\)` is -0.6, but 0.6 is expected. .*uphill",
            ),
            (LOSS + "step = jax.grad(loss)", "That is the gradient"),
            (LOSS + "step = lambda w: w - jax.grad(loss)(w)", "learning rate is missing"),
            ("step = 0.6", "a function is expected"),
        ),
        right=(
            LOSS + "step = jax.jit(lambda w: w - 0.1 * jax.grad(loss)(w))",
            "step = lambda w: w - 0.1 * 2 * (w - 3.0)",
        ),
    ),
)
