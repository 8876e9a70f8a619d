"""A name scope around the loss."""

import graphlab as tf
import numpy as np
from sklearn.preprocessing import StandardScaler

from tests.programs.prelude import fetch_california_housing, reset_graph

housing = fetch_california_housing()
m, n = housing.data.shape

scaler = StandardScaler()
scaled_housing_data = scaler.fit_transform(housing.data)
scaled_housing_data_plus_bias = np.c_[np.ones((m, 1)), scaled_housing_data]

reset_graph()

X = tf.placeholder(tf.float32, shape=(None, n + 1), name="X")
y = tf.placeholder(tf.float32, shape=(None, 1), name="y")
theta = tf.Variable(tf.random_uniform([n + 1, 1], -1.0, 1.0, seed=42), name="theta")
y_pred = tf.matmul(X, theta, name="predictions")

with tf.name_scope("losss") as scope:
    error = y_pred - y
    mse = tf.reduce_mean(tf.square(error), name="msee")

optimizer = tf.train.GradientDescentOptimizer(learning_rate=0.01)
training_op = optimizer.minimize(mse)

init = tf.global_variables_initializer()

print(scope)
print(error.op.name)
print(mse.op.name)

with tf.Session() as sess:
    sess.run(init)
    for batch_index in range(100):
        rows = slice(100 * batch_index, 100 * batch_index + 100)
        sess.run(training_op, feed_dict={X: scaled_housing_data_plus_bias[rows], y: housing.target.reshape(-1, 1)[rows]})
    best_theta = theta.eval()

print(best_theta)
