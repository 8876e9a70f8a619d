"""Mini-batches whose MSE goes to an event file every few steps, for TensorBoard."""

import glob
import tempfile
from datetime import datetime, timezone

import graphlab as tf
import numpy as np
from sklearn.preprocessing import StandardScaler

from tests.programs.prelude import fetch_california_housing, reset_graph

housing = fetch_california_housing()
m, n = housing.data.shape
scaled_housing_data = StandardScaler().fit_transform(housing.data)
scaled_housing_data_plus_bias = np.c_[np.ones((m, 1)), scaled_housing_data]

reset_graph()

_now = datetime.now(timezone.utc).strftime("%Y%m%d%H%M%S")
_root_logdir = tempfile.mkdtemp()
_logdir = "{}/run-{}/".format(_root_logdir, _now)

n_epochs = 2
learning_rate = 0.01
batch_size = 100
n_batches = int(np.ceil(m / batch_size))

def fetch_batch(epoch, batch_index, batch_size):
    np.random.seed(epoch * n_batches + batch_index)
    indices = np.random.randint(m, size=batch_size)
    X_batch = scaled_housing_data_plus_bias[indices]
    y_batch = housing.target.reshape(-1, 1)[indices]
    return X_batch, y_batch

X = tf.placeholder(tf.float32, shape=(None, n + 1), name="X")
y = tf.placeholder(tf.float32, shape=(None, 1), name="y")
theta = tf.Variable(tf.random_uniform([n + 1, 1], -1.0, 1.0, seed=42), name="theta")
y_pred = tf.matmul(X, theta, name="predictions")
with tf.name_scope("losss") as scope:
    error = y_pred - y
    mse = tf.reduce_mean(tf.square(error), name="msee")
optimizer = tf.train.GradientDescentOptimizer(learning_rate=learning_rate)
training_op = optimizer.minimize(mse)

init = tf.global_variables_initializer()
mse_summary = tf.summary.scalar('MSE', mse)
theta_summary = tf.summary.histogram('theta weights', theta)
merged = tf.summary.merge_all()
file_writer = tf.summary.FileWriter(_logdir, tf.get_default_graph())

with tf.Session() as sess:
    sess.run(init)

    for epoch in range(n_epochs):
        for batch_index in range(n_batches):
            X_batch, y_batch = fetch_batch(epoch, batch_index, batch_size)
            if batch_index % 50 == 0:
                summary_str = mse_summary.eval(feed_dict={X: X_batch, y: y_batch})
                step = epoch * n_batches + batch_index
                file_writer.add_summary(summary_str, step)
            sess.run(training_op, feed_dict={X: X_batch, y: y_batch})
    file_writer.add_summary(sess.run(merged, feed_dict={X: X_batch, y: y_batch}), step + 1)

    best_theta = theta.eval()

file_writer.close()

print(error.op.name)
print(mse.op.name)
(_path,) = glob.glob(_logdir + "events.out.tfevents.*")
for event in tf.train.summary_iterator(_path):
    kind = event.WhichOneof("what")
    print(event.step, kind)
    for value in event.summary.value:
        print(value.tag, value.simple_value, value.histo.num, list(value.histo.bucket))
del event, kind, value
