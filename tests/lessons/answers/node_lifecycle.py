"""Answers to "The lifecycle of a node's value"."""

from tests.lessons.learner import Answers

DIE = "die = tf.random_uniform((), 1.0, 7.0); double = 2 * die; sess = tf.Session()\n"

ANSWERS = (
    Answers(
        wrong=(
            ("times = 1", "`times` is 1, but 3 is expected. No value is kept"),
            ("times = 2", r"The run of \[y, z\] needs w, too"),
            ("times = 4", "In one run each node is evaluated once"),
        ),
        right=("times = 3", "times = 1 + 1 + 1.0"),
    ),
    Answers(
        wrong=(
            (DIE + "pair = [die, double]", "Nodes have no value"),
            (DIE + "pair = [sess.run(die), sess.run(double)]", r"`pair\[1\]` is .*two throws"),
            (DIE + "pair = [0.5, 1.0]", r"`pair\[0\]` is 0.5, but a number from 1 to 7 is expected"),
            (DIE + "pair = sess.run(die)", "a list of two numbers is expected"),
        ),
        right=(DIE + "pair = sess.run([die, double])", DIE + "pair = tuple(sess.run((die, double)))"),
    ),
    Answers(
        wrong=(
            ("in_one, in_two = 4, 0", "`in_one` is 4, but 3 is expected. The sessions do not share"),
            ("in_one, in_two = 3, 1", "`in_two` is 1, but 0 is expected. It was initialized again"),
            ("in_one, in_two = 0, 0", "The second initialization happened in the other one"),
        ),
        right=("in_one, in_two = 3, 0", "in_one, in_two = np.int32(3), 0.0"),
    ),
)
