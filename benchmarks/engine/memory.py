"""What is held in memory: a constant that is the whole data, and many different fetches."""

from __future__ import annotations

import gc
import resource
from pathlib import Path

import numpy as np

import graphlab as tf

_MEGABYTE = 2**20
_FETCH_SETS = 10_000


def held_for_constant(megabytes: int = 256) -> float:
    """How many times its size a constant takes in the process, at the peak of compiled training steps on it."""
    gc.collect()
    before = _resident()
    with tf.Graph().as_default(), tf.Session() as sess:
        data = tf.constant(np.ones((megabytes, _MEGABYTE // 4), np.float32))
        scale = tf.Variable(1.0)
        step = tf.assign_sub(scale, 1e-9 * tf.reduce_mean(data * scale))
        sess.run(scale.initializer)
        # NumPy's runs, which come first, hold what they compute, too.
        for _ in range(3):
            sess.run(step.op)
        _reset_peak()
        for _ in range(3):
            sess.run(step.op)
        return (_peak() - before) / (megabytes * _MEGABYTE)


def growth_with_fetch_sets() -> tuple[int, int]:
    """Makes 10,000 different runs, each compiled; returns the megabytes that came with the first and the second half."""
    resident = []
    with tf.Graph().as_default(), tf.Session() as sess:
        a, b = tf.Variable(1.0), tf.Variable(2.0)
        sess.run(tf.global_variables_initializer())
        terms = [a * float(i) + b for i in range(_FETCH_SETS)]
        for index, term in enumerate(terms):
            if index % (_FETCH_SETS // 2) == 0:
                resident.append(_resident())
            for _ in range(3 if index % 10 == 0 else 1):
                sess.run(term)
    resident.append(_resident())
    first, middle, last = resident
    return (middle - first) // _MEGABYTE, (last - middle) // _MEGABYTE


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


def _peak() -> int:
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


def _reset_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")
