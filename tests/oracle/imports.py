"""TensorFlow imports and runs what the engine wrote: `python -m tests.oracle.imports FOLDER`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.oracle.comparison import PROGRAM_TOLERANCES, value_differences
from tests.oracle.execution import value_json
from tests.oracle.recording import Recording, from_json, replay
from tests.oracle.reference import GraphDef, tf

# Losses on the way are small differences of large numbers, and every one of them is compared.
REPLAYED_TOLERANCE = 1e-4


def main(folder: Path) -> int:
    """Repeat every recording of a folder and say which numbers differ."""
    failures = 0
    paths = sorted(folder.glob("*.json"))
    for path in paths:
        tolerance = PROGRAM_TOLERANCES.get(path.stem, REPLAYED_TOLERANCE)
        problem = _problem(from_json(json.loads(path.read_text())), tolerance)
        if problem:
            failures += 1
            sys.stdout.write(f"differs in TensorFlow: {path.stem}: {problem}\n")
    sys.stdout.write(f"{len(paths) - failures} of {len(paths)} graphs of the engine run alike in TensorFlow\n")
    return 1 if failures else 0


def _problem(recording: Recording, tolerance: float) -> str | None:
    try:
        results = replay(GraphDef.FromString(recording.graph_def), recording.runs, tf)
    except Exception as error:  # noqa: BLE001 - reported like any other difference
        return f"{type(error).__name__}: {error}"
    for number, (run, values) in enumerate(zip(recording.runs, results, strict=True)):
        for name, wanted, got in zip(run.fetches, run.values, values, strict=True):
            differences = [] if wanted is None else value_differences(value_json(got), wanted, tolerance)
            if differences:
                return f"{name} in run {number}: {differences[0]}"
    return None


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
