"""Prints how long each viewer takes: `python -m benchmarks.view [SIZE ...]`."""

from __future__ import annotations

import argparse
import math
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError
from tensorboard.compat.proto.graph_pb2 import GraphDef

from benchmarks.view.graphs import dense_graph, flat_graph, training_graph
from benchmarks.view.inside import WATCH, first_picture_ms, open_filled_ms, search_ms
from benchmarks.view.motion import open_all, pan, zoom
from benchmarks.view.viewers import PATIENCE_MS, Ours, Viewer, installed_viewers
from labext.payload import encode
from tests.browser.chromium import find_chromium

SIZES = (200, 1_000, 10_000, 100_000)
WIDE = (990, 3_006)
_REST_MS = 500
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-unsafe-swiftshader",
)
_LONG_TASKS = """
window.longTasks = [];
new PerformanceObserver(list => list.getEntries().forEach(entry => longTasks.push(entry.duration))).observe({type: "longtask", buffered: true});
"""


def main() -> None:
    """Prints one line for each viewer and graph."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.view", description="Our graph view, TensorBoard, Model Explorer."
    )
    parser.add_argument(
        "sizes",
        nargs="*",
        type=int,
        metavar="SIZE",
        help=f"numbers of operations; {SIZES} and one scope with {WIDE} children by default",
    )
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured; the median counts")
    options = parser.parse_args()
    sizes = options.sizes
    graphs = [(f"{size:,} ops", training_graph(size), "model") for size in sizes or SIZES]
    graphs += [(f"{size:,} children", flat_graph(size), "main") for size in (() if sizes else WIDE)]
    start = time.perf_counter()
    encode(graphs[-1 if sizes else len(SIZES) - 1][1])
    print(f"payload of the largest in Python: {time.perf_counter() - start:.2f} s")
    print(f"{'':18}{'':16} first picture  from the data  open scope  longest task   memory")
    with sync_playwright() as playwright:
        program = find_chromium()
        browser = playwright.chromium.launch(executable_path=program, args=_ARGUMENTS)
        for title, graph, scope in graphs:
            for viewer in installed_viewers():
                print(f"{title:18}{viewer.name:16}{_line(browser, viewer, graph, scope, options.rounds)}", flush=True)
        _print_inside(browser, training_graph(SIZES[-1]), options.rounds)
        _print_motion(browser)
        browser.close()


def _print_inside(browser: Browser, graph: GraphDef, rounds: int) -> None:
    def measure(address: str, rest_ms: int) -> tuple[float, ...]:
        with _page(browser) as page:
            page.goto(address)
            Ours().wait_for(page, "model")
            return *open_filled_ms(page, rest_ms), *search_ms(page)

    with tempfile.TemporaryDirectory() as folder:
        for address in Ours().serve(graph, Path(folder)):
            results = [(*measure(address, 0)[:2], *measure(address, _REST_MS)) for _ in range(rounds)]
    _, hurried, boxes, opened, typical, longest = (sorted(column)[rounds // 2] for column in zip(*results, strict=True))
    print(f"labext with {SIZES[-1]:,} ops: {boxes:,.0f} boxes opened at once in {opened:.0f} ms,")
    print(f"  in {hurried:.0f} ms by a pointer that did not rest on the scope for {_REST_MS} ms before;")
    print(f"  search in {typical:.0f} ms, the longest of some in {longest:.0f} ms")


def _print_motion(browser: Browser) -> None:
    with tempfile.TemporaryDirectory() as folder, _page(browser) as page:
        for address in Ours().serve(dense_graph(), Path(folder)):
            page.goto(address)
            print(f"labext with {open_all(page):,} shapes in view:")
            for name, motion in (("pan", pan(page)), ("zoom", zoom(page))):
                print(f"  {name:5}{motion.frames_per_s:4.0f} frames a second, the longest {motion.longest_ms:.0f} ms")


def _line(browser: Browser, viewer: Viewer, graph: GraphDef, scope: str, rounds: int) -> str:
    with tempfile.TemporaryDirectory() as folder:
        for address in viewer.serve(graph, Path(folder)):
            try:
                results = [_measure(browser, viewer, address, scope) for _ in range(rounds)]
            except PlaywrightTimeoutError:
                return f" stopped after {PATIENCE_MS / 1000:.0f} s without its picture"
    first, drawn, opened, longest, memory = (sorted(column)[rounds // 2] for column in zip(*results, strict=True))
    return f"{first:11.0f} ms {drawn:11.0f} ms {opened:8.0f} ms {longest:10.0f} ms {memory:5.0f} MB"


def _measure(browser: Browser, viewer: Viewer, address: str, scope: str) -> tuple[float, ...]:
    """Milliseconds to the first picture, from the call for the page and from the data's arrival, and to the open scope."""
    with _page(browser) as page:
        start = time.perf_counter()
        page.goto(address)
        viewer.wait_for(page, scope)
        first_ms = _elapsed_ms(start)
        drawn_ms = first_picture_ms(page)
        page.wait_for_timeout(500)
        opened_ms = math.nan
        if viewer.can_open:
            start = time.perf_counter()
            viewer.open(page, scope)
            viewer.wait_for(page, f"{scope}/")
            opened_ms = _elapsed_ms(start)
        page.wait_for_timeout(500)
        longest_ms: float = page.evaluate("Math.max(0, ...window.longTasks)")
        inspector = page.context.new_cdp_session(page)
        inspector.send("HeapProfiler.collectGarbage")
        inspector.send("Performance.enable")
        metrics = inspector.send("Performance.getMetrics")["metrics"]
        memory = next((metric["value"] for metric in metrics if metric["name"] == "JSHeapUsedSize"), 0)
    return first_ms, drawn_ms, opened_ms, longest_ms, memory / 1e6


@contextmanager
def _page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1200, "height": 800}, bypass_csp=True)
    page = context.new_page()
    page.add_init_script(_LONG_TASKS + WATCH)
    try:
        yield page
    finally:
        context.close()


def _elapsed_ms(start: float) -> float:
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
