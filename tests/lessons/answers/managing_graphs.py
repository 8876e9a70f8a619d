"""Answers to "Managing graphs"."""

from tests.lessons.learner import Answers

OTHER = "other = tf.Graph()\nwith other.as_default(): product = tf.constant(6) * 7\n"

ANSWERS = (
    Answers(
        wrong=(
            ("mine = tf.get_default_graph(); tf.constant(42, name='answer')", "`mine` is the default graph"),
            ("mine = tf.Graph(); tf.constant(42, name='answer')", "no node named 'answer'; it holds: no node at all"),
            ("mine = tf.Graph()\nwith mine.as_default(): tf.constant(42)", "no node named 'answer'; it holds: Const"),
            ("mine = tf.Graph()\nwith mine.as_default(): tf.constant(41, name='answer')", "is 41, but 42 is expected"),
            ("mine = 42", "`mine` is 42, but a tf.Graph is expected"),
        ),
        right=(
            "mine = tf.Graph()\nwith mine.as_default(): answer = tf.constant(42, name='answer')",
            "mine = tf.Graph()\nwith mine.as_default(): tf.multiply(tf.constant(6), 7, name='answer')",
        ),
    ),
    Answers(
        wrong=(
            ("names = ['v', 'v_1', 'v_2']", r"`names\[0\]` is 'v', .*called 'Variable'"),
            ("names = ['Variable']", "`names` has 1 entries, but 3 are expected"),
            ("names = ['Variable_1', 'Variable_2', 'Variable_3']", r"`names\[0\]` is 'Variable_1'"),
            ("names = 'Variable'", "a list of names is expected"),
        ),
        right=(
            "names = ['Variable', 'Variable_1', 'Variable_2']",
            "names = tuple(tf.Variable(1).op.name for _ in range(3))",
        ),
    ),
    Answers(
        wrong=(
            (OTHER + "value = product", "`value` is .*but a number is expected"),
            ("value = 6", "the constant, not the product"),
            ("value = 13", "`value` is 13, but 42 is expected"),
        ),
        right=(
            OTHER + "value = tf.Session(graph=other).run(product)",
            OTHER + "with other.as_default(), tf.Session(): value = product.eval()",
        ),
    ),
)
