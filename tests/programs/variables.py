"""Kinds of initial values, collections, and reading variables back."""

import graphlab as tf
import numpy as np

from tests.programs.prelude import reset_graph

reset_graph()

a = tf.Variable(3, name="a", dtype=tf.int64)
b = tf.Variable([1.5, 2.5], name="b", trainable=False)
c = tf.Variable(lambda: tf.zeros([2, 2]), name="c")
d = tf.Variable(np.float64(7.0), name="d")
e = tf.Variable(a.initialized_value() * 2, name="e")
local = tf.Variable(1.0, name="local", collections=[tf.GraphKeys.LOCAL_VARIABLES])
f = tf.get_variable("f", shape=[2], dtype=tf.float64, initializer=tf.ones_initializer())
g = tf.get_variable("g", initializer=tf.constant([1, 2]))
h = tf.get_variable("h", shape=(2, 3))
k = tf.get_variable("k", shape=[3], initializer=tf.zeros_initializer(), trainable=False)

print(a, b)
print(repr(c))
print([v.name for v in tf.global_variables()])
print([v.name for v in tf.trainable_variables()])
print([v.name for v in tf.local_variables()])
ready = tf.report_uninitialized_variables()
up = tf.assign_add(a, 5)
down = tf.assign_sub(b, [0.5, 0.5])
sums = [a + 1, b * 2., c + 1., -d]

with tf.Session() as sess:
    sess.run(tf.variables_initializer([a, b]))
    print(sorted(sess.run(ready)))
    sess.run([tf.global_variables_initializer(), tf.local_variables_initializer()])
    print(sess.run(up), sess.run(down))
    print(sess.run(sums))
    b.load([9., 9.], sess)
    final = sess.run(tf.global_variables())
    print(final[1], final[4])
