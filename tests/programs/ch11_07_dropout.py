"""Dropout between the layers."""

import graphlab as tf
import numpy as np
from sklearn.datasets import load_digits

from tests.programs.prelude import reset_graph

digits = load_digits()
X_all = (digits.data / 16.0).astype(np.float32)
y_all = digits.target.astype(np.int32)
X_train, X_test = X_all[:1400], X_all[1400:]
y_train, y_test = y_all[:1400], y_all[1400:]

reset_graph()

n_inputs = 64
n_hidden1 = 30
n_hidden2 = 20
n_outputs = 10

X = tf.placeholder(tf.float32, shape=(None, n_inputs), name="X")
y = tf.placeholder(tf.int32, shape=(None), name="y")

training = tf.placeholder_with_default(False, shape=(), name='training')

dropout_rate = 0.5  # == 1 - keep_prob
X_drop = tf.layers.dropout(X, dropout_rate, training=training)

with tf.name_scope("dnn"):
    hidden1 = tf.layers.dense(X_drop, n_hidden1, activation=tf.nn.relu,
                              name="hidden1")
    hidden1_drop = tf.layers.dropout(hidden1, dropout_rate, training=training)
    hidden2 = tf.layers.dense(hidden1_drop, n_hidden2, activation=tf.nn.relu,
                              name="hidden2")
    logits = tf.layers.dense(hidden2, n_outputs, name="outputs")

with tf.name_scope("loss"):
    xentropy = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits)
    loss = tf.reduce_mean(xentropy, name="loss")

learning_rate = 0.1

with tf.name_scope("train"):
    optimizer = tf.train.GradientDescentOptimizer(learning_rate)
    training_op = optimizer.minimize(loss)

with tf.name_scope("eval"):
    correct = tf.nn.in_top_k(logits, y, 1)
    accuracy = tf.reduce_mean(tf.cast(correct, tf.float32))

init = tf.global_variables_initializer()

n_epochs = 5
batch_size = 50

with tf.Session() as sess:
    init.run()
    for epoch in range(n_epochs):
        for start in range(0, len(X_train), batch_size):
            X_batch, y_batch = X_train[start:start + batch_size], y_train[start:start + batch_size]
            sess.run(training_op, feed_dict={training: True, X: X_batch, y: y_batch})
        loss_val = loss.eval(feed_dict={X: X_test, y: y_test})
        acc_val = accuracy.eval(feed_dict={X: X_test, y: y_test})
        print(epoch, "%.2f" % acc_val)
    Z = logits.eval(feed_dict={X: X_test[:5]})
    y_pred = np.argmax(Z, axis=1)
    final_shapes = [v.shape for v in sess.run(tf.trainable_variables())]

print(y_pred)
