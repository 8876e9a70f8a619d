"""An imported graph, its gradients and slots included, gets further training ops: which names are taken?"""

import graphlab as tf

from tests.programs.prelude import reset_graph

with tf.Graph().as_default():
    x = tf.placeholder(tf.float32, [None, 2], name="x")
    w = tf.Variable(tf.ones([2, 1]), name="w")
    loss = tf.reduce_mean(tf.square(tf.matmul(x, w)), name="loss")
    tf.train.AdamOptimizer().minimize(loss, name="train")
    tf.train.Saver()
    meta_graph = tf.train.export_meta_graph()

reset_graph()

tf.train.import_meta_graph(meta_graph)
loss = tf.get_default_graph().get_tensor_by_name("loss:0")
tf.train.GradientDescentOptimizer(0.1).minimize(loss)
with tf.name_scope("train"):
    training_op = tf.train.MomentumOptimizer(0.1, 0.9).minimize(loss)
gradients = tf.gradients(loss, tf.global_variables())
tf.train.Saver()
init = tf.global_variables_initializer()

with tf.Session() as sess:
    init.run()
    for step in range(3):
        sess.run(training_op, feed_dict={"x:0": [[1., 2.], [3., 5.]]})
        print(loss.eval(feed_dict={"x:0": [[1., 2.]]}))

with tf.Graph().as_default():
    tf.train.get_or_create_global_step()
    meta_graph = tf.train.export_meta_graph()
with tf.Graph().as_default():
    tf.train.import_meta_graph(meta_graph)
    print(tf.train.get_global_step().name, tf.get_collection(tf.GraphKeys.GLOBAL_STEP))
