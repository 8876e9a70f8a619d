"""Random numbers to be drawn alike: kinds of draws, seeds of graph and operation, and several runs and sessions."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

import numpy as np

from tests.oracle.graph_json import Json

Draw = Callable[[ModuleType, int | None], Any]
LARGEST_STORED_BYTES = 256

DRAWS: Mapping[str, Draw] = {
    "uniform scalar": lambda tf, seed: tf.random_uniform((), seed=seed),
    "uniform float32": lambda tf, seed: tf.random_uniform([3, 5], seed=seed),
    "uniform float32 range": lambda tf, seed: tf.random_uniform([9, 1], -1.0, 1.0, seed=seed),
    "uniform float32 many": lambda tf, seed: tf.random_uniform([70, 100], seed=seed),
    "uniform float64": lambda tf, seed: tf.random_uniform([7], dtype=tf.float64, seed=seed),
    "uniform float64 many": lambda tf, seed: tf.random_uniform([5000], -2.0, 3.0, dtype=tf.float64, seed=seed),
    "uniform float16": lambda tf, seed: tf.random_uniform([7], dtype=tf.float16, seed=seed),
    "uniform none": lambda tf, seed: tf.random_uniform([0, 3], seed=seed),
    "uniform int32": lambda tf, seed: tf.random_uniform([11], -5, 6, dtype=tf.int32, seed=seed),
    "uniform int32 wide": lambda tf, seed: tf.random_uniform([11], -(2**31), 2**31 - 1, dtype=tf.int32, seed=seed),
    "uniform int32 many": lambda tf, seed: tf.random_uniform([6000], maxval=10, dtype=tf.int32, seed=seed),
    "uniform int64": lambda tf, seed: tf.random_uniform([7], -3, 2**40, dtype=tf.int64, seed=seed),
    "normal float32": lambda tf, seed: tf.random_normal([3, 5], seed=seed),
    "normal float32 moved": lambda tf, seed: tf.random_normal([7], mean=2.0, stddev=0.5, seed=seed),
    "normal float32 many": lambda tf, seed: tf.random_normal([70, 100], seed=seed),
    "normal float64": lambda tf, seed: tf.random_normal([7], dtype=tf.float64, seed=seed),
    "truncated normal float32": lambda tf, seed: tf.truncated_normal([3, 5], seed=seed),
    "truncated normal float32 many": lambda tf, seed: tf.truncated_normal([70, 100], stddev=0.1, seed=seed),
    "truncated normal float64": lambda tf, seed: tf.truncated_normal([7], dtype=tf.float64, seed=seed),
    "shuffle": lambda tf, seed: tf.random_shuffle(tf.range(10), seed=seed),
    "shuffle rows": lambda tf, seed: tf.random_shuffle(tf.constant(np.arange(12.0).reshape(6, 2)), seed=seed),
    "shuffle many": lambda tf, seed: tf.random_shuffle(tf.range(1000), seed=seed),
    "multinomial": lambda tf, seed: tf.multinomial([[1.0, 2.0, 0.5], [0.0, 0.0, 3.0]], 8, seed=seed),
    "dropout": lambda tf, seed: tf.nn.dropout(tf.ones([4, 5]), keep_prob=0.6, seed=seed),
}
# Graph seed, operation seed.
SEEDS: list[tuple[int | None, int | None]] = [(None, 42), (42, None), (123456789012, 2**31 - 1)]
MORE_SEEDS: list[tuple[int | None, int | None]] = [(42, 42), (0, 0), (0, None)]


def names() -> list[str]:
    """Return every draw under some pairs of seeds, and the first kind under all of them."""
    pairs = [(draw, seeds) for draw in DRAWS for seeds in SEEDS] + [("uniform float32", seeds) for seeds in MORE_SEEDS]
    return [f"{draw} under graph seed {graph}, operation seed {op}" for draw, (graph, op) in pairs]


def draw(name: str, tf: ModuleType) -> Json:
    """Return the numbers of three runs in one session and two in another, of two operations made alike."""
    kind, _, seeds = name.partition(" under graph seed ")
    graph_seed, op_seed = (None if seed == "None" else int(seed) for seed in seeds.split(", operation seed "))
    with tf.Graph().as_default():
        if graph_seed is not None:
            tf.set_random_seed(graph_seed)
        # What stands before a random operation counts in its seed.
        tf.constant(1.0, name="before")
        first, second = DRAWS[kind](tf, op_seed), DRAWS[kind](tf, op_seed)
        runs = []
        for count in (3, 2):
            with tf.Session() as session:
                runs.append([[_bits(value) for value in session.run([first, second])] for _ in range(count)])
    return runs


def _bits(array: Any) -> Json:
    """Return type, shape and every bit, hashed where they are many."""
    data = np.ascontiguousarray(array).tobytes()
    bits = data.hex() if len(data) <= LARGEST_STORED_BYTES else hashlib.sha256(data).hexdigest()
    return [str(array.dtype), list(array.shape), bits]
