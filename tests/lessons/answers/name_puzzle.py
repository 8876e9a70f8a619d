"""Answers to "A puzzle of names"."""

from tests.lessons.learner import Answers

ANSWERS = (
    Answers(
        wrong=(
            ("names = ['s/v', 's/v_1', 's/v', 's/v_2']", r"`names\[3\]` is 's/v_2'"),
            ("names = ['s/v', 's/v', 's/v', 's/v']", r"`names\[1\]` is 's/v', but another name"),
            ("names = ['v', 'v_1', 'v', 'v_2']", r"`names\[0\]` is 'v'"),
        ),
        right=("names = ['s/v', 's/v_1', 's/v', 's_1/v']", "names = ('s/v', 's/v_1', 's/v', 's_1/v')"),
    ),
    Answers(
        wrong=(
            ("same = ['v0', 'v1']", "another pair is expected"),
            ("same = ['v1', 'v3']", "Only get_variable under reuse"),
            ("same = 'v0 v2'", "a list such as"),
        ),
        right=("same = ['v0', 'v2']", "same = {'v2', 'v0'}"),
    ),
    Answers(
        wrong=(
            ("w = tf.Variable(1.0, name='net/layer1/w')", "get_variable cannot find it"),
            ("w = tf.get_variable('w', shape=(2,))", "is 'w', but 'net/layer1/w'"),
            ("with tf.variable_scope('net'): w = tf.get_variable('w', shape=())", "is 'net/w'"),
        ),
        right=(
            "with tf.variable_scope('net/layer1'): w = tf.get_variable('w', shape=(2, 2))",
            "with tf.variable_scope('net'), tf.variable_scope('layer1'): w = tf.get_variable('w', shape=())",
        ),
    ),
)
