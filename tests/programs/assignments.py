"""Several ways to change a variable, also at an index."""

import graphlab as tf

from tests.programs.prelude import reset_graph

reset_graph()

v = tf.Variable([1., 2., 3.], name="v")
m = tf.Variable(tf.zeros([2, 2]), name="m")
whole = v.assign([4., 5., 6.])
plus = v.assign_add([1., 1., 1.])
minus = v.assign_sub([0.5, 0.5, 0.5])
update = tf.scatter_update(v, [0, 2], [9., 8.])
add = tf.scatter_add(m, [1], [[1., 2.]])
cell = m[0, 1].assign(5.)
count = tf.count_up_to(tf.Variable(0, name="n"), 3)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for op in (whole, plus, minus, update, add, cell, count):
        print(sess.run(op))
