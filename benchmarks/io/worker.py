"""Measures one way and prints seconds and bytes by case as JSON: `python worker.py graphlab|tensorflow FOLDER MEGABYTES save|restore`.

Runs as a file, since TensorFlow's environment does not have this package.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np

VARIABLES = 10
ROUNDS = 3
EVENTS = 20_000


def measure(tf: Any, folder: Path, megabytes: int, is_restoring: bool) -> dict[str, float]:
    """Saves and restores variables of together so many megabytes, and writes events.

    The peak of a save is what memory rises above the state; that of a restore is the first one, in a process that holds
    no state yet, less the state itself; that of a restore over values is what memory rises above them.
    """
    size = megabytes * 1_000_000 // 4 // VARIABLES
    prefix = str(folder / "model.ckpt")
    with tf.Graph().as_default() as graph:
        # Made by the graph, so that no value is kept besides the session's.
        variables = [tf.Variable(tf.fill([size], float(n)), name=f"v{n}") for n in range(VARIABLES)]
        init = tf.global_variables_initializer()
        saver = tf.train.Saver()
    found: dict[str, float] = {}

    def restore() -> None:
        saver.restore(sess, prefix)

    if is_restoring:
        fresh, over = [], []
        for number in range(ROUNDS):
            with tf.Session(graph=graph) as sess:
                if not number:
                    found["restore, peak"] = peak_bytes(restore) - 4 * size * VARIABLES
                    found["restore over values, peak"] = peak_bytes(restore)
                else:
                    fresh.append(seconds(restore))
                over.append(seconds(restore))
                assert sess.run(variables[1])[0] == 1.0
        return found | {"restore": statistics.median(fresh), "restore over values": statistics.median(over)}
    with tf.Session(graph=graph) as sess:
        sess.run(init)
        found["save, peak"] = peak_bytes(lambda: saver.save(sess, prefix, write_meta_graph=False))
        durable, saves = [], []
        for _ in range(ROUNDS):
            saves.append(seconds(lambda: saver.save(sess, prefix, write_meta_graph=False)))
            durable.append(saves[-1] + seconds(lambda: flush(folder)))
        found["save"] = statistics.median(saves)
        found["save, and flushed to the disk"] = statistics.median(durable)
    return found | events(tf, folder)


def events(tf: Any, folder: Path) -> dict[str, float]:
    """Seconds that a call of add_summary takes, with the serialised string that a run returns."""
    scalar = tf.Summary(value=[tf.Summary.Value(tag="MSE", simple_value=1.0)]).SerializeToString()
    with tf.Graph().as_default(), tf.Session() as sess:
        histogram = sess.run(tf.summary.histogram("h", np.random.RandomState(0).randn(1000)))
    found = {}
    for name, content in {"scalar": scalar, "histogram": histogram}.items():
        writer = tf.summary.FileWriter(str(folder / name))
        rounds, longest = [], 0.0
        for _ in range(ROUNDS):
            start = time.perf_counter()
            for step in range(EVENTS):
                before = time.perf_counter()
                writer.add_summary(content, step)
                longest = max(longest, time.perf_counter() - before)
            rounds.append((time.perf_counter() - start) / EVENTS)
        found[f"add_summary, {name}"] = statistics.median(rounds)
        found[f"add_summary, {name}, close"] = seconds(writer.close)
        found[f"add_summary, {name}, longest"] = longest
    return found


def seconds(work: Callable[[], Any]) -> float:
    """How long work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def flush(folder: Path) -> None:
    """Waits until a folder's files are on the disk."""
    for path in folder.iterdir():
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())


def peak_bytes(work: Callable[[], Any]) -> float:
    """How far the process's memory rises at most while work is done, sampled each millisecond."""
    base, peak, done = resident_bytes(), [0], threading.Event()

    def watch() -> None:
        while not done.wait(0.001):
            peak[0] = max(peak[0], resident_bytes())

    thread = threading.Thread(target=watch)
    thread.start()
    work()
    peak[0] = max(peak[0], resident_bytes())
    done.set()
    thread.join()
    return float(peak[0] - base)


def resident_bytes() -> int:
    """How much memory the process has."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def main(way: str, folder: Path, megabytes: int, action: str) -> None:
    """Prints what one way takes."""
    if way == "tensorflow":
        import tensorflow.compat.v1 as tf  # type: ignore[import-untyped]

        tf.disable_v2_behavior()
        tf.disable_resource_variables()
        tf.logging.set_verbosity(tf.logging.ERROR)
    else:
        import graphlab as tf
    print(json.dumps(measure(tf, folder, megabytes, action == "restore")))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
