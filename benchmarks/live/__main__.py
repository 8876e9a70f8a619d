"""Measures live plots and views with the page open in a real browser.

`python -m benchmarks.live [--minutes N]`: the mini-batch loop with and without plot and graph view, a million points, a
lost batch, the way from `sess.run` to the screen, the buttons of a training, and the memory of ten plots and ten views
that train for N minutes, by default two.
"""

from __future__ import annotations

import argparse
import bisect
import contextlib
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Locator, sync_playwright

from benchmarks.live import cells
from benchmarks.live.page import PAN, PRESS, RECORD, WATCH, memory_of, printed
from benchmarks.measure import Comparison
from tests.browser.chromium import ADVICE, find_chromium
from tests.browser.conftest import CHROMIUM_ARGUMENTS
from tests.browser.kernels import write_notebook
from tests.browser.notebook import Notebook
from tests.browser.server import Server, serve

ROUNDS = 8
# Where the kernel's arrays lie in memory makes either loop of a kernel faster by some hundredths, in all of its turns.
KERNELS = 5
MILLION = 1_000_000
MARKS = 10
NOTEBOOKS = {
    "loop": [cells.BUILD, f"ROUNDS = {ROUNDS}\n{cells.MEASURE}"],
    "many": [cells.MANY, cells.FILL, cells.APPEND, cells.GAP],
    "run": [
        cells.MANY,
        cells.TRAINED,
        cells.RUNS.format(count=20, pause_s=0.3),
        cells.RUNS.format(count=2_000, pause_s=0.001),
        cells.COMPILED,
        cells.TRAIN,
    ],
    "crowd": [cells.MANY, cells.TRAINED, cells.CROWD, cells.CROWD_TRAIN, cells.MEMORY],
}


