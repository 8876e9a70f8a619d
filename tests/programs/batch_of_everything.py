"""A small zoo of operations in one graph, as a lesson might show them."""

import graphlab as tf

from tests.programs.prelude import reset_graph

reset_graph()

x = tf.constant([[1., 2., 3.], [4., 5., 6.]], name="x")
reduced = [tf.reduce_sum(x), tf.reduce_mean(x, 0), tf.reduce_max(x, axis=1), tf.reduce_min(x, axis=-1, keepdims=True),
           tf.reduce_prod(x), tf.reduce_logsumexp(x), tf.norm(x), tf.reduce_any(x > 5.), tf.reduce_all(x > 0.)]
shaped = [tf.reshape(x, [-1]), tf.transpose(x), tf.expand_dims(x, 1), tf.squeeze(tf.expand_dims(x, 0)),
          tf.concat([x, x], axis=0), tf.stack([x, x], axis=1), tf.tile(x, [1, 2]), tf.pad(x, [[0, 0], [1, 1]]),
          tf.reverse(x, [1]), tf.one_hot([0, 2], 3), tf.cast(x, tf.int32), tf.range(3), tf.linspace(0., 1., 5),
          tf.zeros_like(x), tf.ones([2]), tf.fill([2, 2], 7), tf.eye(2), tf.diag([1., 2.]), tf.shape(x), tf.size(x),
          tf.rank(x), tf.argmax(x, 1), tf.argmin(x, 0), tf.where(x > 2.), tf.where(x > 2., x, -x), tf.gather(x, [1, 0])]

for tensor in reduced + shaped:
    print(tensor)
with tf.Session() as sess:
    values = sess.run(reduced + shaped)
print(len(values))
