"""Answers to "Gradient descent by hand"."""

from tests.lessons.learner import Answers

DATA = (
    "x = tf.constant([1., 2., 3.]); y = tf.constant([2., 4., 6.]); w = tf.Variable(0.0)\n"
    "loss = tf.reduce_mean(tf.square(w * x - y))\n"
)
GRADIENT = DATA + "gradient = tf.reduce_mean(2 * (w * x - y) * x)\n"

ANSWERS = (
    Answers(
        wrong=(
            (DATA + "gradient = tf.reduce_mean((w * x - y) * x)", "is -9.33333, but -18.6667 is expected. .*factor 2"),
            (DATA + "gradient = tf.reduce_sum(2 * (w * x - y) * x)", "The mean divides"),
            (DATA + "gradient = tf.reduce_mean(2 * (w * x - y))", "chain rule"),
            (DATA + "gradient = tf.constant(-56 / 3)", "must be computed from w"),
        ),
        right=(
            DATA + "gradient = 2 / 3 * tf.reduce_sum(x * (w * x - y))",
            DATA + "gradient = tf.gradients(loss, [w])[0]",
        ),
    ),
    Answers(
        wrong=(
            (GRADIENT + "step = w - 0.1 * gradient", "still 0 after a run of `step`"),
            (GRADIENT + "step = tf.assign(w, w + 0.1 * gradient)", "uphill"),
            (GRADIENT + "step = tf.assign(w, w - gradient)", "learning rate 0.1 is missing"),
            (DATA + "step = tf.assign(w, 5.6 / 3)", "`w after two steps` is 1.86667"),
        ),
        right=(
            GRADIENT + "step = tf.assign_sub(w, 0.1 * gradient)",
            GRADIENT + "step = w.assign(w - gradient / 10).op",
        ),
    ),
    Answers(
        wrong=(
            ("limit = 0.5", "exactly in the minimum"),
            ("limit = 2", "2 η, not η"),
            ("limit = 'one'", "a number is expected"),
        ),
        right=("limit = 1", "limit = np.float32(1.0)"),
    ),
)
