"""Answers to "Linear regression by the normal equation"."""

from tests.lessons.learner import Answers

DATA = "X = tf.constant([[1., 1.], [1., 2.], [1., 3.], [1., 4.]]); y = tf.constant([[3.], [5.], [7.], [10.]])\nXT = tf.transpose(X)\n"

ANSWERS = (
    Answers(
        wrong=(
            (DATA + "theta = tf.matmul(XT, y)", r"`theta\[\d, 0\]` is \d+, but"),
            (DATA + "theta = tf.matrix_inverse(tf.matmul(XT, X))", r"shape \(2, 2\), but shape \(2, 1\)"),
            (DATA + "theta = np.array([[0.5], [2.3]])", "a tensor is expected"),
        ),
        right=(
            DATA + "theta = tf.matmul(tf.matmul(tf.matrix_inverse(tf.matmul(XT, X)), XT), y)",
            DATA + "theta = tf.matrix_solve(tf.matmul(XT, X), tf.matmul(XT, y))",
        ),
    ),
    Answers(
        wrong=(
            ("dtype = 'float32'", "an array keeps its own type"),
            ("dtype = 'int32'", "floating-point numbers"),
            ("dtype = 'double'", "one of 'float32', 'float64'"),
        ),
        right=("dtype = 'float64'", "dtype = tf.constant(np.ones(3)).dtype.name"),
    ),
    Answers(
        wrong=(
            (DATA + "ridge = tf.matrix_solve(tf.matmul(XT, X), tf.matmul(XT, y))", "The penalty is missing"),
            (DATA + "ridge = tf.matrix_solve(tf.matmul(XT, X) - tf.eye(2), tf.matmul(XT, y))", "added, not subtracted"),
            (DATA + "ridge = tf.matrix_solve(tf.matmul(XT, X) + 1.0, tf.matmul(XT, y))", "on the diagonal only"),
        ),
        right=(
            DATA + "ridge = tf.matmul(tf.matmul(tf.matrix_inverse(tf.matmul(XT, X) + tf.eye(2)), XT), y)",
            DATA + "ridge = tf.matrix_solve(tf.matmul(XT, X) + tf.diag([1., 1.]), tf.matmul(XT, y))",
        ),
    ),
)
