"""Compares the engine with hand-written JAX and, where its environment exists, with TensorFlow's session."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.measure import Comparison

REPEATS = 3
_WORKER = Path(__file__).parent / "worker.py"
_TENSORFLOW = Path(__file__).parent.parent.parent / ".oracle" / "bin" / "python"

Seconds = dict[str, float]


def comparisons(peers: Sequence[str] = ("jax", "tensorflow")) -> Iterator[Comparison]:
    """Yields a row for each case and peer: medians over processes that took turns."""
    ways = dict.fromkeys(("graphlab", *peers), sys.executable)
    if "tensorflow" in ways:
        ways["tensorflow"] = str(_TENSORFLOW)
        if not _TENSORFLOW.exists():
            print(f"Without TensorFlow: `make oracle` makes the environment {_TENSORFLOW.parent.parent.name}.")
            del ways["tensorflow"]
    runs: dict[str, list[Seconds]] = {way: [] for way in ways}
    for _ in range(REPEATS):
        for way, python in ways.items():
            runs[way].append(_measure(way, python))
    ours = _medians(runs.pop("graphlab"))
    for peer, measured in runs.items():
        theirs = _medians(measured)
        for case, seconds in ours.items():
            if case in theirs:
                yield Comparison(case, seconds * 1000, peer, theirs[case] * 1000)
    watched, plain = ours["mini-batch, watched"], ours["mini-batch"]
    yield Comparison("mini-batch, watched", watched * 1000, "the same unwatched", plain * 1000)


def _measure(way: str, python: str) -> Seconds:
    done = subprocess.run([python, str(_WORKER), way], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"The benchmark of {way} failed:\n{done.stderr[-2000:]}")
    seconds: Seconds = json.loads(done.stdout.splitlines()[-1])
    return seconds


def _medians(runs: list[Seconds]) -> Seconds:
    return {case: statistics.median(run[case] for run in runs) for case in runs[0]}
