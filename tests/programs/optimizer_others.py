"""Adadelta and Ftrl, double precision, a constraint, gates, and a penalty that is used twice."""

import graphlab as tf

from tests.programs.prelude import reset_graph

reset_graph()

x = tf.Variable([[1.0, -2.0], [0.5, 3.0]], name="x")
d = tf.get_variable("d", shape=[2], dtype=tf.float64, initializer=tf.constant_initializer(2.5))
bounded = tf.Variable([0.9, -0.9], name="bounded", constraint=lambda v: tf.minimum(v, 1.0))
with tf.variable_scope("penalised", regularizer=lambda v: 0.01 * tf.reduce_sum(tf.square(v))):
    p = tf.get_variable("p", shape=[2], initializer=tf.ones_initializer())
penalties = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
loss = tf.add_n([tf.reduce_sum(tf.square(x)), tf.reduce_sum(tf.square(p - 3.0))] + penalties, name="loss")
rising = -tf.reduce_sum(bounded)
double = tf.reduce_sum(d * d * d)

steps = [
    tf.train.AdadeltaOptimizer(0.5, rho=0.9).minimize(loss, var_list=[x]),
    tf.train.FtrlOptimizer(0.1, l1_regularization_strength=0.01, l2_regularization_strength=0.02).minimize(loss),
    tf.train.GradientDescentOptimizer(0.3).minimize(rising),
    tf.train.MomentumOptimizer(0.01, 0.5).minimize(double, gate_gradients=tf.train.Optimizer.GATE_GRAPH),
    tf.train.RMSPropOptimizer(0.01).minimize(double, gate_gradients=tf.train.Optimizer.GATE_NONE),
    tf.train.AdamOptimizer(0.01).minimize(double, aggregation_method=tf.AggregationMethod.EXPERIMENTAL_TREE),
]
print([step.name for step in steps])

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(6):
        for step in steps:
            sess.run(step)
    final = sess.run([x, d, bounded, p])
