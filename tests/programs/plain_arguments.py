"""Lists and numbers in the place of tensors: where do their constants go, and what comes back?"""

import graphlab as tf

from tests.programs.prelude import reset_graph

reset_graph()

v = tf.Variable([[1., 2.], [3., 4.]], name="v")
results = [
    tf.reduce_sum([1., 2.]), tf.reduce_mean([[1., 2.]], name="mean"), tf.reduce_all([True, False]), tf.reduce_sum(v),
    tf.reduce_max([[1, 2], [3, 4]], axis=0), tf.reduce_logsumexp([1., 2.]), tf.add_n([1., 2.]), tf.divide([1., 2.], 4.),
    tf.sign([-2., 0.]), tf.where([True, False]), tf.conj([1., 2.]), tf.imag([1., 2.]), tf.sort([2., 1.]),
    tf.argsort([2., 1.]), tf.stack([[1., 2.], [3., 4.]], axis=1), tf.square(3.), tf.argmax([1., 3., 2.]),
    *tf.meshgrid([1., 2.], [3., 4.]),
]
print(results)
tuples = [tf.nn.top_k([1., 5., 3.], 2), tf.unique([3, 1, 3]), tf.unique_with_counts([3, 1, 3]), tf.setdiff1d([1, 2], [2])]
checked = tf.Assert(tf.reduce_all(tf.equal([1], [1])), ["never"])

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for value in sess.run(results):
        print(value)
    for value in sess.run(tuples):
        print(value)
    sess.run(checked)
print(tf.AUTO_REUSE)
