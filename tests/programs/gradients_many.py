"""Several ys and xs, given output gradients, stopped and missing paths."""

import graphlab as tf

from tests.programs.prelude import reset_graph

reset_graph()

a = tf.Variable([[1., 2.], [3., 4.]], name="a")
b = tf.Variable([[0.5], [1.5]], name="b")
u = tf.matmul(a, b, name="u")
v = tf.reduce_sum(u * u + tf.transpose(u), name="v")
w = tf.stop_gradient(u) * u
unrelated = tf.Variable(1.0, name="unrelated")

first = tf.gradients([v, u], [a, b])
with_grad_ys = tf.gradients(u, [a, b], grad_ys=[tf.constant([[1.], [2.]])])
stopped = tf.gradients(v, [a, b], stop_gradients=[u])
through_stop = tf.gradients(w, b)
none = tf.gradients(v, [unrelated])
to_inner = tf.gradients(v, u, name="inner")
second = tf.gradients(first[1], b)

print(none, stopped)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for value in sess.run([first, with_grad_ys, through_stop, to_inner, second]):
        print(value)
