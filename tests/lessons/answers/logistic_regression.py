"""Answers to "Logistic regression"."""

from tests.lessons.learner import Answers

LOGITS = "logits = tf.placeholder(tf.float32, shape=(None,))\n"

ANSWERS = (
    Answers(
        wrong=(
            (LOGITS + "proba = 1 / (1 + tf.exp(logits))", "The sign in the exponent"),
            (LOGITS + "proba = tf.tanh(logits)", r"fed 0, 2 and -3,\[\d\]` is"),
            (LOGITS + "proba = tf.reduce_mean(tf.sigmoid(logits))", r"shape \(\), but shape \(3,\)"),
        ),
        right=(LOGITS + "proba = tf.sigmoid(logits)", LOGITS + "proba = 0.5 * (tf.tanh(logits / 2) + 1)"),
    ),
    Answers(
        wrong=(
            ("loss = (np.log(0.8) + np.log(0.6)) / 2", "mind the minus"),
            ("loss = -(np.log(0.8) + np.log(0.6))", "not their sum"),
            ("loss = -(np.log(0.8) + np.log(0.4)) / 2", r"log\(1 - 0.4\)"),
        ),
        right=("loss = -(np.log(0.8) + np.log(0.6)) / 2", "loss = 0.367"),
    ),
    Answers(
        wrong=(
            ("precision, recall = 0.6, 0.75", "exchanged"),
            ("precision, recall = 0.7, 0.6", "the accuracy"),
            ("precision, recall = 0.75, 0.5", "`recall` is 0.5, but 0.6"),
        ),
        right=("precision, recall = 30 / 40, 30 / 50", "precision, recall = np.float32(0.75), 0.6"),
    ),
)
