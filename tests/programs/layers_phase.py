"""Dropout and batch normalisation of images that follow a fed training flag."""

import graphlab as tf
import numpy as np

from tests.programs.prelude import reset_graph

reset_graph()

training = tf.placeholder_with_default(False, shape=(), name="training")
images = tf.placeholder(tf.float32, shape=[None, 3, 3, 2], name="images")
normal = tf.layers.batch_normalization(images, training=training, momentum=0.8)
dropped = tf.layers.dropout(normal, 0.5, training=training)
loss = tf.reduce_mean(tf.abs(dropped))
update_ops = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
training_op = tf.train.MomentumOptimizer(0.05, 0.9).minimize(loss)

batch = np.sin(np.arange(5 * 3 * 3 * 2)).reshape(5, 3, 3, 2)
history = []
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(6):
        sess.run([training_op, update_ops], {images: batch, training: True})
        history.append(sess.run(loss, {images: batch}))
        history.append(sess.run(loss, {images: batch, training: step % 2 == 0}))
    first, second = sess.run(dropped, {images: batch, training: True}), sess.run(dropped, {images: batch})
    variables = sess.run(tf.global_variables())
print(["%.4f" % value for value in history])
