"""Exercises of "The lifecycle of a node's value"."""

from __future__ import annotations

from typing import Any

import numpy as np

from labext.language import tr
from labext.lessons.answers import as_numbers, expect_number, reject
from labext.lessons.exercise import exercise


@exercise(
    title="Evaluations of w",
    hints=(
        "Count runs, not nodes: within one run every node is evaluated at most once.",
        "`y.eval()` is a run, `z.eval()` is a run, `sess.run([y, z])` is one run.",
        "There are three runs, and each of them needs w.",
    ),
    solution="times = 3",
)
def evaluations(times: Any) -> None:
    """How often w is evaluated by y.eval(), z.eval() and run([y, z])."""
    mistakes = {
        1: tr("No value is kept between runs, so each run evaluates w again."),
        2: tr("The run of [y, z] needs w, too."),
        4: tr("In one run each node is evaluated once, also if two fetches need it."),
        5: tr("w is not evaluated once for each node that needs it, but once in each run."),
    }
    expect_number("times", times, 3, mistakes=mistakes)


@exercise(
    title="One throw, seen twice",
    hints=(
        "Two calls of `eval` are two runs: two throws of the die.",
        "One run that fetches a list evaluates `die` once for all its entries.",
        "`pair = sess.run([die, double])`",
    ),
    solution="""
reset_graph()
die = tf.random_uniform((), 1.0, 7.0)
double = 2 * die
with tf.Session() as sess:
    pair = sess.run([die, double])
""",
)
def one_throw(pair: Any) -> None:
    """The value of a random node and of its double, of the same run."""
    if not isinstance(pair, list | tuple) or len(pair) != 2:
        raise reject("pair", repr(pair), tr("a list of two numbers"))
    die, double = as_numbers("pair", pair, tr("a list of two numbers"))
    if not 1 <= die < 7:
        raise reject("pair[0]", f"{die:g}", tr("a number from 1 to 7"))
    if not np.isclose(double, 2 * die):
        why = tr("They come from two runs, and so from two throws.")
        raise reject("pair[1]", f"{double:.3f}", tr("twice pair[0], that is {twice},", twice=f"{2 * die:.3f}"), why)


@exercise(
    title="Two sessions, two counters",
    hints=(
        "Each session has its own value of `counter`, and its own initialization.",
        "`one` ran the increment three times, `two` once, and then was initialized again.",
        "An initializer puts the first value back, whatever happened before.",
    ),
    solution="in_one, in_two = 3, 0",
)
def two_counters(in_one: Any, in_two: Any) -> None:
    """The values of a counter in two sessions."""
    shared = tr("The sessions do not share it: each counts only its own runs.")
    expect_number(
        "in_one", in_one, 3, mistakes={4: shared, 0: tr("The second initialization happened in the other one.")}
    )
    expect_number("in_two", in_two, 0, mistakes={1: tr("It was initialized again at the end."), 3: shared, 4: shared})


EXERCISES = (evaluations, one_throw, two_counters)
