"""MomentumOptimizer on a small regression, 1000 steps with a step counter."""

import graphlab as tf
import numpy as np

from tests.programs.prelude import reset_graph

reset_graph()

data = np.random.RandomState(7).normal(size=(20, 3)).astype(np.float32)
noise = 0.1 * np.random.RandomState(8).normal(size=(20, 1)).astype(np.float32)
target = data.dot(np.array([[1.5], [-2.0], [0.5]], dtype=np.float32)) + 0.25 + noise

X = tf.placeholder(tf.float32, shape=(None, 3), name="X")
y = tf.placeholder(tf.float32, shape=(None, 1), name="y")
w = tf.Variable(tf.random_uniform([3, 1], -1.0, 1.0, seed=3), name="w")
b = tf.Variable(0.0, name="b")
loss = tf.reduce_mean(tf.square(tf.matmul(X, w) + b - y), name="loss")
global_step = tf.Variable(0, trainable=False, name="global_step")
optimizer = tf.train.MomentumOptimizer(0.05, 0.9, use_nesterov=True)
training_op = optimizer.minimize(loss, global_step=global_step)

init = tf.global_variables_initializer()
slots = optimizer.get_slot_names()
print(slots)
print([v.name for v in optimizer.variables()])

trail = []
with tf.Session() as sess:
    sess.run(init)
    for step in range(1000):
        rows = slice(step % 4 * 5, step % 4 * 5 + 5)
        _, loss_val = sess.run([training_op, loss], feed_dict={X: data[rows], y: target[rows]})
        if step in (0, 1, 2, 10, 50):
            trail.append(loss_val)
    final = sess.run([w, b, global_step])
    kept = np.concatenate([np.ravel(v) for v in sess.run(optimizer.variables())])

trail = np.array(trail)
print(final[0].shape)
