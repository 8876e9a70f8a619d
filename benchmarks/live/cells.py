"""The cells of the measured notebooks. The loop is the chapter's; two equal graphs train in turns, one plotted and watched."""

BUILD = """
import json, statistics, time
import ipywidgets
import numpy as np
import graphlab as tf
from IPython.display import display
from graphlab.datasets import load_california_housing
from labext import live

housing = load_california_housing()
m, n = housing.data.shape
scaled_data = (housing.data - housing.data.mean(axis=0)) / housing.data.std(axis=0)
scaled_housing_data_plus_bias = np.c_[np.ones((m, 1)), scaled_data]
learning_rate, batch_size = 0.01, 100
n_batches = int(np.ceil(m / batch_size))
# Until steps are made together.
WARM_UP = 11
# Some two seconds: a training goes on for longer than its first messages.
EPOCHS = 300


def fetch_batch(epoch, batch_index, batch_size):
    np.random.seed(epoch * n_batches + batch_index)
    indices = np.random.randint(m, size=batch_size)
    X_batch = scaled_housing_data_plus_bias[indices]
    y_batch = housing.target.reshape(-1, 1)[indices]
    return X_batch, y_batch


class Training:
    def __init__(self):
        self.graph = tf.Graph()
        with self.graph.as_default():
            self.X = tf.placeholder(tf.float32, shape=(None, n + 1), name="X")
            self.y = tf.placeholder(tf.float32, shape=(None, 1), name="y")
            self.theta = tf.Variable(tf.random_uniform([n + 1, 1], -1.0, 1.0, seed=42), name="theta")
            y_pred = tf.matmul(self.X, self.theta, name="predictions")
            error = y_pred - self.y
            self.mse = tf.reduce_mean(tf.square(error), name="mse")
            optimizer = tf.train.GradientDescentOptimizer(learning_rate=learning_rate)
            self.training_op = optimizer.minimize(self.mse)
            init = tf.global_variables_initializer()
        self.sess = tf.Session(graph=self.graph)
        self.sess.run(init)

    def epochs(self, n_epochs):
        X, y, training_op, sess = self.X, self.y, self.training_op, self.sess
        start = time.perf_counter()
        for epoch in range(n_epochs):
            for batch_index in range(n_batches):
                X_batch, y_batch = fetch_batch(epoch, batch_index, batch_size)
                sess.run(training_op, feed_dict={X: X_batch, y: y_batch})
        self.theta.eval(session=sess)
        return (time.perf_counter() - start) / n_epochs


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
    "steps": n_batches,
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

RUNS = """
stamps = []
for _ in range({count}):
    time.sleep({pause_s})
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
