"""The gradient through a loop."""

import graphlab as tf

from tests.programs.prelude import reset_graph

reset_graph()

x = tf.placeholder(tf.float32, shape=(), name="x")
w = tf.Variable(1.5, name="w")
i0 = tf.constant(0)
_, power = tf.while_loop(lambda i, p: i < 4, lambda i, p: (i + 1, p * w * x), [i0, tf.constant(1.0)])
grads = tf.gradients(power, [x, w])

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run([power] + grads, {x: 2.0}))
