"""Two convolutions, pooling and a dense layer."""

import graphlab as tf
import numpy as np
from sklearn.datasets import load_digits

from tests.programs.prelude import reset_graph

digits = load_digits()
X_train = (digits.data / 16.0).astype(np.float32)[:200]
y_train = digits.target.astype(np.int32)[:200]

reset_graph()

X = tf.placeholder(tf.float32, shape=[None, 64], name="X")
X_reshaped = tf.reshape(X, shape=[-1, 8, 8, 1])
y = tf.placeholder(tf.int32, shape=[None], name="y")

conv1 = tf.layers.conv2d(X_reshaped, filters=4, kernel_size=3, strides=1, padding="SAME",
                         activation=tf.nn.relu, name="conv1")
conv2 = tf.layers.conv2d(conv1, filters=8, kernel_size=[3, 3], strides=2, padding="VALID",
                         activation=tf.nn.relu, name="conv2")
pool3 = tf.layers.max_pooling2d(conv2, pool_size=2, strides=1, padding="valid", name="pool3")
pool3_flat = tf.layers.flatten(pool3)
logits = tf.layers.dense(pool3_flat, 10, name="output")
xentropy = tf.nn.sparse_softmax_cross_entropy_with_logits(logits=logits, labels=y)
loss = tf.reduce_mean(xentropy)
training_op = tf.train.AdamOptimizer().minimize(loss)
accuracy = tf.reduce_mean(tf.cast(tf.nn.in_top_k(logits, y, 1), tf.float32))

init = tf.global_variables_initializer()

losses = []
with tf.Session() as sess:
    init.run()
    for step in range(20):
        sess.run(training_op, feed_dict={X: X_train, y: y_train})
        losses.append(loss.eval(feed_dict={X: X_train, y: y_train}))

losses = np.array(losses)
print(pool3.shape, pool3_flat.shape)
