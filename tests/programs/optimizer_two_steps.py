"""compute_gradients and apply_gradients by hand, with a variable left out."""

import graphlab as tf

from tests.programs.prelude import reset_graph

reset_graph()

x = tf.Variable([1.0, 2.0], name="x")
frozen = tf.Variable([3.0, 4.0], name="frozen")
unused = tf.Variable(1.0, name="unused")
loss = tf.reduce_sum(x * x * frozen, name="loss")

optimizer = tf.train.GradientDescentOptimizer(learning_rate=0.1)
pairs = optimizer.compute_gradients(loss, var_list=[x, unused])
print([(None if g is None else g.name, v.name) for g, v in pairs])
capped = [(tf.clip_by_value(g, -5.0, 5.0), v) for g, v in pairs if g is not None]
training_op = optimizer.apply_gradients(capped, name="train")
print(training_op.name)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(3):
        sess.run(training_op)
    final = sess.run([x, frozen, unused])
print(final)
