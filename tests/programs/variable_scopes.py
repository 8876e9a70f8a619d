"""Variable scopes: nesting, default names, reuse in all its forms."""

import graphlab as tf

from tests.programs.prelude import reset_graph

reset_graph()

with tf.variable_scope("outer", initializer=tf.constant_initializer(4.0)) as outer:
    v = tf.get_variable("v", shape=[2])
    with tf.variable_scope("inner"):
        w = tf.get_variable("w", shape=[])
        added = tf.add(w, 1.0, name="added")
with tf.variable_scope(outer, reuse=True):
    v_again = tf.get_variable("v", shape=[2])
    sum1 = tf.add(v_again, 1.0, name="sum")
with tf.variable_scope("outer", reuse=tf.AUTO_REUSE):
    v_auto = tf.get_variable("v", shape=[2])
    new = tf.get_variable("new", shape=[])
    sum2 = tf.add(v_auto, 1.0, name="sum")
with tf.variable_scope(None, default_name="layer"):
    l1 = tf.get_variable("k", shape=[1])
with tf.variable_scope(None, default_name="layer"):
    l2 = tf.get_variable("k", shape=[1])
with tf.variable_scope("outer/inner", reuse=True):
    w_again = tf.get_variable("w")
with tf.variable_scope("a"), tf.variable_scope("b"):
    deep = tf.get_variable("deep", shape=[], dtype=tf.float64)
    print(tf.get_variable_scope().name)
with tf.variable_scope("r", regularizer=lambda t: tf.reduce_sum(tf.square(t))):
    reg = tf.get_variable("reg", shape=[3], initializer=tf.ones_initializer())

print(v is v_again, v is v_auto, w is w_again)
print([x.op.name for x in (v, w, added, sum1, sum2, new, l1, l2, deep, reg)])
print(outer.name, outer.original_name_scope, outer.reuse)
print([t.name for t in tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)])

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    values = sess.run([v, w, added, sum1, reg])
print(values)
