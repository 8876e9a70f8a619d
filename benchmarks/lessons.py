"""Runs each lesson twice in a row, compares both runs with its stored outputs, and measures: `python -m benchmarks.lessons`."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).parents[1]
_NBVAL = ("-m", "pytest", "-q", "--nbval", "--nbval-current-env", "--nbval-sanitize-with", "tests/lessons/sanitize.cfg")


def main() -> int:
    """Prints a row for each lesson: seconds and processor seconds of the slower run, and the kernel's largest memory in MB."""
    failed = 0
    print("| Lesson | Seconds | Processor seconds | MB |\n| --- | --- | --- | --- |")
    for path in sorted((ROOT / "lessons").rglob("[0-9]*.ipynb")):
        measure = [sys.executable, "-m", "benchmarks.lessons", str(path)]
        runs = [subprocess.run(measure, cwd=ROOT, capture_output=True, text=True, check=False) for _ in range(2)]
        if any(run.returncode for run in runs):
            failed += 1
            print(path.stem, *(run.stdout for run in runs))
            continue
        rows = [list(map(float, run.stdout.split())) for run in runs]
        print(
            "|",
            " | ".join(
                [path.parent.name + "/" + path.stem, *(f"{max(column):.0f}" for column in zip(*rows, strict=True))]
            ),
            "|",
            flush=True,
        )
    return failed


def run_once(path: Path) -> int:
    """Runs one lesson and prints its figures, or what went wrong."""
    began = perf_counter()
    done = subprocess.run([sys.executable, *_NBVAL, str(path)], cwd=ROOT, capture_output=True, text=True, check=False)
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    figures = f"{perf_counter() - began} {usage.ru_utime + usage.ru_stime} {usage.ru_maxrss / 1024}"
    print(done.stdout if done.returncode else figures)
    return done.returncode


if __name__ == "__main__":
    sys.exit(run_once(Path(sys.argv[1])) if len(sys.argv) > 1 else main())
