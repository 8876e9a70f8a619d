"""Exercises of "Saving and restoring"."""

from __future__ import annotations

import os
from typing import Any

import graphlab as tf
from labext.language import tr
from labext.lessons.answers import expect_choice, expect_number, reject
from labext.lessons.exercise import WrongAnswerError, exercise


@exercise(
    title="Which file",
    hints=(
        "Three files belong to a checkpoint; two of them hold values and where to find them.",
        "The structure of the graph is a MetaGraphDef.",
        "`import_meta_graph` is given its name.",
    ),
    solution='file = ".meta"',
)
def which_file(file: Any) -> None:
    """The file that holds the graph."""
    mistakes = {
        ".index": tr("It lists names and shapes, and where each value begins in the data."),
        ".data-00000-of-00001": tr("It holds the values of the variables, and nothing else."),
        "checkpoint": tr("It names the latest checkpoints of the folder."),
    }
    expect_choice("file", file, ".meta", mistakes)


@exercise(
    title="A value that stays",
    hints=(
        "Assign first, then save, both in the same session.",
        "`tf.train.Saver()` after the variable; `saver.save(sess, some_path)` returns the path.",
        "`path = saver.save(sess, os.path.join(folder, 'seven.ckpt'))` after `sess.run(tf.assign(x, 7.0))`",
    ),
    solution="""
import os, tempfile
reset_graph()
x = tf.Variable(3.0, name="x")
seven = tf.assign(x, 7.0)
saver = tf.train.Saver()
with tf.Session() as sess:
    sess.run(seven)
    path = saver.save(sess, os.path.join(tempfile.mkdtemp(), "seven.ckpt"))
""",
)
def value_that_stays(path: Any) -> None:
    """The path of a checkpoint in which x is 7."""
    if not isinstance(path, str | os.PathLike):
        raise reject("path", repr(path), tr("the path that saver.save() returns"))
    if not tf.train.checkpoint_exists(os.fspath(path)):
        raise WrongAnswerError(tr("`path` is {path}, but there is no checkpoint.", path=repr(str(path))))
    saved = dict(tf.train.list_variables(os.fspath(path)))
    if "x" not in saved:
        raise WrongAnswerError(
            tr("The checkpoint has no variable 'x'; it has: {names}.", names=", ".join(saved) or tr("none"))
        )
    mistakes = {3: tr("That is the initial value: assign before you save.")}
    expect_number(tr("x in the checkpoint"), tf.train.load_variable(os.fspath(path), "x"), 7.0, mistakes=mistakes)


@exercise(
    title="Under another name",
    hints=(
        "A `Saver` can be given a dict: names in the file, and the variables.",
        "`tf.train.Saver({'weights': theta})` writes theta as 'weights'.",
        "What a checkpoint is asked for are the names in the file.",
    ),
    solution='name_in_file = "weights"',
)
def other_name(name_in_file: Any) -> None:
    """The name under which Saver({"weights": theta}) stores theta."""
    mistakes = {
        "theta": tr("That is its name in the graph; the dict gives it another one in the file."),
        "theta:0": tr("That is the name of a tensor of the graph."),
        "weights:0": tr("Names in a checkpoint are those of variables, without an output number."),
    }
    expect_choice("name_in_file", name_in_file, "weights", mistakes)


EXERCISES = (which_file, value_that_stays, other_name)
