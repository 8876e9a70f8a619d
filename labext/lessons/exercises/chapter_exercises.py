"""The chapter's own exercises."""

from __future__ import annotations

from typing import Any

from labext.language import tr
from labext.lessons.answers import expect_choice, expect_number, expect_variable, initialized_session, reject
from labext.lessons.exercise import WrongAnswerError, exercise


@exercise(
    title="eval and run",
    hints=(
        "What does `a.eval()` mean when there is a default session?",
        "`eval` is short for `run` with a single fetch.",
    ),
    solution='answer = "the same"',
)
def eval_and_run(answer: Any) -> None:
    """Whether a.eval(session=sess) and sess.run(a) do the same."""
    expect_choice("answer", answer, "the same", {"different": tr("t.eval(session=s) is defined as s.run(t).")})


@exercise(
    title="One run or two",
    hints=(
        "How many runs does each of the two lines make?",
        "A random node has another value in each run, a shared one is evaluated once in each.",
        "Line 1: two runs. Line 2: one.",
    ),
    solution="runs_of_line_1, runs_of_line_2 = 2, 1",
)
def one_run_or_two(runs_of_line_1: Any, runs_of_line_2: Any) -> None:
    """How many runs two ways of fetching make."""
    expect_number("runs_of_line_1", runs_of_line_1, 2, mistakes={1: tr("Each eval is a run of its own.")})
    expect_number(
        "runs_of_line_2", runs_of_line_2, 1, mistakes={2: tr("One call of run is one run, for all its fetches.")}
    )


@exercise(
    title="Two threads",
    hints=(
        "Who holds the value of a variable: the graph or the session?",
        "In one process each session has its own copy.",
        "Connected to a cluster, sessions that use the same container share it.",
    ),
    solution='local, distributed = "own copy", "shared"',
)
def two_threads(local: Any, distributed: Any) -> None:
    """Whether two sessions on one graph share a variable."""
    mistake = tr("Locally a session holds its variables itself; the graph only describes them.")
    expect_choice("local", local, "own copy", {"shared": mistake})
    mistake = tr("In a cluster the values live on servers, in containers, which several sessions can use.")
    expect_choice("distributed", distributed, "shared", {"own copy": mistake})


@exercise(
    title="The life of a variable",
    hints=(
        "Which operation gives it its first value?",
        "What happened to the counter when its session was closed?",
        "It begins with its initializer, and ends with its session.",
    ),
    solution='begins, ends = "initializer", "session"',
)
def variable_life(begins: Any, ends: Any) -> None:
    """When a variable's value begins and ends, locally."""
    mistakes = {
        "construction": tr("tf.Variable only describes it: reading it now is an error."),
        "session": tr("A new session has no values yet."),
    }
    expect_choice("begins", begins, "initializer", mistakes)
    mistakes = {
        "run": tr("Values of other nodes end there; a variable's value stays."),
        "graph": tr("It ends earlier."),
    }
    expect_choice("ends", ends, "session", mistakes)


@exercise(
    title="Setting a variable",
    hints=(
        "`tf.assign` takes the variable and the new value. The new value shall come in at run time.",
        "What comes in at run time is a placeholder of the variable's type and shape.",
        "`x_new_val = tf.placeholder(shape=(), dtype=tf.float32)`, `x_assign = tf.assign(x, x_new_val)`",
    ),
    solution="""
reset_graph()
x = tf.Variable(tf.random_uniform(shape=(), minval=0.0, maxval=1.0))
x_new_val = tf.placeholder(shape=(), dtype=tf.float32)
x_assign = tf.assign(x, x_new_val)
""",
)
def setting(x: Any, x_new_val: Any, x_assign: Any) -> None:
    """A placeholder and an operation that stores what is fed into a variable."""
    expect_variable("x", x)
    if getattr(getattr(x_new_val, "op", None), "type", None) != "Placeholder":
        raise reject("x_new_val", repr(x_new_val), tr("a tf.placeholder"))
    with initialized_session(x.graph) as session:
        for value in (5.0, -2.5):
            session.run(x_assign, feed_dict={x_new_val: value})
            got = float(session.run(x))
            if got != value:
                raise WrongAnswerError(
                    tr(
                        "After `x_assign` was run with {value}, `x` is {got}. Use tf.assign.",
                        value=f"{value:g}",
                        got=f"{got:g}",
                    )
                )


EXERCISES = (eval_and_run, one_run_or_two, two_threads, variable_life, setting)
