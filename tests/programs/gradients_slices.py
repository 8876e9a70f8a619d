"""Gradients of lookups: slices, their sums, slices beside dense gradients, and ways of adding up."""

import graphlab as tf

from tests.programs.prelude import reset_graph

reset_graph()

table = tf.Variable([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], name="table")
x = tf.Variable([1.0, 2.0], name="x")
unused = tf.Variable([3.0, 4.0], name="unused")
first = tf.gather(table, [0, 2])
second = tf.gather(table, [1, 2])
both = tf.reduce_sum(first * first) + tf.reduce_sum(second * 3.0)

slices = tf.gradients(both, table)[0]
dense = tf.gradients(both + tf.reduce_sum(tf.square(table)), table)[0]
print(type(slices).__name__, slices.name, slices.indices.name, slices.dense_shape.name)
many = tf.add_n([x, x * x, x * 2.0, tf.exp(x)])
sums = [tf.gradients(many, x, aggregation_method=method, name="by_%d" % method)[0] for method in (0, 1, 2)]
zeros = tf.gradients(many, [x, unused], unconnected_gradients=tf.UnconnectedGradients.ZERO)
with tf.device("/cpu:0"):
    placed = tf.square(x, name="placed")
beside = tf.gradients(placed, x, colocate_gradients_with_ops=True, gate_gradients=True)
halves = tf.split(x, 2)
part = tf.gradients(halves[0], x)[0]
whole = tf.cast(tf.shape(x), tf.float32) * x
shaped = tf.gradients(whole, x)[0]
counted = tf.gradients(tf.cast(x, tf.int32) * 2, x)

print(counted)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    rows = sess.run([slices.values, slices.indices])
    values = sess.run([dense, *sums, *zeros, *beside, part, shaped])
    fetched = sess.run({"slices": slices, "name": slices.name})
print(fetched["slices"])
