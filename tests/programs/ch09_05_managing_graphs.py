"""Nodes go to the default graph, or to one made the default for a block."""

import graphlab as tf

from tests.programs.prelude import reset_graph

reset_graph()

x1 = tf.Variable(1)
print(x1.graph is tf.get_default_graph())

graph = tf.Graph()
with graph.as_default():
    x2 = tf.Variable(2)

print(x2.graph is graph)
print(x2.graph is tf.get_default_graph())

print([op.name for op in graph.get_operations()])
