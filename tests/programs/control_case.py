"""tf.case picks the first branch whose predicate holds."""

import graphlab as tf

from tests.programs.prelude import reset_graph

reset_graph()

x = tf.placeholder(tf.float32, shape=(), name="x")
picked = tf.case([(x < 0., lambda: tf.constant(-1.)), (x > 10., lambda: tf.constant(10.))], default=lambda: x * 2.)

with tf.Session() as sess:
    print([float(sess.run(picked, {x: value})) for value in (-5., 3., 20.)])
