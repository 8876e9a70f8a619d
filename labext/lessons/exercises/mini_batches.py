"""Exercises of "Feeding data"."""

from __future__ import annotations

from typing import Any

import numpy as np

import graphlab as tf
from labext.language import tr
from labext.lessons.answers import evaluate, expect_array, expect_number, expect_tensor, reject
from labext.lessons.exercise import WrongAnswerError, exercise


@exercise(
    title="A sum for each row",
    hints=(
        "`None` in a placeholder's shape stands for any number.",
        "`tf.reduce_sum` without an axis adds up everything. You want it along the columns.",
        "`B = tf.reduce_sum(A, axis=1)`",
    ),
    solution="""
reset_graph()
A = tf.placeholder(tf.float32, shape=(None, 3), name="A")
B = tf.reduce_sum(A, axis=1)
""",
)
def row_sums(A: Any, B: Any) -> None:  # noqa: N803  the book's names
    """A placeholder of any number of rows, and the rows' sums."""
    if not isinstance(A, tf.Tensor) or A.op.type != "Placeholder":
        raise reject("A", repr(A), tr("a tf.placeholder"))
    if A.shape.as_list() != [None, 3]:
        raise reject(tr("the shape of A"), A.shape, "(?, 3)", tr("It must take any number of rows."))
    expect_tensor("B", B)
    for rows in ([[1, 2, 3], [4, 5, 6]], [[1, 1, 1]]):
        why = tr("There is one sum for each row.")
        got = evaluate("B", B, {A: rows})
        right = np.sum(rows, axis=1)
        expect_array("B", got.reshape(-1) if got.size == right.size else got, right, why=why)


@exercise(
    title="The number of batches",
    hints=(
        "20,640 rows, 128 at a time. Do all batches come out full?",
        "The last batch holds what remains: it counts, too.",
        "`int(np.ceil(20640 / 128))`",
    ),
    solution="n_batches = int(np.ceil(20640 / 128))",
)
def number_of_batches(n_batches: Any) -> None:
    """How many batches of 128 there are in 20,640 rows."""
    mistakes = {
        161: tr("161 full batches leave 32 rows over."),
        161.25: tr("A quarter of a batch is a batch that you run."),
    }
    expect_number("n_batches", n_batches, 162, tolerance=1e-9, mistakes=mistakes)


@exercise(
    title="Every row once",
    hints=(
        "`np.random.permutation(m)` is a random order of all rows.",
        "Cut that order into pieces of `batch_size`.",
        "`order[start : start + batch_size]` for `start` in `range(0, m, batch_size)`",
    ),
    solution="""
def batches(m, batch_size):
    order = np.random.permutation(m)
    return [order[start : start + batch_size] for start in range(0, m, batch_size)]
""",
)
def every_row_once(batches: Any) -> None:
    """A function that deals all rows into batches."""
    if not callable(batches):
        raise reject("batches", repr(batches), tr("a function"))
    made = batches(103, 10)
    if made is None:
        raise WrongAnswerError(tr("`{call}` returned nothing. Use `return`.", call="batches(103, 10)"))
    parts = [np.asarray(part) for part in made]
    rows = np.concatenate(parts) if parts else np.array([])
    if len(np.unique(rows)) < len(rows):
        twice = len(rows) - len(np.unique(rows))
        raise WrongAnswerError(
            tr("`batches(103, 10)` holds {count} rows more than once. Deal them, do not draw them.", count=twice)
        )
    if len(rows) != 103 or set(rows.tolist()) != set(range(103)):
        raise reject(
            "batches(103, 10)",
            tr("{count} rows", count=len(rows)),
            tr("103 rows, numbers 0 to 102,"),
            tr("The last batch is short."),
        )
    if max(map(len, parts)) > 10:
        raise reject(
            tr("the largest of batches(103, 10)"), tr("{count} rows", count=max(map(len, parts))), tr("at most 10")
        )
    if np.array_equal(rows, np.arange(103)):
        raise WrongAnswerError(tr("`batches(103, 10)` holds the rows in their old order: shuffle them."))


EXERCISES = (row_sums, number_of_batches, every_row_once)
