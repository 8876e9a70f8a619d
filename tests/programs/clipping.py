"""Clipping by value, norm, global norm and average norm."""

import graphlab as tf

from tests.programs.prelude import reset_graph

reset_graph()

t = tf.constant([[3., -4.], [0.5, 12.]], name="t")
u = tf.constant([1., 2., -2.], name="u")
by_value = tf.clip_by_value(t, -1.0, 5.0)
by_norm = tf.clip_by_norm(t, 5.0)
by_rows = tf.clip_by_norm(t, 5.0, axes=[1])
by_average = tf.clip_by_average_norm(t, 1.0)
clipped, norm = tf.clip_by_global_norm([t, None, u], 5.0)
alone = tf.global_norm([t, u])
grads = tf.gradients([by_value, by_norm], [t])

with tf.Session() as sess:
    for value in sess.run([by_value, by_norm, by_rows, by_average, clipped[0], clipped[2], norm, alone, grads[0]]):
        print(value)
