"""Answers to "Name scopes"."""

from tests.lessons.learner import Answers

Y = "y_pred = tf.constant([1., 2., 3.], name='y_pred'); y = tf.constant([1., 2., 6.], name='y')\n"
LOSS = "with tf.name_scope('loss') as scope: a = tf.constant(1.0, name='a')\n"

ANSWERS = (
    Answers(
        wrong=(
            ("names = ['a/b/c', 'a/c', 'a/c_1']", r"`names\[2\]` is 'a/c_1'.*gets a number"),
            ("names = ['c', 'c_1', 'c_2']", r"`names\[0\]` is 'c'"),
            ("names = ['a/b/c', 'a/c']", "has 2 entries, but 3"),
        ),
        right=("names = ['a/b/c', 'a/c', 'a_1/c']", "names = ('a/b/c', 'a/c', 'a_1/c ')"),
    ),
    Answers(
        wrong=(
            (Y + "mse = tf.reduce_mean(tf.square(y_pred - y), name='loss/mse')", "outside are: .*Square"),
            (
                Y + "d = y_pred - y\nwith tf.name_scope('loss'): mse = tf.reduce_mean(tf.square(d))",
                "outside are: sub",
            ),
            (Y + "with tf.name_scope('loss'): mse = tf.reduce_sum(tf.square(y_pred - y))", "the sum, not the mean"),
        ),
        right=(
            Y + "with tf.name_scope('loss'): mse = tf.reduce_mean(tf.square(y_pred - y), name='mse')",
            Y + "with tf.name_scope('loss'): mse = tf.reduce_sum(tf.squared_difference(y, y_pred)) / 3",
        ),
    ),
    Answers(
        wrong=(
            (
                LOSS + "with tf.name_scope('loss'): b = tf.constant(2.0, name='b')",
                "'loss_1/b', but 'loss/b' is expected",
            ),
            (LOSS + "b = tf.constant(2.0, name='b')", "is 'b', but 'loss/b'"),
            (LOSS + "b = 'loss/b'", "a tensor is expected"),
        ),
        right=(
            LOSS + "with tf.name_scope(scope): b = tf.constant(2.0, name='b')",
            LOSS + "with tf.name_scope('loss/'): b = tf.constant(2.0, name='b')",
        ),
    ),
)
