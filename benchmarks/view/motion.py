"""How smoothly a picture moves: the frames while a hand pans and zooms."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import NamedTuple

from playwright.sync_api import Page

from benchmarks.view.viewers import Ours

_MOVES = 120
_MOVES_PER_S = 60

_WATCH_FRAMES = """() => {
    const frames = (window.framesMs = []);
    let last = performance.now();
    const next = (now) => {
        frames.push(now - last);
        last = now;
        if (window.framesMs === frames) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
}"""
_FRAMES = "() => { const frames = window.framesMs; window.framesMs = null; return frames; }"

# Each rectangle and each line begins with one of these calls.
_COUNT_SHAPES = """() => new Promise((resolve) => {
    const prototype = CanvasRenderingContext2D.prototype;
    const { roundRect, moveTo } = prototype;
    let shapes = 0;
    prototype.roundRect = function (...all) { shapes++; return roundRect.apply(this, all); };
    prototype.moveTo = function (...all) { shapes++; return moveTo.apply(this, all); };
    document.querySelector(".labext-graph").labextView.requestFrame();
    requestAnimationFrame(() => requestAnimationFrame(() => {
        Object.assign(prototype, { roundRect, moveTo });
        resolve(shapes);
    }));
})"""


class Motion(NamedTuple):
    """What a movement looked like."""

    frames_per_s: float
    longest_ms: float


def open_all(page: Page) -> int:
    """Opens all scopes, with all of them in view, and gives the number of shapes there."""
    Ours().wait_for(page, "f")
    page.get_by_label("Open scopes to a depth").select_option("99")
    Ours().wait_for(page, "f/")
    page.get_by_role("button", name="Fit the graph into the view").click()
    page.wait_for_timeout(1000)
    shapes: int = page.evaluate(_COUNT_SHAPES)
    return shapes


def pan(page: Page) -> Motion:
    """Drags the picture about."""

    def moves() -> Iterator[None]:
        page.mouse.move(600, 400)
        page.mouse.down()
        for at in range(_MOVES):
            page.mouse.move(600 + 40 * ((at // 10) % 2) + at % 10, 400 + at % 20)
            yield
        page.mouse.up()

    return _watched(page, moves())


def zoom(page: Page) -> Motion:
    """Turns the wheel to and fro over the picture; the stage has the focus from the drag."""

    def turns() -> Iterator[None]:
        for at in range(_MOVES):
            page.mouse.wheel(0, 12 if (at // 10) % 2 else -12)
            yield

    return _watched(page, turns())


def _watched(page: Page, moves: Iterator[None]) -> Motion:
    page.evaluate(_WATCH_FRAMES)
    due = time.perf_counter()
    for _ in moves:
        due += 1 / _MOVES_PER_S
        time.sleep(max(due - time.perf_counter(), 0))
    frames: list[float] = page.evaluate(_FRAMES)
    return Motion(1000 * len(frames) / sum(frames), max(frames))
