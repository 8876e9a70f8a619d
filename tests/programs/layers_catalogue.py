"""Layers with all that the book leaves at its default."""

import graphlab as tf
import numpy as np

from tests.programs.prelude import reset_graph

reset_graph()

images = tf.placeholder(tf.float32, shape=[None, 6, 6, 2], name="images")
with tf.variable_scope("outer"):
    with tf.name_scope("inner"):
        first = tf.layers.conv2d(images, 3, 3, padding="same", use_bias=False, name="first",
                                 kernel_regularizer=lambda w: 0.1 * tf.nn.l2_loss(w))
        normal = tf.layers.batch_normalization(first, training=True, momentum=0.5)
        pooled = tf.layers.max_pooling2d(tf.nn.relu(normal), 2, 2)
        smooth = tf.layers.average_pooling2d(pooled, pool_size=[2, 2], strides=1, padding="SAME")
        frozen = tf.layers.batch_normalization(smooth, training=False, scale=False, name="frozen")
flat = tf.layers.flatten(frozen)
dropped = tf.layers.dropout(flat, 0.25, training=True, seed=5)
kept = tf.layers.dropout(dropped, 0.25)
hidden = tf.layers.dense(kept, 4, activation=tf.nn.relu, bias_initializer=tf.constant_initializer(0.1))
centred = tf.layers.batch_normalization(hidden, training=True, center=False, epsilon=0.01)
shared = tf.layers.dense(centred, 4, name="shared", trainable=False)
again = tf.layers.dense(shared, 4, name="shared", reuse=True)
loss = tf.reduce_mean(tf.square(again)) + tf.losses.get_regularization_loss()
with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
    training_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss)

print([op.name for op in tf.get_collection(tf.GraphKeys.UPDATE_OPS)])
print([v.op.name for v in tf.trainable_variables()])
print([v.op.name for v in tf.global_variables()])
print(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))
print(first.shape, pooled.shape, smooth.shape, flat.shape, again.shape)
batch = np.arange(4 * 6 * 6 * 2).reshape(4, 6, 6, 2) % 7 / 7
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    losses = [sess.run([loss, training_op], {images: batch})[0] for _ in range(5)]
    moving = sess.run([v for v in tf.global_variables() if "moving" in v.op.name])
