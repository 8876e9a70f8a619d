"""A function mapped over the rows of a tensor, and a running sum by scan."""

import graphlab as tf

from tests.programs.prelude import reset_graph

reset_graph()

elems = tf.constant([[1., 2.], [3., 4.], [5., 6.]], name="elems")
squares = tf.map_fn(lambda row: tf.reduce_sum(row * row), elems)
as_ints = tf.map_fn(lambda row: tf.cast(row[0], tf.int32), elems, dtype=tf.int32)
folded = tf.foldl(lambda a, row: a + row, elems)
running = tf.scan(lambda a, row: a + row, elems)

with tf.Session() as sess:
    for value in sess.run([squares, as_ints, folded, running]):
        print(value)
