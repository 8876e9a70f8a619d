"""The cells of the measured notebook: two equal graphs train in turns, one of them plotted and watched."""

BUILD = """
import json, statistics, time
import ipywidgets
import numpy as np
import graphlab as tf
from IPython.display import display
from graphlab.datasets import load_california_housing
from labext import live

housing = load_california_housing()
scaled = (housing.data - housing.data.mean(axis=0)) / housing.data.std(axis=0)
inputs = np.c_[np.ones((len(scaled), 1)), scaled].astype(np.float32)
targets = housing.target.reshape(-1, 1).astype(np.float32)
BATCH, LEARNING_RATE = 100, 0.01
STEPS = -(-len(inputs) // BATCH)


class Training:
    def __init__(self):
        self.graph = tf.Graph()
        with self.graph.as_default():
            self.X = tf.placeholder(tf.float32, shape=(None, inputs.shape[1]), name="X")
            self.y = tf.placeholder(tf.float32, shape=(None, 1), name="y")
            theta = tf.Variable(tf.random_uniform([inputs.shape[1], 1], -1.0, 1.0, seed=42), name="theta")
            error = tf.matmul(self.X, theta, name="predictions") - self.y
            self.mse = tf.reduce_mean(tf.square(error), name="mse")
            self.step = tf.train.GradientDescentOptimizer(learning_rate=LEARNING_RATE).minimize(self.mse)
            init = tf.global_variables_initializer()
        self.session = tf.Session(graph=self.graph)
        self.session.run(init)

    def epoch(self):
        start = time.perf_counter()
        for _ in range(STEPS):
            chosen = np.random.randint(len(inputs), size=BATCH)
            feed = {self.X: inputs[chosen], self.y: targets[chosen]}
            self.session.run(self.step, feed_dict=feed)
        self.session.run(self.mse, feed_dict=feed)
        return time.perf_counter() - start


messages = 0
send = ipywidgets.Widget.send


def counted(self, *arguments, **options):
    global messages
    messages += 1
    return send(self, *arguments, **options)


# Before the views are made: their channels keep the method.
ipywidgets.Widget.send = counted
plain, watched = Training(), Training()
view = live.watch(watched.graph, values=[watched.mse])
plot = live.plot(watched.mse)
display(view, plot)
"""

MEASURE = """
for training in (plain, watched):
    training.epoch()
messages, times, begun_s = 0, {"plain": [], "watched": []}, time.perf_counter()
for _ in range(ROUNDS):
    times["plain"].append(plain.epoch())
    times["watched"].append(watched.epoch())
seconds = time.perf_counter() - begun_s
print(json.dumps({
    "plain_s": statistics.median(times["plain"]),
    "watched_s": statistics.median(times["watched"]),
    "steps": STEPS,
    "messages_a_second": messages / seconds,
}))
"""
