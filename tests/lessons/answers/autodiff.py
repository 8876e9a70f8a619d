"""Answers to "Four ways to differentiate"."""

from tests.lessons.learner import Answers

G = "x = tf.Variable(1.0, name='x'); g = x**2 * tf.sin(x)\n"

ANSWERS = (
    Answers(
        wrong=(
            (G + "dg = tf.gradients(g, [x])", "`dg` is a list, but a tensor is expected"),
            (G + "dg = 2 * x * tf.cos(x)", "not the product of the derivatives"),
            (G + "dg = g", "That is g itself"),
            (G + "dg = tf.constant(2.2232443)", "`dg at x = 2` is 2.22324"),
        ),
        right=(G + "(dg,) = tf.gradients(g, x)", G + "dg = 2 * x * tf.sin(x) + x**2 * tf.cos(x)"),
    ),
    Answers(
        wrong=(
            ("def central(f, x, h=1e-4): return (f(x + h) - f(x)) / h", "a point on each side"),
            ("def central(f, x, h=1e-4): return (f(x + h) - f(x - h)) / h", "is 24, but 12 is expected"),
            ("def central(f, x, h=1e-4): (f(x + h) - f(x - h)) / (2 * h)", "returned nothing"),
            ("central = 12", "a function is expected"),
        ),
        right=(
            "def central(f, x): return (f(x + 1e-5) - f(x - 1e-5)) / 2e-5",
            "central = lambda f, x, h=1e-4: (8 * (f(x + h) - f(x - h)) - f(x + 2 * h) + f(x - 2 * h)) / (12 * h)",
        ),
    ),
    Answers(
        wrong=(
            ("answer = 'a node of value 0'", "no path at all"),
            ("answer = 'an error'", "The call succeeds"),
            ("answer = 0", "one of 'None'"),
        ),
        right=("answer = 'None'", "answer = None"),
    ),
)
