"""The runs that the tests look at in TensorBoard: the chapter's training, twice, in folders with time stamps."""

from __future__ import annotations

from pathlib import Path

import numpy as np

import graphlab as tf

RUNS = ("run-20240101000000", "run-20240101000100")
STEPS = 5


def write_runs(logdir: Path) -> dict[str, list[float]]:
    """Train in each run's folder and return the MSE of each step by run."""
    written = {}
    for seed, run in enumerate(RUNS):
        with tf.Graph().as_default() as graph:
            tf.set_random_seed(seed)
            x = tf.placeholder(tf.float32, shape=(None, 3), name="X")
            y = tf.placeholder(tf.float32, shape=(None, 1), name="y")
            theta = tf.Variable(tf.random_uniform([3, 1], -1.0, 1.0, seed=seed + 1), name="theta")
            with tf.name_scope("loss"):
                error = tf.matmul(x, theta, name="predictions") - y
                mse = tf.reduce_mean(tf.square(error), name="mse")
            train = tf.train.GradientDescentOptimizer(0.05).minimize(mse)
            mse_summary = tf.summary.scalar("MSE", mse)
            tf.summary.histogram("parameters", theta)
            tf.summary.image("weights", tf.reshape(theta, [1, 3, 1, 1]))
            tf.summary.text("notes", tf.constant("**bold** words"))
            merged = tf.summary.merge_all()
            random = np.random.RandomState(0)
            feeds = {x: random.randn(10, 3), y: random.randn(10, 1)}
            values = []
            with tf.Session() as sess, tf.summary.FileWriter(logdir / run, graph) as writer:
                sess.run(tf.global_variables_initializer())
                for step in range(STEPS):
                    values.append(float(sess.run(mse, feeds)))
                    writer.add_summary(sess.run(mse_summary if step % 2 else merged, feeds), step)
                    sess.run(train, feeds)
                metadata = tf.RunMetadata()
                options = tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE)
                sess.run([train, mse], feeds, options=options, run_metadata=metadata)
                writer.add_run_metadata(metadata, "traced step", STEPS)
            written[run] = values
    return written
