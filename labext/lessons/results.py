"""What learners have done, as a table: `python -m labext.lessons.results`."""

from __future__ import annotations

import argparse
import csv
import json
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from labext.lessons.exercises import CATALOGUE
from labext.lessons.progress import Progress, default_path


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the results of one learner or many.

    Args:
        arguments: words after the command's name; those of this process by default.

    Returns:
        The exit status.
    """
    parser = argparse.ArgumentParser(prog="graphlab results", description="Prints what learners have solved.")
    parser.add_argument("files", nargs="*", type=Path, metavar="PROGRESS.json", help="by default your own")
    parser.add_argument("--format", choices=["csv", "json"], default="csv", help="(default: csv)")
    options = parser.parse_args(arguments)
    try:
        if missing := [path for path in options.files if not path.is_file()]:
            raise FileNotFoundError(f"{missing[0]} is no file. A learner's is {default_path()}.")
        rows = [row for path in options.files or [default_path()] for row in results(path)]
    except (OSError, ValueError) as error:
        print(f"graphlab results: {error}", file=sys.stderr)
        return 1
    if options.format == "json":
        json.dump(rows, sys.stdout, indent=1)
        print()
    else:
        table = csv.DictWriter(sys.stdout, rows[0], lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    return 0


def results(path: Path) -> list[dict[str, Any]]:
    """Lists all exercises, and what is recorded of each.

    Args:
        path: a learner's `progress.json`; if it does not exist, nothing was tried.

    Returns:
        A row for each exercise, in the lessons' order: file, lesson, exercise, title, is_solved, attempts, hints,
        has_seen_solution.

    Raises:
        ValueError: the file holds something else.
        OSError: the file cannot be read.
    """
    progress = Progress(path)
    rows = []
    for lesson, exercises in CATALOGUE.items():
        for number, exercise in enumerate(exercises, start=1):
            record = progress.of(lesson, number)
            rows.append(
                {
                    "file": str(path),
                    "lesson": lesson,
                    "exercise": number,
                    "title": exercise.title,
                    "is_solved": record.is_solved,
                    "attempts": record.attempts,
                    "hints": record.hints,
                    "has_seen_solution": record.has_seen_solution,
                }
            )
    return rows


if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):
        # `| head` takes what it wants; that is no error.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(main())
