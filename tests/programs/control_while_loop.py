"""A loop that runs until its condition fails, with loop variables of several kinds."""

import graphlab as tf

from tests.programs.prelude import reset_graph

reset_graph()

n = tf.placeholder(tf.int32, shape=(), name="n")
i, total = tf.while_loop(lambda i, total: i < n,
                         lambda i, total: (i + 1, total + tf.cast(i, tf.float32)),
                         [tf.constant(0), tf.constant(0.0)], name="sum_loop")

with tf.Session() as sess:
    for value in (0, 1, 10):
        print(sess.run([i, total], {n: value}))
