"""Models that one side trains and saves and the other side restores and trains on: the chapter's, its exercise's, a deep one."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np

Feeds = dict[str, Any]
Model = Callable[[ModuleType], Feeds]
MODELS: dict[str, Model] = {}


def _model(build: Model) -> Model:
    MODELS[build.__name__] = build
    return build


@_model
def linear_regression(tf: ModuleType) -> Feeds:
    """Build the chapter's linear regression on a small random problem; return its batch."""
    n = 3
    x = tf.placeholder(tf.float32, shape=(None, n + 1), name="X")
    y = tf.placeholder(tf.float32, shape=(None, 1), name="y")
    theta = tf.Variable(tf.random_uniform([n + 1, 1], -1.0, 1.0, seed=42), name="theta")
    with tf.name_scope("loss"):
        error = tf.matmul(x, theta, name="predictions") - y
        mse = tf.reduce_mean(tf.square(error), name="mse")
    _train(tf, mse, tf.train.GradientDescentOptimizer(0.05))
    random = np.random.RandomState(1)
    features = np.c_[np.ones(20), random.randn(20, n)].astype(np.float32)
    return {"X:0": features, "y:0": features @ np.array([[1.0], [2.0], [3.0], [4.0]], np.float32)}


@_model
def logistic_regression(tf: ModuleType) -> Feeds:
    """Build the exercise's logistic regression with momentum and a counted step; return its batch."""
    x = tf.placeholder(tf.float32, shape=(None, 3), name="X")
    y = tf.placeholder(tf.float32, shape=(None, 1), name="y")
    with tf.name_scope("logistic_regression"):
        with tf.name_scope("model"):
            theta = tf.Variable(tf.random_uniform([3, 1], -1.0, 1.0, seed=42), name="theta")
            probability = tf.sigmoid(tf.matmul(x, theta, name="logits"))
        with tf.name_scope("train"):
            loss = tf.losses.log_loss(y, probability, scope="loss")
    tf.summary.scalar("log_loss", loss)
    step = tf.train.get_or_create_global_step()
    _train(tf, loss, tf.train.MomentumOptimizer(0.1, 0.9), global_step=step)
    random = np.random.RandomState(2)
    features = np.c_[np.ones(30), random.randn(30, 2)].astype(np.float32)
    return {"X:0": features, "y:0": (features[:, 1:2] > features[:, 2:3]).astype(np.float32)}


@_model
def deep_network(tf: ModuleType) -> Feeds:
    """Build a small deep network whose optimizer keeps slots, with a decaying rate; return its batch."""
    x = tf.placeholder(tf.float32, shape=(None, 4), name="X")
    y = tf.placeholder(tf.int64, shape=(None,), name="y")
    layer = x
    for number, width in enumerate((8, 8, 3)):
        with tf.variable_scope(f"layer{number}"):
            inputs = int(layer.shape[1])
            weights = tf.get_variable(
                "kernel", [inputs, width], initializer=tf.truncated_normal_initializer(seed=number)
            )
            bias = tf.get_variable("bias", [width], initializer=tf.zeros_initializer())
            layer = tf.nn.bias_add(tf.matmul(layer, weights), bias)
            if number < 2:
                layer = tf.nn.relu(layer)
    cross_entropy = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=layer)
    loss = tf.reduce_mean(cross_entropy, name="loss")
    step = tf.Variable(0, trainable=False, name="step")
    rate = tf.train.exponential_decay(0.05, step, 10, 0.5)
    _train(tf, loss, tf.train.AdamOptimizer(rate), global_step=step)
    random = np.random.RandomState(3)
    return {"X:0": random.randn(25, 4).astype(np.float32), "y:0": random.randint(0, 3, 25)}


def _train(tf: ModuleType, loss: Any, optimizer: Any, **arguments: Any) -> None:
    tf.add_to_collection("losses_to_watch", loss)
    tf.add_to_collection("train_op", optimizer.minimize(loss, **arguments))
