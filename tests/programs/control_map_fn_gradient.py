"""The gradient through a mapped function."""

import graphlab as tf

from tests.programs.prelude import reset_graph

reset_graph()

elems = tf.Variable([[1., 2.], [3., 4.], [5., 6.]], name="elems")
squares = tf.map_fn(lambda row: tf.reduce_sum(row * row), elems)
gradient = tf.gradients(squares, [elems])[0]

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(gradient))
