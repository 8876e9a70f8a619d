"""Rows looked up in a table; the gradient touches only these rows."""

import graphlab as tf

from tests.programs.prelude import reset_graph

reset_graph()

table = tf.Variable(tf.random_uniform([5, 3], -1.0, 1.0, seed=4), name="table")
ids = tf.placeholder(tf.int32, shape=[None], name="ids")
rows = tf.nn.embedding_lookup(table, ids)
loss = tf.reduce_sum(tf.square(rows))
gradient = tf.gradients(loss, [table])[0]
print(type(gradient).__name__)
training_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    sess.run(training_op, {ids: [1, 3, 1]})
    final = sess.run(table)
print(final.shape)
