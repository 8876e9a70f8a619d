"""Graphs that the engine writes, for TensorFlow to import: `python -m tests.oracle.exports FOLDER`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import graphlab
from tests.oracle.execution import program_names
from tests.oracle.recording import record, to_json

# More steps of training repeat the same operations.
MOST_RUNS = 200


def main(folder: Path) -> None:
    """Write the graph and the runs of every program that the engine can run; name the others."""
    for name in program_names():
        try:
            recording = record(name, graphlab, MOST_RUNS)
        except Exception as error:  # noqa: BLE001 - one program that fails is no reason to drop the others
            sys.stdout.write(f"not run by the engine: {name}: {type(error).__name__}: {error}\n")
            continue
        (folder / f"{name}.json").write_text(json.dumps(to_json(recording)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
