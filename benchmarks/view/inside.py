"""What our own page takes from within: from the data's arrival, from a double click, from a letter in the search field."""

from __future__ import annotations

import statistics

from playwright.sync_api import Page

from benchmarks.view.viewers import Ours

# The data has arrived when the page has unpacked it; a view tells in its attribute `data-state` what it has painted.
WATCH = """
window.seen = { arrived: 0, painted: [], clicked: 0 };
const unpack = Response.prototype.arrayBuffer;
Response.prototype.arrayBuffer = async function () {
    const bytes = await unpack.call(this);
    seen.arrived = performance.now();
    return bytes;
};
new MutationObserver((records) => {
    const state = records.at(-1).target.dataset.state;
    if (state) seen.painted.push({ time: performance.now(), state });
}).observe(document, { subtree: true, attributeFilter: ["data-state"] });
document.addEventListener("dblclick", () => (seen.clicked = performance.now()), true);
"""
_FIRST = "seen.painted.length > 0 ? seen.painted[0].time - seen.arrived : NaN"
_OPENED = """(scope) => {
    const isOpen = ({ time, state }) => time > seen.clicked && JSON.parse(state).shown.some((path) => path.startsWith(`${scope}/`));
    return seen.painted.find(isOpen).time - seen.clicked;
}"""
_SEARCH = """(text) => {
    const field = document.querySelector(".labext-search input");
    const start = performance.now();
    field.value = text;
    field.dispatchEvent(new Event("input"));
    document.querySelector(".labext-hits").getBoundingClientRect();
    return performance.now() - start;
}"""
_QUERIES = ("MatMul", "unit_3.*kernel", "float32", "nothing like it", "a")


def first_picture_ms(page: Page) -> float:
    """Milliseconds from the data's arrival to the first picture; not a number in others' pages."""
    time_ms: float = page.evaluate(_FIRST)
    return time_ms


def open_filled_ms(page: Page, rest_ms: int) -> tuple[int, float]:
    """Opens `model` of a graph of 100,000 operations while some thousand boxes are open in it.

    Args:
        page: the page with the graph.
        rest_ms: for how long the pointer rests on the scope, milliseconds.

    Returns:
        The number of boxes on show then, and milliseconds from the double click to their picture.
    """
    series = "model/block_0[*]"
    sections = [f"{series}/[block_{start}…]" for start in (0, 100, 200, 300)]
    blocks = [path for block in range(62) for path in (f"model/block_{block}", f"model/block_{block}/unit_0[*]")]
    edit = "expanded => document.querySelector('.labext-graph').labextView.edit({ expanded })"
    page.evaluate(edit, [series, *sections, *blocks])
    Ours().wait_for(page, "model")
    Ours().point_at(page, "model")
    page.wait_for_timeout(rest_ms)
    Ours().open(page, "model")
    Ours().wait_for(page, "model/")
    boxes: int = page.evaluate("JSON.parse(seen.painted.at(-1).state).visible")
    time_ms: float = page.evaluate(_OPENED, "model")
    return boxes, time_ms


def search_ms(page: Page) -> tuple[float, float]:
    """Milliseconds that an entry in the search field takes to its list of hits: the median and the longest."""
    times: list[float] = [page.evaluate(_SEARCH, query) for query in _QUERIES]
    return statistics.median(times), max(times)
