"""The cells of the measured notebooks. In the loop's two equal graphs train in turns, one of them plotted and watched."""

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
# Until steps are made together.
WARM_UP = 11
# Some half a second, with several messages and pictures.
EPOCHS = 100


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
        for _ in range(STEPS):
            chosen = np.random.randint(len(inputs), size=BATCH)
            feed = {self.X: inputs[chosen], self.y: targets[chosen]}
            self.session.run(self.step, feed_dict=feed)
        self.session.run(self.mse, feed_dict=feed)

    def epochs(self, count):
        start = time.perf_counter()
        for _ in range(count):
            self.epoch()
        return (time.perf_counter() - start) / count


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
    training.epochs(WARM_UP)
sent, times = 0, {"plain": [], "watched": []}
for _ in range(ROUNDS):
    times["plain"].append(plain.epochs(EPOCHS))
    messages = 0
    times["watched"].append(watched.epochs(EPOCHS))
    sent += messages
print(json.dumps({
    "plain_s": statistics.median(times["plain"]),
    "watched_s": statistics.median(times["watched"]),
    "steps": STEPS,
    "messages_a_second": sent / sum(times["watched"]) / EPOCHS,
}))
"""

MANY = """
import json, os, time
import ipywidgets
import numpy as np
import graphlab as tf
from IPython.display import display
from labext import ScalarPlot, live

# Before the views are made: their channels keep the method.
drops = False
send = ipywidgets.Widget.send
ipywidgets.Widget.send = lambda self, *arguments, **options: None if drops else send(self, *arguments, **options)
plot = ScalarPlot(title="many")
curve = plot.open_curve("many", "run 1")
values = np.random.default_rng(0).normal(size=1_100_000)


def append(count):
    begin = len(plot)
    for step in range(begin, begin + count):
        curve.append(step, values[step])


plot
"""

FILL = "append(1_000_000)"

APPEND = """
for _ in range(20):
    append(1000)
    time.sleep(0.2)
"""

# The batch with the points is dropped, and nothing follows it.
GAP = """
time.sleep(1)
drops = True
append(1000)
plot._channel.flush()
drops = False
print(time.time())
"""

TRAINED = """
tf.reset_default_graph()
inputs = np.random.default_rng(0).normal(size=(100, 9)).astype(np.float32)
X = tf.constant(inputs, name="X")
y = tf.constant(inputs @ np.arange(9, dtype=np.float32).reshape(9, 1), name="y")
theta = tf.Variable(tf.random_uniform([9, 1], -1.0, 1.0, seed=42), name="theta")
mse = tf.reduce_mean(tf.square(tf.matmul(X, theta) - y), name="mse")
training_op = tf.train.GradientDescentOptimizer(0.001).minimize(mse)
sess = tf.InteractiveSession()
sess.run(tf.global_variables_initializer())
live.plot(mse)
"""

ONE_BY_ONE = """
stamps = []
for _ in range(20):
    time.sleep(0.3)
    sess.run(training_op)
    stamps.append(time.time())
print(json.dumps(stamps))
"""

COMPILED = """
compiled = live.plot(mse)
begun_s = time.perf_counter()
sess.run_steps(training_op, steps=100_000)
print(json.dumps([len(compiled), 100_000 / (time.perf_counter() - begun_s)]))
"""

TRAIN = "run = live.train(training_op, steps=10**9, metrics=[mse])"

CROWD = """
graphs = [live.watch(values=[mse, theta]) for _ in range(10)]
plots = [ScalarPlot(title=f"{number}") for number in range(10)]
curves = [one.open_curve("mse", "run 1") for one in plots]


def feed(step):
    for one in curves:
        one.append(step, step % 7)
    return {}


display(*graphs, *plots)
"""

CROWD_TRAIN = """
run = live.train(training_op, steps=10**9, feed=feed)
run.speed = 200.0
"""

MEMORY = """
resident = int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
print(json.dumps([run.step_count, resident]))
"""
