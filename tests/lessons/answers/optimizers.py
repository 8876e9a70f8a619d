"""Answers to "Optimizers"."""

from tests.lessons.learner import Answers

W = "w = tf.Variable(0.0); loss = tf.square(w - 3.0)\n"
WB = "w = tf.Variable(1.0); b = tf.Variable(1.0); loss = tf.square(w + b - 5.0)\n"
FROZEN = "w = tf.Variable(1.0, trainable=False); b = tf.Variable(1.0); loss = tf.square(w + b - 5.0)\n"

ANSWERS = (
    Answers(
        wrong=(
            (W + "training_op = tf.train.GradientDescentOptimizer(0.1)", "the operation that minimize"),
            (W + "training_op = loss", "it does not train w"),
            (W + "training_op = tf.train.GradientDescentOptimizer(0.1).minimize(-loss)", "`w after 200 runs` is"),
        ),
        right=(
            W + "training_op = tf.train.MomentumOptimizer(0.1, 0.5).minimize(loss)",
            W + "training_op = tf.assign(w, w - 0.1 * 2 * (w - 3.0))",
        ),
    ),
    Answers(
        wrong=(
            ("w2 = -0.2", "plain gradient descent"),
            ("w2 = -0.19", "only the second step"),
            ("w2 = 0.29", "which way is downhill"),
        ),
        right=("w2 = -0.29", "w2 = np.float32(-0.1 - 0.19)"),
    ),
    Answers(
        wrong=(
            (WB + "training_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss)", "Only b shall be trained"),
            (
                WB + "training_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss, var_list=[w])",
                "`w after training` is 4, but 1",
            ),
            (WB + "training_op = tf.assign(b, b)", "`b after training` is 1, but 4 is expected"),
        ),
        right=(
            WB + "training_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss, var_list=[b])",
            FROZEN + "training_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss)",
        ),
    ),
)
