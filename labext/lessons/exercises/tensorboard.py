"""Exercises of "Graph and curves in TensorBoard"."""

from __future__ import annotations

from typing import Any

import numpy as np
from tensorboard.compat.proto.summary_pb2 import Summary

from labext.language import tr
from labext.lessons.answers import evaluate, expect_choice, expect_number
from labext.lessons.exercise import WrongAnswerError, exercise


@exercise(
    title="The step number",
    hints=(
        "How many steps were there before this epoch began?",
        "`epoch * n_batches` steps, and `batch_index` more.",
        "3 · 207 + 10",
    ),
    solution="step = 3 * 207 + 10",
)
def step_number(step: Any) -> None:
    """The step of batch 10 in epoch 3, of 207 batches each."""
    mistakes = {
        2080: tr("An epoch has 207 steps, and there were 3 of them."),
        213: tr("Multiply: 3 epochs of 207 steps."),
    }
    expect_number("step", step, 631, mistakes=mistakes)


@exercise(
    title="A summary of your own",
    hints=(
        "`tf.summary.scalar(tag, tensor)` makes a node.",
        "Its value is a message in bytes; `check` reads it.",
        '`loss_summary = tf.summary.scalar("loss", loss)`',
    ),
    solution="""
reset_graph()
loss = tf.constant(2.5, name="the_loss")
loss_summary = tf.summary.scalar("loss", loss)
""",
)
def own_summary(loss_summary: Any) -> None:
    """A node that summarises a loss of 2.5 under the tag loss."""
    value = evaluate("loss_summary", loss_summary)
    if not isinstance(value.item(), bytes):
        raise WrongAnswerError(
            tr(
                "`loss_summary` yields {value}. It is the value itself; a summary is a message in bytes. Use tf.summary.scalar.",
                value=repr(value.item()),
            )
        )
    values = Summary.FromString(value.item()).value
    if [each.tag for each in values] != ["loss"]:
        raise WrongAnswerError(tr("`loss_summary` has the tag {tag}, but 'loss' is expected.", tag=repr(values[0].tag)))
    got = values[0].simple_value if values[0].HasField("simple_value") else np.nan
    expect_number(tr("the value of loss_summary"), got, 2.5)


@exercise(
    title="Two runs in one folder",
    hints=(
        "TensorBoard takes each folder for one run.",
        "Both files tell of step 0, step 100, ...: which is the curve?",
        "That is what the time in the folder's name is for.",
    ),
    solution='answer = "one tangled curve"',
)
def one_folder(answer: Any) -> None:
    """What two trainings that write to the same folder look like."""
    mistakes = {
        "two curves": tr("That is what two folders give: one run each."),
        "only the second": tr("FileWriter never removes what is there: it writes another file."),
    }
    expect_choice("answer", answer, "one tangled curve", mistakes)


EXERCISES = (step_number, own_summary, one_folder)
