"""Each optimizer on a table of which only some rows are looked up, one of them twice."""

import graphlab as tf

from tests.programs.prelude import reset_graph

reset_graph()

ids = tf.constant([1, 3, 1], name="ids")
optimizers = {
    "sgd": tf.train.GradientDescentOptimizer(0.1),
    "momentum": tf.train.MomentumOptimizer(0.1, 0.9),
    "nesterov": tf.train.MomentumOptimizer(0.1, 0.9, use_nesterov=True, name="Nesterov"),
    "adagrad": tf.train.AdagradOptimizer(0.5),
    "rms": tf.train.RMSPropOptimizer(0.01),
    "centered": tf.train.RMSPropOptimizer(0.01, centered=True, name="Centered"),
    "adam": tf.train.AdamOptimizer(0.05),
    "adadelta": tf.train.AdadeltaOptimizer(0.5),
    "ftrl": tf.train.FtrlOptimizer(0.1),
}
tables, steps = [], []
for name, optimizer in optimizers.items():
    table = tf.Variable(tf.random_uniform([5, 2], -1.0, 1.0, seed=4), name=name)
    rows = tf.nn.embedding_lookup(table, ids)
    tables.append(table)
    steps.append(optimizer.minimize(tf.reduce_sum(tf.square(rows - 0.5)), var_list=[table]))

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(5):
        sess.run(steps)
    final = sess.run(tables)
