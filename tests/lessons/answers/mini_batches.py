"""Answers to "Feeding data"."""

from tests.lessons.learner import Answers

A = "A = tf.placeholder(tf.float32, shape=(None, 3))\n"

ANSWERS = (
    Answers(
        wrong=(
            (A + "B = tf.reduce_sum(A)", r"`B` is of shape \(\), but shape \(2,\) is expected. There is one sum"),
            (A + "B = tf.reduce_sum(A, axis=0)", "one sum for each row"),
            ("A = tf.placeholder(tf.float32, shape=(2, 3)); B = tf.reduce_sum(A, axis=1)", "any number of rows"),
            ("A = [[1, 2, 3]]; B = 6", "a tf.placeholder is expected"),
        ),
        right=(A + "B = tf.reduce_sum(A, axis=1)", A + "B = tf.matmul(A, tf.ones((3, 1)))"),
    ),
    Answers(
        wrong=(
            ("n_batches = 161", "leave 32 rows over"),
            ("n_batches = 20640 / 128", "a batch that you run"),
            ("n_batches = 207", "is 207, but 162 is expected"),
        ),
        right=("n_batches = 162", "n_batches = -(-20640 // 128)"),
    ),
    Answers(
        wrong=(
            ("batches = lambda m, k: [np.random.randint(m, size=k) for _ in range(11)]", "more than once"),
            ("batches = lambda m, k: np.random.permutation(m)[:100].reshape(10, 10)", "is 100 rows, but 103"),
            ("batches = lambda m, k: [np.arange(s, min(s + k, m)) for s in range(0, m, k)]", "old order: shuffle"),
            ("batches = lambda m, k: [np.random.permutation(m)]", "but at most 10"),
        ),
        right=(
            "batches = lambda m, k: np.array_split(np.random.permutation(m), -(-m // k))",
            "def batches(m, k):\n    order = np.random.permutation(m)\n    for s in range(0, m, k): yield order[s:s + k]",
        ),
    ),
)
