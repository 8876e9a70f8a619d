"""Python's operators on tensors, and the names they leave."""

import graphlab as tf

from tests.programs.prelude import reset_graph

reset_graph()

x = tf.constant([5., -3., 2.], name="x")
i = tf.constant([7, -7, 3], name="i")
p = tf.constant([True, False, True], name="p")
results = [
    x + 1, 1 + x, x - 1, 1 - x, x * 2, 2 * x, x / 2, 2 / x, x // 2., x % 2., x ** 2, 2 ** x, -x, abs(x),
    i + 1, i - 1, i * 2, i / 2, i // 2, i % 3, i ** 2, -i,
    x < 1., x <= 2., x > 1., x >= 2., p & [True, True, False], p | False, p ^ True, ~p,
    x[0], x[1:], x[::-1], x[-1], x[tf.newaxis, :], x[..., None],
]
for tensor in results:
    print(tensor)

with tf.Session() as sess:
    values = sess.run(results)
print(len(values))
