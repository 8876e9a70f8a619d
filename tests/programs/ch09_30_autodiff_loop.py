"""A gradient through a hundred rounds of a loop."""

import graphlab as tf
import numpy as np

from tests.programs.prelude import reset_graph

reset_graph()

def my_func(a, b):
    z = 0
    for i in range(100):
        z = a * np.cos(z + i) + z * np.sin(b - i)
    return z

print(my_func(0.2, 0.3))

reset_graph()

a = tf.Variable(0.2, name="a")
b = tf.Variable(0.3, name="b")
z = tf.constant(0.0, name="z0")
for i in range(100):
    z = a * tf.cos(z + i) + z * tf.sin(b - i)

grads = tf.gradients(z, [a, b])
init = tf.global_variables_initializer()

with tf.Session() as sess:
    init.run()
    z_val = z.eval()
    grads_val = sess.run(grads)

print("%.5f" % z_val)
print("%.4f %.4f" % tuple(grads_val))
