"""The layers of tf.contrib, as the book's first printing has them."""

import graphlab as tf

from tests.programs.prelude import reset_graph

fully_connected = tf.contrib.layers.fully_connected

reset_graph()

X = tf.placeholder(tf.float32, shape=(None, 6), name="X")
y = tf.placeholder(tf.int64, shape=(None), name="y")
is_training = tf.placeholder_with_default(False, shape=(), name="is_training")

with tf.name_scope("dnn"):
    with tf.contrib.framework.arg_scope([fully_connected], activation_fn=tf.nn.elu,
                                        weights_regularizer=lambda w: 0.1 * tf.reduce_sum(tf.abs(w))) as scope:
        hidden1 = fully_connected(X, 5, scope="hidden1")
        hidden1_drop = tf.contrib.layers.dropout(hidden1, 0.5, is_training=is_training)
        logits = fully_connected(hidden1_drop, 3, scope="outputs", activation_fn=None)
    with tf.contrib.framework.arg_scope(scope):
        again = fully_connected(X, 5, scope="hidden1", reuse=True)

plain = fully_connected(X, 2)
unbiased = fully_connected(X, 2, biases_initializer=None)
xentropy = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits)
loss = tf.add_n([tf.reduce_mean(xentropy)] + tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES), name="loss")
training_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss)

for name in ("trainable_variables", "model_variables", "regularization_losses"):
    print(name, [element.name for element in tf.get_collection(name)])

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    feeds = {X: [[1., 2., 3., 4., 5., 6.], [0., 1., 0., 1., 0., 1.]], y: [0, 2]}
    for step in range(3):
        sess.run(training_op, feed_dict=feeds)
        print(sess.run(loss, feed_dict=feeds))
    same, shared = sess.run([hidden1, again], feed_dict=feeds)
print((same == shared).all())
