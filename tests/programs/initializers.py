"""The initializers' values under a graph seed."""

import graphlab as tf
import numpy as np

from tests.programs.prelude import reset_graph

reset_graph()

shape = [3, 4]
kinds = {
    "zeros": tf.zeros_initializer(),
    "ones": tf.ones_initializer(),
    "constant": tf.constant_initializer([1., 2., 3., 4.] * 3),
    "uniform": tf.random_uniform_initializer(-2., 2.),
    "normal": tf.random_normal_initializer(1., 3., seed=5),
    "truncated": tf.truncated_normal_initializer(stddev=0.5),
    "glorot_uniform": tf.glorot_uniform_initializer(),
    "glorot_normal": tf.glorot_normal_initializer(seed=11),
    "he": tf.variance_scaling_initializer(scale=2.0, mode="fan_in"),
    "scaled_uniform": tf.variance_scaling_initializer(scale=1.0, mode="fan_avg", distribution="uniform"),
    "untruncated": tf.variance_scaling_initializer(distribution="untruncated_normal"),
}
variables = [tf.get_variable(name, shape=shape, initializer=kind) for name, kind in kinds.items()]
double = tf.get_variable("double", shape=shape, dtype=tf.float64, initializer=tf.glorot_uniform_initializer(seed=1))

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    first = sess.run(variables + [double])
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(all(np.array_equal(a, b) for a, b in zip(first, sess.run(variables + [double]))))
