"""Device strings on nodes."""

import graphlab as tf

from tests.programs.prelude import reset_graph

reset_graph()

with tf.device("/cpu:0"):
    a = tf.Variable(3.0, name="a")
    with tf.device("/job:localhost"):
        b = a * 2
    with tf.device(None):
        c = b + 1
with tf.device(lambda op: "/device:CPU:0" if op.type == "MatMul" else ""):
    d = tf.matmul([[1.0]], [[2.0]])
with tf.colocate_with(a.op):
    e = tf.constant(1.0, name="e")

print([t.device for t in (a, b, c, d, e)])
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run([b, c, d, e]))
