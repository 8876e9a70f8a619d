"""Exercises 1 to 3: evaluation alone and together, and sessions with variables of their own."""

import graphlab as tf
import numpy as np

from tests.programs.prelude import reset_graph

reset_graph()

a = tf.Variable(tf.random_uniform((2,), seed=1), name="a")
b = tf.assign_add(a, [1., 1.], name="b")
init = tf.global_variables_initializer()

with tf.Session() as sess, tf.Session() as other:
    sess.run(init)
    other.run(init)
    print(a.eval(session=sess) == sess.run(a))
    b_val = sess.run(b)
    print(sess.run(a) - other.run(a))
    for _ in range(3):
        sess.run(b)
    a_val, other_val = sess.run(a), other.run(a)

print(np.round(a_val - other_val, 3))
