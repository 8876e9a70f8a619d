"""Answers to "Sharing variables"."""

from tests.lessons.learner import Answers

A = "with tf.variable_scope('shared'): a = tf.get_variable('w', shape=(), initializer=tf.constant_initializer(2.0))\n"

ANSWERS = (
    Answers(
        wrong=(
            ("count = 15", "it is there once"),
            ("count = 10", "a variable, too"),
            ("count = 3", "makes a new one in each call"),
        ),
        right=("count = 11", "count = 2 * 5 + 1.0"),
    ),
    Answers(
        wrong=(
            ("a = tf.Variable(2.0, name='shared/w'); b = tf.Variable(2.0, name='shared/w')", "They are two variables"),
            ("a = b = tf.get_variable('w', shape=(), initializer=tf.constant_initializer(2.0))", "'w', but 'shared/w'"),
            (A.replace("2.0", "3.0") + "b = a", "`the initial value of a` is 3, but 2"),
            (A + "b = 2.0", "`b` is 2.0, but a tf.Variable"),
        ),
        right=(
            A + "with tf.variable_scope('shared', reuse=True): b = tf.get_variable('w')",
            A + "with tf.variable_scope('shared') as s:\n    s.reuse_variables()\n    b = tf.get_variable('w')",
        ),
    ),
    Answers(
        wrong=(
            ("answer = 'the old variable'", "Only tf.get_variable looks"),
            ("answer = 'an error'", "quietly not shared"),
            ("answer = 'new'", "one of 'a new variable'"),
        ),
        right=("answer = 'a new variable'", "answer = 'A new variable'"),
    ),
)
