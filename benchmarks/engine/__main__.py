"""Measures the engine: `python -m benchmarks.engine [PART ...]`; docs/performance.md tells what the parts are."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from benchmarks.engine import suite
from benchmarks.engine.chart import chart
from benchmarks.engine.growth import SIZES, growth
from benchmarks.engine.memory import growth_with_fetch_sets, held_for_constant
from benchmarks.engine.overhead import overhead
from benchmarks.engine.turns import turns

_PICTURE = Path(__file__).parents[2] / "docs" / "images" / "engine-growth.svg"


def _peer(name: str) -> Callable[[], None]:
    def compare() -> None:
        for row in suite.comparisons([name]):
            print(f"{row.ours_ms:9.4f} ms {row.reference_ms:9.4f} ms {row.ratio:6.2f}  {row.title}, to {row.reference}")

    return compare


def _growth() -> None:
    curves = growth()
    for work, curve in curves.items():
        print(f"{work:18}", *(f"{microseconds:8.2f}" for microseconds in curve), "µs a node")
    _PICTURE.write_text(chart("Microseconds a node over the number of nodes", SIZES, curves))


def _memory() -> None:
    held_for_constant(1)
    print(f"A constant of 128 MB is held {held_for_constant(128):.2f} times.")
    first, second = growth_with_fetch_sets()
    print(f"10,000 different fetches: {first} MB with the first half, {second} MB with the second.")


def _turns() -> None:
    for step, microseconds in turns().items():
        print(f"{microseconds:7.2f} µs  {step}")


def _overhead() -> None:
    for layer, microseconds in overhead().items():
        print(f"{microseconds:6.2f} µs up to {layer}")


PARTS: dict[str, Callable[[], None]] = {
    "jax": _peer("jax"),
    "tensorflow": _peer("tensorflow"),
    "turns": _turns,
    "overhead": _overhead,
    "growth": _growth,
    "memory": _memory,
}


def main() -> None:
    """Runs the parts that are named, all without any."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.engine", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", choices=[*PARTS, []], help=", ".join(PARTS))
    for part in parser.parse_args().parts or PARTS:
        print(f"{part}:")
        PARTS[part]()


if __name__ == "__main__":
    main()
