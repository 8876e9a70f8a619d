"""Two optimizers in name scopes, one with a given name and a decayed learning rate."""

import graphlab as tf

from tests.programs.prelude import reset_graph

reset_graph()

x = tf.Variable([1.0, -2.0], name="x")
with tf.name_scope("loss"):
    loss = tf.reduce_sum(tf.square(x), name="total")

with tf.name_scope("train"):
    global_step = tf.Variable(0, trainable=False, name="global_step")
    learning_rate = tf.train.exponential_decay(0.1, global_step, 10, 0.5)
    first = tf.train.MomentumOptimizer(learning_rate, momentum=0.9).minimize(loss, global_step=global_step)
    second = tf.train.AdamOptimizer(name="Second").minimize(loss, var_list=[x])

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(20):
        sess.run(first)
        sess.run(second)
    final = sess.run([x, global_step, learning_rate])
print(first.name, second.name)
print([v.op.name for v in tf.global_variables()])
