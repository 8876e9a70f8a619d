"""What the page says of itself: how long frames take, when curves are complete, how much memory is held."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page

RECORD = """() => {
    window.frameMs = [];
    const request = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = callback => request(time => {
        const begun = performance.now();
        callback(time);
        window.frameMs.push(performance.now() - begun);
    });
}"""
"""Notes how long each callback of a frame takes; the views draw in nothing else."""

WATCH = """plot => {
    window.seen = [];
    new MutationObserver(() => requestAnimationFrame(() => window.seen.push([Number(plot.dataset.points), Date.now()])))
        .observe(plot, {attributes: true, attributeFilter: ["data-points"]});
}"""
"""Notes when a number of points has become visible."""

PAN = """async plot => {
    const area = plot.querySelector(".u-over");
    const {left, top, width} = area.getBoundingClientRect();
    const at = x => ({clientX: x, clientY: top + 50, altKey: true, bubbles: true, cancelable: true});
    area.dispatchEvent(new MouseEvent("mousedown", at(left + width / 2)));
    const frame = () => new Promise(resolve => requestAnimationFrame(resolve));
    const begun = performance.now();
    for (let count = 0; count < 120; count++) {
        document.dispatchEvent(new MouseEvent("mousemove", at(left + width / 2 + 60 * Math.sin(count / 10))));
        await frame();
    }
    document.dispatchEvent(new MouseEvent("mouseup", at(left)));
    return 120000 / (performance.now() - begun);
}"""
"""Moves the window for 120 frames; gives frames a second."""

PRESS = """async ([panel, name, attribute, values]) => {
    const button = [...panel.querySelectorAll("button")].find(one => one.textContent === name);
    const begun = performance.now();
    const done = new Promise(resolve => new MutationObserver(() => {
        const now = panel.dataset[attribute];
        if (values === null ? now !== before : values.includes(now)) resolve();
    }).observe(panel, {attributes: true}));
    const before = panel.dataset[attribute];
    button.click();
    await done;
    return performance.now() - begun;
}"""
"""Presses a button; gives the time until the panel says that it was obeyed."""


def memory_of(page: Page) -> float:
    """Bytes that the page's JavaScript holds after a collection, buffers outside its heap included."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    told = session.send("Runtime.getHeapUsage")
    session.detach()
    return float(told["usedSize"] + told.get("backingStorageSize", 0))


def printed(text: str) -> Any:
    """What a cell printed last, as JSON."""
    return json.loads(text.strip().splitlines()[-1])
