"""Python's operators on tensors, and the names they leave."""

import graphlab as tf
import numpy as np

from tests.programs.prelude import reset_graph

reset_graph()

x = tf.constant([5., -3., 2.], name="x")
i = tf.constant([7, -7, 3], name="i")
p = tf.constant([True, False, True], name="p")
results = [
    x + 1, 1 + x, x - 1, 1 - x, x * 2, 2 * x, x / 2, 2 / x, x // 2., x % 2., x ** 2, 2 ** x, -x, abs(x),
    i + 1, i - 1, i * 2, i / 2, i // 2, i % 3, i ** 2, -i,
    x < 1., x <= 2., x > 1., x >= 2., p & [True, True, False], p | False, p ^ True, ~p,
    np.eye(3) @ tf.ones([3, 2]), tf.ones([2, 3]) @ np.eye(3, dtype=np.float32),
    x[0], x[1:], x[::-1], x[-1], x[tf.newaxis, :], x[..., None],
]
for tensor in results:
    print(tensor)

with tf.Session() as sess:
    values = sess.run(results)
print(len(values))

v = tf.Variable(np.ones((2, 2)), name="v")
for tensor in (np.ones((2, 2)) @ v, v @ np.ones((2, 2)), np.arange(2.) * v, np.float64(2) - v, np.ones((2, 2)) > v):
    print(tensor)
