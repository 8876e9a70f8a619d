"""A function builds each rectified unit."""

import graphlab as tf

from tests.programs.prelude import reset_graph

reset_graph()

def relu(X):
    w_shape = (int(X.get_shape()[1]), 1)
    w = tf.Variable(tf.random_normal(w_shape), name="weightss")
    b = tf.Variable(0.0, name="biass")
    z = tf.add(tf.matmul(X, w), b, name="zz")
    return tf.maximum(z, 0., name="reluu")

n_features = 3
X = tf.placeholder(tf.float32, shape=(None, n_features), name="XX")
relus = [relu(X) for i in range(5)]
output = tf.add_n(relus, name="outputt")

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    output_value = output.eval(feed_dict={X: [[1., 2., 3.], [-4., 5., 6.]]})
print(output_value)
