"""Only the branch taken changes a variable."""

import graphlab as tf

from tests.programs.prelude import reset_graph

reset_graph()

flag = tf.placeholder(tf.bool, shape=(), name="flag")
count = tf.Variable(0, name="count")
other = tf.Variable(10, name="other")
step = tf.cond(flag, lambda: tf.assign_add(count, 1), lambda: tf.assign_sub(other, 2))

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print([int(sess.run(step, {flag: value})) for value in (True, True, False, True, False)])
    print(sess.run([count, other]))
