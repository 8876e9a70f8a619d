"""What can be fed: placeholders, defaults, constants, results of operations."""

import graphlab as tf
import numpy as np

from tests.programs.prelude import reset_graph

reset_graph()

x = tf.placeholder(tf.float32, name="x")
d = tf.placeholder_with_default([1., 2.], shape=[None], name="d")
c = tf.constant(3.0, name="c")
s = tf.add(x, c, name="s")
t = tf.multiply(s, d, name="t")

with tf.Session() as sess:
    print(sess.run(t, {x: 1.0}))
    print(sess.run(t, {x: [1.0, 2.0], d: [10., 20.]}))
    print(sess.run(t, {s: 5.0}))
    print(sess.run(t, {"x:0": 2, c: 10}))
    print(sess.run([s, {"t": t, "pair": (s, [c])}], {x: 1}))
    print(sess.run("s:0", feed_dict={x: np.float64(2)}))
    print(sess.run({"a": s, "b": s.op}, {x: 4}))
