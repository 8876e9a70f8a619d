"""Answers to "Graph and curves in TensorBoard"."""

from tests.lessons.learner import Answers

LOSS = "loss = tf.constant(2.5)\n"

ANSWERS = (
    Answers(
        wrong=(
            ("step = 213", "Multiply"),
            ("step = 10 * 207 + 10", "there were 3 of them"),
            ("step = 621", "`step` is 621, but 631"),
        ),
        right=("step = 631", "step = 3 * 207 + 10.0"),
    ),
    Answers(
        wrong=(
            (LOSS + "loss_summary = loss", "Use tf.summary.scalar"),
            (LOSS + "loss_summary = tf.summary.scalar('MSE', loss)", "the tag 'MSE', but 'loss'"),
            ("loss_summary = tf.summary.scalar('loss', tf.constant(1.0))", "`the value of loss_summary` is 1"),
        ),
        right=(
            LOSS + "loss_summary = tf.summary.scalar('loss', loss)",
            LOSS + "loss_summary = tf.summary.merge([tf.summary.scalar('loss', loss)])",
        ),
    ),
    Answers(
        wrong=(
            ("answer = 'two curves'", "what two folders give"),
            ("answer = 'only the second'", "never removes"),
            ("answer = 2", "one of"),
        ),
        right=("answer = 'one tangled curve'", "answer = 'One tangled curve'"),
    ),
)
