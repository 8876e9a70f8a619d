"""Runs benchmarks by name, all by default: `python -m benchmarks [NAME ...]`."""

from __future__ import annotations

import argparse
import platform
from collections.abc import Callable, Iterator

import jax

from benchmarks.engine import suite as engine
from benchmarks.io import suite as io
from benchmarks.measure import Comparison

SUITES: dict[str, Callable[[], Iterator[Comparison]]] = {"engine": engine.comparisons, "io": io.comparisons}


def main() -> None:
    """Prints one line for each comparison."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Speed, as ratios measured in one run.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of: {', '.join(SUITES)}")
    names = parser.parse_args().names or list(SUITES)
    if unknown := set(names) - set(SUITES):
        parser.error(f"no benchmark named {', '.join(sorted(unknown))}; there are: {', '.join(SUITES)}")
    print(f"Python {platform.python_version()}, JAX {jax.__version__} on {jax.devices()[0].device_kind}")
    print(f"{'ours':>10}  {'reference':>10}  {'ratio':>6}")
    for name in names:
        for row in SUITES[name]():
            print(
                f"{row.ours_ms:7.3f} ms  {row.reference_ms:7.3f} ms  {row.ratio:6.2f}  {row.title}, to {row.reference}"
            )


if __name__ == "__main__":
    main()
