"""Answers to "Linear regression, live"."""

from tests.lessons.learner import Answers

DATA = (
    "X = tf.constant([[1., 0.], [1., 1.], [1., 2.]]); y = tf.constant([[1.], [3.], [5.]])\n"
    "theta = tf.Variable([[0.], [0.]]); error = tf.matmul(X, theta) - y\n"
)
LOSS = DATA + "loss = tf.reduce_mean(tf.square(error))\n"

ANSWERS = (
    Answers(
        wrong=(
            ("building = [1, 2, 3, 4]", "Line 1 is NumPy's"),
            ("building = [2, 3]", r"`building` is \[2, 3\].*Line 4 adds nodes, too"),
            ("building = [2, 3, 4, 6]", "Lines 5 to 7 run nodes"),
            ("building = [2, 3, 4, 8]", "There is no line 8"),
            ("building = 'all'", "a list of numbers is expected"),
        ),
        right=("building = [2, 3, 4]", "building = (4, 3, 2)", "building = {2, 3, 4}"),
    ),
    Answers(
        wrong=(
            ("steps = 3", "the bolder training's curve"),
            ("steps = 100", "`steps` is 100, but a larger number is expected. .*still above 0.6"),
            ("steps = 200", "below 0.6 before"),
            ("steps = 'a few'", "a number of steps is expected"),
        ),
        right=("steps = 139", "steps = np.int64(145)"),
    ),
    Answers(
        wrong=(
            (DATA + "loss = tf.reduce_sum(tf.square(error)); slope = tf.gradients(loss, [theta])[0]", "sum of the sq"),
            (LOSS + "slope = tf.gradients(loss, [theta])", "`slope` is a list, but a tensor is expected"),
            (LOSS + "slope = -tf.gradients(loss, [theta])[0]", r"slope at theta = \[0.0, 0.0\]\[.*\]` is 8.66667"),
            (LOSS + "slope = tf.constant([[-6.], [-26/3]])", r"slope at theta = \[2.0, -1.0\]"),
            ("theta = [0., 0.]; loss = 35/3; slope = [-6., -26/3]", "a tf.Variable is expected"),
        ),
        right=(
            LOSS + "slope = tf.gradients(loss, theta)[0]",
            DATA + "loss = tf.reduce_sum(error * error) / 3; slope = 2/3 * tf.matmul(tf.transpose(X), error)",
        ),
    ),
)
