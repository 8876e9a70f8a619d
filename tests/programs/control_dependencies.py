"""Order by control dependencies, and scopes that clear them."""

import graphlab as tf

from tests.programs.prelude import reset_graph

reset_graph()

v = tf.Variable(1, name="v")
double = tf.assign(v, v * 2, name="double")
with tf.control_dependencies([double]):
    after = tf.identity(v.read_value(), name="after")
    constant = tf.constant(5, name="constant")
    with tf.control_dependencies(None):
        free = tf.constant(6, name="free")
    with tf.control_dependencies([constant.op]):
        both = tf.add(after, constant, name="both")
group = tf.group(double, constant.op, name="group")
ordered = tf.tuple([after, constant], name="ordered")
nothing = tf.no_op(name="nothing")
bare = tf.group(name="bare")

with tf.Session() as sess:
    sess.run(v.initializer)
    print(sess.run(after))
    print(sess.run(both))
    print(sess.run(free))
    print(sess.run(group))
    print(sess.run(v))
    print(sess.run(ordered))
