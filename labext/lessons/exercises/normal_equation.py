"""Exercises of "Linear regression by the normal equation"."""

from __future__ import annotations

from typing import Any

import numpy as np

from labext.language import tr
from labext.lessons.answers import evaluate, expect_array, expect_choice
from labext.lessons.exercise import exercise

_X = np.array([[1.0, 1.0], [1.0, 2.0], [1.0, 3.0], [1.0, 4.0]])
_Y = np.array([[3.0], [5.0], [7.0], [10.0]])
_DATA = """
reset_graph()
X = tf.constant([[1., 1.], [1., 2.], [1., 3.], [1., 4.]], name="X")
y = tf.constant([[3.], [5.], [7.], [10.]], name="y")
XT = tf.transpose(X)
"""


@exercise(
    title="A line through four points",
    hints=(
        "The formula is the one of the lesson: only the data are others.",
        "From the inside: `tf.matmul(XT, X)`, its `tf.matrix_inverse`, times `XT`, times `y`.",
        "`theta = tf.matmul(tf.matmul(tf.matrix_inverse(tf.matmul(XT, X)), XT), y)`",
    ),
    solution=_DATA + "theta = tf.matmul(tf.matmul(tf.matrix_inverse(tf.matmul(XT, X)), XT), y)",
)
def line(theta: Any) -> None:
    """The least-squares line through four points."""
    right = np.linalg.solve(_X.T @ _X, _X.T @ _Y)
    why = tr("The shape is that of one column: the constant term, then the slope.")
    expect_array("theta", evaluate("theta", theta), right, tolerance=1e-3, why=why)


@exercise(
    title="The type of a constant",
    hints=(
        "NumPy's default is not TensorFlow's.",
        "`tf.constant(array)` keeps the type of the array.",
        "`np.ones(3).dtype` tells.",
    ),
    solution='dtype = "float64"',
)
def constant_type(dtype: Any) -> None:
    """The type of tf.constant(np.ones(3))."""
    mistakes = {
        "float32": tr("That is the type of tf.constant([1.0, 1.0, 1.0]); an array keeps its own type."),
        "int32": tr("The ones of np.ones are floating-point numbers."),
        "int64": tr("The ones of np.ones are floating-point numbers."),
    }
    expect_choice("dtype", dtype, "float64", mistakes)


@exercise(
    title="Ridge regression",
    hints=(
        "Only the matrix that is inverted changes.",
        "`tf.eye(2)` is the unit matrix $I$; by itself, `1.0` would be added to every element.",
        "Invert `tf.matmul(XT, X) + 1.0 * tf.eye(2)`.",
    ),
    solution=_DATA
    + "inverse = tf.matrix_inverse(tf.matmul(XT, X) + 1.0 * tf.eye(2))\nridge = tf.matmul(tf.matmul(inverse, XT), y)",
)
def ridge_regression(ridge: Any) -> None:
    """The same line with a penalty of weight 1."""
    got = evaluate("ridge", ridge)
    plain, wrong_sign = (np.linalg.solve(_X.T @ _X + weight * np.eye(2), _X.T @ _Y) for weight in (0.0, -1.0))
    everywhere = np.linalg.solve(_X.T @ _X + 1.0, _X.T @ _Y)
    explained = (
        (plain, tr("The penalty is missing.")),
        (wrong_sign, tr("The penalty is added, not subtracted.")),
        (everywhere, tr("The penalty stands on the diagonal only: use tf.eye.")),
    )
    near = (why for wrong, why in explained if got.shape == wrong.shape and np.allclose(got, wrong, atol=1e-3))
    right = np.linalg.solve(_X.T @ _X + np.eye(2), _X.T @ _Y)
    expect_array("ridge", got, right, tolerance=1e-3, why=next(near, ""))


EXERCISES = (line, constant_type, ridge_regression)
