"""get_variable makes a variable once and finds it again under reuse."""

import graphlab as tf

from tests.programs.prelude import reset_graph

reset_graph()

with tf.variable_scope("relu"):
    threshold = tf.get_variable("threshold", shape=(),
                                initializer=tf.constant_initializer(0.0))
created = threshold

with tf.variable_scope("relu", reuse=True):
    threshold = tf.get_variable("threshold")
print(threshold is created)

with tf.variable_scope("relu") as scope:
    scope.reuse_variables()
    threshold = tf.get_variable("threshold")
print(threshold is created, threshold.name)
