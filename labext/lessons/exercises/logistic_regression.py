"""Exercises of "Logistic regression"."""

from __future__ import annotations

from typing import Any

import numpy as np

from labext.language import tr
from labext.lessons.answers import evaluate, expect_array, expect_number, expect_tensor, reject
from labext.lessons.exercise import exercise


@exercise(
    title="A probability",
    hints=(
        "The logistic function is $1 / (1 + e^{-t})$.",
        "`tf.exp(-logits)` is the hard half. Or look for a function of TensorFlow's that does it all.",
        "`proba = tf.sigmoid(logits)`",
    ),
    solution="""
reset_graph()
logits = tf.placeholder(tf.float32, shape=(None,), name="logits")
proba = tf.sigmoid(logits)
""",
)
def probability(logits: Any, proba: Any) -> None:
    """The logistic function of fed logits."""
    expect_tensor("logits", logits)
    points = np.array([0.0, 2.0, -3.0])
    got = evaluate("proba", proba, {logits: points})
    why = (
        tr("The sign in the exponent: a large logit means a probability near 1.")
        if got.shape == (3,) and got[1] < 0.5
        else ""
    )
    expect_array(tr("proba, fed 0, 2 and -3,"), got, 1 / (1 + np.exp(-points)), why=why)


@exercise(
    title="The log loss by hand",
    hints=(
        "For a positive example only $\\log \\hat p$ counts, for a negative one only $\\log(1 - \\hat p)$.",
        "Here: $\\log 0.8$ and $\\log 0.6$. Mean, and then the sign.",
        "`-(np.log(0.8) + np.log(0.6)) / 2`",
    ),
    solution="loss = -(np.log(0.8) + np.log(0.6)) / 2",
)
def log_loss(loss: Any) -> None:
    """The log loss of two predictions."""
    right = -(np.log(0.8) + np.log(0.6)) / 2
    mistakes = {
        -right: tr("A loss is not negative: mind the minus in front."),
        2 * right: tr("The mean of the two, not their sum."),
        -(np.log(0.8) + np.log(0.4)) / 2: tr("For the negative example it is log(1 - 0.4)."),
        -(np.log10(0.8) + np.log10(0.6)) / 2: tr("The natural logarithm, np.log."),
    }
    expect_number("loss", loss, right, tolerance=1e-3, mistakes=mistakes)


@exercise(
    title="Precision and recall",
    hints=(
        "Precision asks of those called positive; recall of those that are positive.",
        "Of 40 called positive, 30 are; of 50 that are positive, 30 were called so.",
        "30 / 40 and 30 / 50",
    ),
    solution="precision, recall = 30 / 40, 30 / 50",
)
def precision_and_recall(precision: Any, recall: Any) -> None:
    """Precision and recall from four counts."""
    if isinstance(precision, int | float) and isinstance(recall, int | float) and (precision, recall) == (0.6, 0.75):
        raise reject("precision", precision, "0.75", tr("You have the two exchanged."))
    expect_number("precision", precision, 0.75, mistakes={0.7: tr("That is the accuracy: the share of right answers.")})
    expect_number("recall", recall, 0.6, mistakes={0.7: tr("That is the accuracy: the share of right answers.")})


EXERCISES = (probability, log_loss, precision_and_recall)
