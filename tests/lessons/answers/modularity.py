"""Answers to "Modularity"."""

from tests.lessons.learner import Answers

UNITS = """
X = tf.placeholder(tf.float32, shape=(None, 3))
w1 = tf.Variable(tf.random_normal((3, 1))); w2 = tf.Variable(tf.random_normal((3, 1)))
z1 = tf.matmul(X, w1); z2 = tf.matmul(X, w2)
"""
LAYER = """
def layer(X, n_neurons, name):
    {scope}
        w = tf.Variable(tf.random_normal((int(X.get_shape()[1]), {columns})))
        b = tf.Variable(tf.zeros(({columns},)))
        {end}
"""


def layer(scope: str = "with tf.name_scope(name):", columns: str = "n_neurons", end: str = "") -> str:
    """A layer with a part of it changed."""
    return LAYER.format(scope=scope, columns=columns, end=end or "return tf.maximum(tf.matmul(X, w) + b, 0.)")


ANSWERS = (
    Answers(
        wrong=(
            ("unused = 'relu22'", "`unused` is 'relu22'.*what it takes in"),
            ("unused = 'z11'", "used twice"),
            ("unused = 'bias22'", "Follow it further"),
            ("unused = 22", "the name of a node"),
        ),
        right=("unused = 'z22'", "unused = tf.constant(1, name='z22')"),
    ),
    Answers(
        wrong=(
            (UNITS + "output = tf.maximum(z1, 0.) + tf.maximum(z1, 0.)", "relu2 still takes z1"),
            (UNITS + "output = tf.maximum(z2, 0.) + tf.maximum(z2, 0.)", "now relu1 takes z2"),
            (UNITS + "output = z1 + z2", "It is the sum of both units"),
        ),
        right=(
            UNITS + "output = tf.maximum(z1, 0.) + tf.maximum(z2, 0.)",
            UNITS + "output = tf.add_n([tf.nn.relu(z) for z in (z2, z1)])",
        ),
    ),
    Answers(
        wrong=(
            (layer(columns="1"), r"`the shape of layer\(X, 4, 'hidden'\)` is \[None, 1\]"),
            (layer(scope="if True:"), "builds nodes outside its scope: .*Variable"),
            (layer(end="tf.matmul(X, w)"), "returned nothing"),
            (layer(end="return tf.matmul(X, w) + b"), "Rectify with tf.maximum"),
        ),
        right=(layer(), layer(end="return tf.nn.relu(tf.add(tf.matmul(X, w), b))")),
    ),
)
