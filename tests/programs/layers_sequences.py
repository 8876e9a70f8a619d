"""Dense layers on sequences, batch normalisation of an inner axis, and dropout of whole rows."""

import graphlab as tf
import numpy as np

from tests.programs.prelude import reset_graph

reset_graph()

x = tf.placeholder(tf.float32, shape=[None, 5, 6], name="x")
hidden = tf.layers.dense(x, 3, activation=tf.nn.tanh, name="hidden")
normal = tf.layers.batch_normalization(hidden, axis=1, training=True)
rows = tf.layers.dropout(normal, noise_shape=[None, 1, 3], training=True, seed=2)
output = tf.layers.dense(tf.layers.flatten(rows), 2)
ragged = tf.layers.flatten(tf.placeholder(tf.float32, shape=[None, None, 6]))
vector = tf.layers.flatten(tf.placeholder(tf.float32, shape=[7]))
loss = tf.nn.l2_loss(output)
training_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss)

print(hidden.shape, normal.shape, output.shape, ragged.shape, vector.shape)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    batch = np.cos(np.arange(4 * 5 * 6)).reshape(4, 5, 6)
    losses = [sess.run([loss, training_op], {x: batch})[0] for _ in range(4)]
