"""Learning rates that fall, a moving average of a tensor, and the global step."""

import graphlab as tf

from tests.programs.prelude import reset_graph

reset_graph()

step = tf.train.get_or_create_global_step()
print(tf.train.get_global_step() is step, step.name, step.dtype)
rates = [
    tf.train.exponential_decay(0.1, step, 4, 0.5, staircase=True),
    tf.train.natural_exp_decay(0.1, step, 4, 0.5),
    tf.train.inverse_time_decay(0.1, step, 4, 0.5, name="inverse"),
    tf.train.polynomial_decay(0.1, step, 4, power=2.0),
    tf.train.polynomial_decay(0.1, step, 4, cycle=True),
    tf.train.cosine_decay(0.1, step, 10, alpha=0.1),
]
x = tf.Variable([2.0, -1.0], name="x")
ahead = tf.multiply(x, 2.0, name="ahead")
average = tf.train.ExponentialMovingAverage(0.9, num_updates=step)
follow = average.apply([ahead])
train = tf.train.GradientDescentOptimizer(rates[0]).minimize(tf.reduce_sum(tf.square(x)), global_step=step)
print(average.average(ahead).name, average.average_name(x), follow.name)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    trail = []
    for _ in range(6):
        trail.append(sess.run(rates))
        sess.run(follow)
        sess.run(train)
    final = sess.run([x, average.average(ahead)])
    print(tf.train.global_step(sess, step))
