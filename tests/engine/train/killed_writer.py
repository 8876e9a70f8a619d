"""Saves in child processes that die at every step and at random moments: `python -m tests.engine.train.killed_writer FOLDER N`.

After each death the latest checkpoint must restore a whole state: one that was saved, none older than the last that
the child reported.
"""

from __future__ import annotations

import functools
import os
import random
import signal
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

# Children are forked from a process that has loaded JAX, but they only use NumPy.
warnings.filterwarnings("ignore", message=r".*os.fork\(\)")

import graphlab as tf  # noqa: E402  after the filter

_VARIABLES = 4
_STEPS = ("open", "fsync", "replace", "link", "unlink")


class Model:
    """Variables that all hold the number of the save, of sizes that need several writes."""

    def __init__(self, **options: Any) -> None:
        with tf.Graph().as_default() as self.graph:
            self.number = tf.placeholder(tf.float32, [])
            self.assigned = []
            for index in range(_VARIABLES):
                with tf.device("/cpu:0" if index % 2 else None):
                    variable = tf.Variable(tf.zeros([1 + 5000 * index]), name=f"v{index}")
                self.assigned.append(variable.assign(tf.zeros([1 + 5000 * index]) + self.number).op)
            self.variables = tf.global_variables()
            self.saver = tf.train.Saver(**options)

    def save(self, folder: Path, number: int, step: int | None) -> None:
        with tf.Session(graph=self.graph) as sess:
            sess.run(self.assigned, {self.number: number})
            self.saver.save(sess, str(folder / "model"), global_step=step)

    def restored(self, folder: Path) -> int | None:
        """The number in the latest checkpoint, None if there is no checkpoint; fails unless all variables agree."""
        path = tf.train.latest_checkpoint(folder)
        if path is None:
            return None
        with tf.Session(graph=self.graph) as sess:
            self.saver.restore(sess, path)
            values = np.concatenate(sess.run(self.variables))
        assert np.unique(values).size == 1, f"a mixture of {np.unique(values)} in {path}"
        return int(values[0])


def main(root: Path, trials: int) -> None:
    """Kill writers of three kinds, at every step and `trials` times at random."""
    kinds: list[tuple[str, Model, bool]] = [
        ("overwritten", Model(), False),
        ("numbered", Model(max_to_keep=2), True),
        ("sharded", Model(sharded=True), False),
    ]
    deaths = 0
    for name, model, is_numbered in kinds:
        folder = root / name
        folder.mkdir()
        deaths += _die_at_every_step(model, folder, is_numbered)
        deaths += _die_at_random(model, folder, is_numbered, trials // len(kinds))
        if not is_numbered:
            model.save(folder, 10**6, None)
            left = [path.name for path in folder.rglob("*tempstate*")]
            assert not left, f"the next save leaves {left}"
    sys.stdout.write(f"{deaths} writers died, every checkpoint restored\n")


def _die_at_every_step(model: Model, folder: Path, is_numbered: bool) -> int:
    """Save again and again, each time dying one system call later, until a save has no more calls."""
    safe, at = 0, -2  # the first saves live, so that there is something to lose
    while True:
        number = safe + 1
        status, _ = _child(functools.partial(_saving_dies_at, model, folder, number, is_numbered, at))
        found = model.restored(folder)
        assert found is not None, "no checkpoint is left"
        assert safe <= found <= number, f"{found} is not from {safe} to {number}"
        assert status or found == number, f"{number} was saved, {found} restored"
        safe = found
        if at > 0 and not status:
            return at - 1
        at += 1


def _die_at_random(model: Model, folder: Path, is_numbered: bool, trials: int) -> int:
    safe = model.restored(folder) or 0
    for _ in range(trials):
        first = safe + 1
        pause_s = random.random() * 0.05
        _, reported = _child(functools.partial(_saving_goes_on, model, folder, first, is_numbered), pause_s)
        found = model.restored(folder)
        assert found is not None, "no checkpoint is left"
        assert max(safe, reported) <= found <= max(safe, reported) + 1, f"{found} after {reported}"
        safe = found
    return trials


def _saving_dies_at(model: Model, folder: Path, number: int, is_numbered: bool, at: int) -> None:
    """Saves, and dies right before the system call number `at`."""
    calls = [0]

    def dying(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **keywords: Any) -> Any:
            calls[0] += 1
            if calls[0] == at:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*arguments, **keywords)

        return call

    for step in _STEPS:
        setattr(os, step, dying(getattr(os, step)))
    model.save(folder, number, number if is_numbered else None)


def _saving_goes_on(model: Model, folder: Path, number: int, is_numbered: bool) -> None:
    while True:
        model.save(folder, number, number if is_numbered else None)
        os.write(_report, number.to_bytes(8, "little"))
        number += 1


_report = -1


def _child(work: Callable[[], None], dies_after_s: float | None = None) -> tuple[int, int]:
    """Does work in a child process; returns how it ended and the last number that it reported."""
    global _report
    reading, _report = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException as error:  # noqa: BLE001  a child must not go on as its parent
            sys.stderr.write(f"{error!r}\n")
            os._exit(1)
        os._exit(0)
    os.close(_report)
    if dies_after_s is not None:
        time.sleep(dies_after_s)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as pipe:
        numbers = pipe.read()
    return status, int.from_bytes(numbers[-8:], "little") if numbers else 0


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
