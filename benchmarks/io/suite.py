"""Compares saving, restoring and event files with TensorFlow's, on one disk, in processes that take turns."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Comparison

REPEATS = 3
SIZES_MB = (100, 1000)
_WORKER = Path(__file__).parent / "worker.py"
_TENSORFLOW = Path(__file__).parent.parent.parent / ".oracle" / "bin" / "python"
_BYTES = ("peak",)

Measured = dict[str, float]


def comparisons() -> Iterator[Comparison]:
    """Yields a row for each case: medians over processes that took turns; memory is printed by itself."""
    if not _TENSORFLOW.exists():
        print(f"Needs TensorFlow: `make oracle` makes the environment {_TENSORFLOW.parent.parent.name}.")
        return
    for megabytes in SIZES_MB:
        runs: dict[str, list[Measured]] = {"graphlab": [], "tensorflow": []}
        for _ in range(REPEATS):
            runs["graphlab"].append(_measure(sys.executable, "graphlab", megabytes))
            runs["tensorflow"].append(_measure(str(_TENSORFLOW), "tensorflow", megabytes))
        ours, theirs = (_medians(measured) for measured in runs.values())
        for case, value in ours.items():
            title = f"{case}, {megabytes} MB"
            if case.endswith(_BYTES):
                print(f"{title}: {value / 1e6:,.1f} MB; TensorFlow {theirs[case] / 1e6:,.1f} MB")
            elif megabytes == SIZES_MB[0] or not case.startswith("add_summary"):
                yield Comparison(
                    title if "add_summary" not in case else case, value * 1000, "tensorflow", theirs[case] * 1000
                )


def _measure(python: str, way: str, megabytes: int) -> Measured:
    """What saving takes, and restoring in a process that comes after."""
    measured: Measured = {}
    with tempfile.TemporaryDirectory() as folder:
        for action in ("save", "restore"):
            command = [python, str(_WORKER), way, folder, str(megabytes), action]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                raise RuntimeError(f"The benchmark of {way} failed:\n{done.stderr[-2000:]}")
            measured |= json.loads(done.stdout.splitlines()[-1])
    return measured


def _medians(runs: list[Measured]) -> Measured:
    return {case: statistics.median(run[case] for run in runs) for case in runs[0]}
