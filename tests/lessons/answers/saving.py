"""Answers to "Saving and restoring"."""

from tests.lessons.learner import Answers

SAVE = """
import os, tempfile
x = tf.Variable(3.0, name="{name}")
saver = tf.train.Saver()
sess = tf.Session(); sess.run(x.initializer); {change}
path = saver.save(sess, os.path.join(tempfile.mkdtemp(), "x"))
"""

ANSWERS = (
    Answers(
        wrong=(
            ("file = '.index'", "where each value begins"),
            ("file = '.data-00000-of-00001'", "the values of the variables"),
            ("file = '.pb'", "one of"),
        ),
        right=("file = '.meta'", "file = '.META'"),
    ),
    Answers(
        wrong=(
            (SAVE.format(name="x", change=""), "`x in the checkpoint` is 3, but 7 is expected. .*assign before"),
            (SAVE.format(name="y", change=""), "no variable 'x'; it has: y"),
            ("path = '/nowhere/seven.ckpt'", "there is no checkpoint"),
            ("path = 7.0", "the path that saver.save"),
        ),
        right=(
            SAVE.format(name="x", change="sess.run(tf.assign(x, 7.0))"),
            SAVE.format(name="x", change="x.load(7.0, sess)"),
        ),
    ),
    Answers(
        wrong=(
            ("name_in_file = 'theta'", "its name in the graph"),
            ("name_in_file = 'weights:0'", "without an output number"),
            ("name_in_file = None", "one of"),
        ),
        right=("name_in_file = 'weights'", "name_in_file = 'weights '"),
    ),
)