def main() -> None:
    """Prints a line for each bar."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=2.0, help="how long ten plots and ten views train")
    parser.add_argument("--only", choices=NOTEBOOKS, help="one of the notebooks")
    options = parser.parse_args()
    program = find_chromium()
    if program is None:
        raise SystemExit(ADVICE)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        root = Path(folder) / "lab"
        root.mkdir()
        for name, content in NOTEBOOKS.items():
            write_notebook(root / f"{name}.ipynb", "python3", content)
        arguments = [*CHROMIUM_ARGUMENTS, "--enable-precise-memory-info"]
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        with serve(root, Path(folder) / "jupyter") as server:
            for name in [options.only] if options.only else NOTEBOOKS:
                if name == "loop":
                    ratios = []
                    for _ in range(KERNELS):
                        with _opened(browser, server, name) as notebook:
                            ratios.append(_report_loop(notebook))
                    print(f"ratio: {statistics.median(ratios):.3f}, the median of {KERNELS} kernels", flush=True)
                    continue
                with _opened(browser, server, name) as notebook:
                    if name == "crowd":
                        _report_crowd(notebook, options.minutes)
                    else:
                        {"many": _report_many, "run": _report_run}[name](notebook)
        browser.close()


@contextlib.contextmanager
def _opened(browser: Browser, server: Server, name: str) -> Iterator[Notebook]:
    # So high that the loop's views stay on the screen above its cell.
    height = 1900 if name == "loop" else 1000
    page = browser.new_context(viewport={"width": 1400, "height": height}).new_page()
    notebook = Notebook.open(page, server, f"{name}.ipynb")
    yield notebook
    server.stop_kernels()
    notebook.page.context.close()


def _report_loop(notebook: Notebook) -> float:
    notebook.run(0)
    notebook.page.locator(".gl-plot").wait_for()
    notebook.run(1, timeout_s=300)
    told = printed(notebook.output_text(1))
    row = Comparison("plotted and watched", told["watched_s"] * 1000, "the same loop without", told["plain_s"] * 1000)
    print(f"epoch of {told['steps']} steps: {row.ours_ms:.1f} ms {row.title}, {row.reference_ms:.1f} ms without")
    print(f"ratio {row.ratio:.3f}; {told['messages_a_second']:.1f} messages a second from both views", flush=True)
    return row.ratio


def _report_many(notebook: Notebook) -> None:
    page = notebook.page
    notebook.run(0)
    plot = page.locator(".gl-plot")
    plot.wait_for()
    empty = memory_of(page)
    notebook.run(1, timeout_s=300)
    _wait_for_points(plot, MILLION)
    page.evaluate(RECORD)
    notebook.run(2)
    _wait_for_points(plot, MILLION + 20_000)
    frames = page.evaluate("window.frameMs.filter(ms => ms > 1)")
    print(f"appending 1,000 to them redraws within {statistics.median(frames):.1f} ms (longest {max(frames):.1f})")
    # Not before: a collection throws compiled code away.
    grown = memory_of(page) - empty
    print(f"a million points: {grown / (MILLION + 20_000):.1f} bytes a point in the page")
    rate = plot.evaluate(PAN)
    idle = page.evaluate("async () => { const b = performance.now(); for (let i = 0; i < 120; i++)"
                         " await new Promise(resolve => requestAnimationFrame(resolve));"
                         " return 120000 / (performance.now() - b); }")  # fmt: skip
    print(f"panning them: {rate:.0f} frames a second, {idle:.0f} at rest")
    plot.evaluate(WATCH)
    notebook.run(3)
    lost_s = printed(notebook.output_text(3))
    _wait_for_points(plot, MILLION + 21_000)
    complete_ms = page.evaluate("window.seen.at(-1)[1]") - lost_s * 1000
    print(f"a lost last batch is made up for after {complete_ms:.0f} ms", flush=True)


def _report_run(notebook: Notebook) -> None:
    for index in (0, 1):
        notebook.run(index)
    plot = notebook.cell(1).locator(".gl-plot")
    plot.wait_for()
    plot.evaluate(WATCH)
    count = 0
    for index, kind in ((2, "one by one"), (3, "in a loop")):
        notebook.run(index)
        stamps = printed(notebook.output_text(index))
        count += len(stamps)
        _wait_for_points(plot, count)
        seen = notebook.page.evaluate("window.seen")
        numbers = [points for points, _ in seen]
        places = (bisect.bisect_left(numbers, number) for number in range(count - len(stamps) + 1, count + 1))
        delays = [seen[place][1] - stamp * 1000 for place, stamp in zip(places, stamps, strict=True)]
        rate = len(stamps) / (stamps[-1] - stamps[0])
        print(f"from sess.run to pixels, {kind}, {rate:.0f} a second: {statistics.median(delays):.0f} ms", end="")
        print(f" (longest {max(delays):.0f}, {len(delays)} runs)")
    notebook.run(4)
    kept, steps_a_second = printed(notebook.output_text(4))
    print(f"compiled loop of 100,000 steps: {kept} values kept, {steps_a_second:.0f} steps a second")
    notebook.run(5)
    panel = notebook.cell(5).locator(".gl-train")
    panel.wait_for()
    times: dict[str, list[float]] = {"Pause": [], "Step": [], "Resume": []}
    for _ in range(10):
        for name, attribute, values in (
            ("Pause", "state", ["pausing", "paused"]),
            ("Step", "step", None),
            ("Resume", "state", ["running"]),
        ):
            times[name].append(
                panel.evaluate(f"(panel, rest) => ({PRESS})([panel, ...rest])", [name, attribute, values])
            )
    times["Stop"] = [
        panel.evaluate(f"(panel, rest) => ({PRESS})([panel, ...rest])", ["Stop", "state", ["stopping", "stopped"]])
    ]
    told = ", ".join(f"{name} {statistics.median(ms):.0f} ({max(ms):.0f})" for name, ms in times.items())
    print(f"milliseconds from the button to the panel's answer, median and longest: {told}", flush=True)


def _report_crowd(notebook: Notebook, minutes: float) -> None:
    for index in (0, 1, 2, 3):
        notebook.run(index)
    print(f"ten plots and ten views for {minutes:g} minutes:")
    begun_s = time.monotonic()
    first: tuple[int, float, int] | None = None
    for mark in range(1, MARKS + 1):
        notebook.page.wait_for_timeout(max(0.0, begun_s + 60 * minutes * mark / MARKS - time.monotonic()) * 1000)
        asked_s = time.monotonic()
        notebook.run(4)
        answered_s = time.monotonic() - asked_s
        steps, kernel = printed(notebook.output_text(4))
        page = memory_of(notebook.page)
        print(f"{60 * minutes * mark / MARKS:.0f} s: {10 * steps} points, page {page / 2**20:.1f} MB,", end=" ")
        print(f"kernel {kernel / 2**20:.0f} MB, a cell is run in {answered_s:.2f} s", end="")
        if first is None:
            first = (steps, page, kernel)
            print(flush=True)
            continue
        points = 10 * (steps - first[0])
        page_share, kernel_share = (page - first[1]) / points, (kernel - first[2]) / points
        print(f"; since the first: page {page_share:.1f}, kernel {kernel_share:.1f} bytes a point", flush=True)


def _wait_for_points(plot: Locator, count: int) -> None:
    plot.page.wait_for_function(
        "([plot, count]) => Number(plot.dataset.points) === count", arg=[plot.element_handle(), count], timeout=120_000
    )


if __name__ == "__main__":
    main()
