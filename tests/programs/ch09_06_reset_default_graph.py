"""A reset gives an empty default graph and starts the names anew."""

import graphlab as tf

from tests.programs.prelude import reset_graph

reset_graph()

first = tf.Variable(1, name="x")
second = tf.Variable(1, name="x")
print(first.name, second.name)

tf.reset_default_graph()

third = tf.Variable(1, name="x")
print(third.name, len(tf.get_default_graph().get_operations()))
