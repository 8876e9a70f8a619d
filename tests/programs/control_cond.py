"""A conditional, its branches, and its gradient."""

import graphlab as tf

from tests.programs.prelude import reset_graph

reset_graph()

x = tf.placeholder(tf.float32, shape=(), name="x")
y = tf.Variable(2.0, name="y")
z = tf.cond(x > 0., lambda: x * y, lambda: y - x, name="choice")
pair = tf.cond(tf.less(x, 1.), lambda: (x, x + 1), lambda: (x * x, tf.constant(7.)))
grads = tf.gradients(z, [x, y])

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for value in (3., -3., 0.5):
        print(sess.run([z, pair, grads], feed_dict={x: value}))
