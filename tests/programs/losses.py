"""The ready-made losses with weights and reductions."""

import graphlab as tf
import numpy as np

from tests.programs.prelude import reset_graph

reset_graph()

labels = tf.constant([[0., 1.], [1., 0.], [1., 1.]], name="labels")
guesses = tf.placeholder(tf.float32, shape=[None, 2], name="guesses")
mean = tf.losses.mean_squared_error(labels, guesses)
absolute = tf.losses.absolute_difference(labels, guesses, weights=2.0)
logarithmic = tf.losses.log_loss(labels, guesses)
huber = tf.losses.huber_loss(labels, guesses, delta=0.3)
hinge = tf.losses.hinge_loss(labels, guesses)
cross = tf.losses.sigmoid_cross_entropy(labels, guesses)
softmax = tf.losses.softmax_cross_entropy(labels, guesses)
sparse = tf.losses.sparse_softmax_cross_entropy([0, 1, 1], guesses)
total = tf.losses.get_total_loss()
gradient = tf.gradients(total, guesses)[0]

print([t.name for t in tf.losses.get_losses()])
with tf.Session() as sess:
    feed = {guesses: [[0.2, 0.9], [0.6, 0.3], [0.7, 0.8]]}
    values = sess.run([mean, absolute, logarithmic, huber, hinge, cross, softmax, sparse, total], feed)
    gradient_val = sess.run(gradient, feed)
print(np.round(values, 4))
