"""Measures the chapter's mini-batch loop with and without plot and graph view, with the page open in a real browser.

`python -m benchmarks.live` prints one line.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.live.cells import BUILD, MEASURE
from benchmarks.measure import Comparison
from tests.browser.chromium import ADVICE, find_chromium
from tests.browser.conftest import CHROMIUM_ARGUMENTS
from tests.browser.kernels import write_notebook
from tests.browser.notebook import Notebook
from tests.browser.server import serve

ROUNDS = 30


def main() -> None:
    """Prints the medians of an epoch, their ratio, and how many messages a second the views sent."""
    program = find_chromium()
    if program is None:
        raise SystemExit(ADVICE)
    with tempfile.TemporaryDirectory() as folder:
        told = _measure(program, Path(folder))
    steps = told["steps"]
    row = Comparison("plotted and watched", told["watched_s"] * 1000, "the same loop without", told["plain_s"] * 1000)
    print(f"epoch of {steps:.0f} steps: {row.ours_ms:.1f} ms {row.title}, {row.reference_ms:.1f} ms without")
    print(f"ratio {row.ratio:.3f}; {told['messages_a_second']:.1f} messages a second from both views")


def _measure(program: Path, folder: Path) -> dict[str, float]:
    root, home = folder / "lab", folder / "jupyter"
    root.mkdir()
    write_notebook(root / "loop.ipynb", "python3", [BUILD, f"ROUNDS = {ROUNDS}\n{MEASURE}"])
    with serve(root, home) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_ARGUMENTS)
        notebook = Notebook.open(browser.new_page(), server, "loop.ipynb")
        notebook.run(0)
        notebook.page.locator(".gl-plot").wait_for()
        notebook.run(1, timeout_s=300)
        told: dict[str, float] = json.loads(notebook.output_text(1).splitlines()[-1])
        browser.close()
    return told


if __name__ == "__main__":
    main()
