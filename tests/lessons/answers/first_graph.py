"""Answers to "Your first graph"."""

from tests.lessons.learner import Answers

XY = "x = tf.Variable(5, name='x'); y = tf.Variable(2, name='y')\n"
F = "x = tf.Variable(3); y = tf.Variable(4); f = x*x*y + y + 2\n"

ANSWERS = (
    Answers(
        wrong=(
            (XY + "g = x*x + y*y", "`g` is 29, but 49 is expected. .*2xy is missing"),
            (XY + "g = 49", "`g` is 49, but a tensor is expected"),
            (XY + "g = tf.constant(49)", "`g, when x is 1 and y is 3,` is 49, but 16 is expected"),
            ("x = 5; y = tf.Variable(2); g = tf.constant(1)", "`x` is 5, but a tf.Variable is expected"),
        ),
        right=(XY + "g = tf.square(x + y)", XY + "s = tf.add(x, y); g = s * s"),
    ),
    Answers(
        wrong=(
            ("line = 2", "`line` is 2, but 5 is expected. .*construction phase"),
            ("line = 4", "initial values, not f"),
            ("line = 6", "`line` is 6, but 5 is expected"),
            ("line = 'five'", "a number is expected"),
        ),
        right=("line = 5", "line = 5.0"),
    ),
    Answers(
        wrong=(
            (F + "values = [x, y, f]", "an array is expected. Nodes have no value"),
            ("values = 42", "a list of three numbers is expected"),
            ("values = [42, 3, 4]", r"`values\[0\]` is 42, but 3 is expected. The order is x, y, f"),
            ("values = [3, 4]", r"shape \(2,\), but shape \(3,\)"),
        ),
        right=(
            F + "sess = tf.Session(); sess.run(tf.global_variables_initializer()); values = sess.run([x, y, f])",
            F + "sess = tf.Session(); sess.run([x.initializer, y.initializer]); values = sess.run((x, y, f))",
        ),
    ),
)
