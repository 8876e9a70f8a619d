"""Two rectified units written out, with the cut and paste error."""

import graphlab as tf

from tests.programs.prelude import reset_graph

reset_graph()

n_features = 3
X = tf.placeholder(tf.float32, shape=(None, n_features), name="XX")

w1 = tf.Variable(tf.random_normal((n_features, 1)), name="weights11")
w2 = tf.Variable(tf.random_normal((n_features, 1)), name="weights22")
b1 = tf.Variable(0.0, name="bias11")
b2 = tf.Variable(0.0, name="bias22")

z1 = tf.add(tf.matmul(X, w1), b1, name="z11")
z2 = tf.add(tf.matmul(X, w2), b2, name="z22")

relu1 = tf.maximum(z1, 0., name="relu11")
relu2 = tf.maximum(z1, 0., name="relu22")  # Oops, cut&paste error! Did you spot it?

output = tf.add(relu1, relu2, name="output")

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    output_value = output.eval(feed_dict={X: [[1., 2., 3.], [-4., 5., 6.]]})
    weights = sess.run([w1, w2])
print(output_value)
