"""A deep network from plain operations."""

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

def neuron_layer(X, n_neurons, name, activation=None):
    with tf.name_scope(name):
        n_inputs = int(X.get_shape()[1])
        stddev = 2 / np.sqrt(n_inputs)
        init = tf.truncated_normal((n_inputs, n_neurons), stddev=stddev)
        W = tf.Variable(init, name="kernel")
        b = tf.Variable(tf.zeros([n_neurons]), name="bias")
        Z = tf.matmul(X, W) + b
        if activation is not None:
            return activation(Z)
        else:
            return Z

with tf.name_scope("dnn"):
    hidden1 = neuron_layer(X, n_hidden1, name="hidden1",
                           activation=tf.nn.relu)
    hidden2 = neuron_layer(hidden1, n_hidden2, name="hidden2",
                           activation=tf.nn.relu)
    logits = neuron_layer(hidden2, n_outputs, name="outputs")

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
            sess.run(training_op, feed_dict={X: X_batch, y: y_batch})
        loss_val = loss.eval(feed_dict={X: X_test, y: y_test})
        acc_val = accuracy.eval(feed_dict={X: X_test, y: y_test})
        print(epoch, "%.2f" % acc_val)
    Z = logits.eval(feed_dict={X: X_test[:5]})
    y_pred = np.argmax(Z, axis=1)
    final_shapes = [v.shape for v in sess.run(tf.trainable_variables())]

print(y_pred)
