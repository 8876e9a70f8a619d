"""A lesson in Jupyter Notebook 7, whose page is not JupyterLab's."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.notebook import SCREENSHOTS, Notebook
from tests.browser.server import Server

RUNS = 3  # of the graph in the lesson's first section


def test_lesson_shows_its_runs(page: Page, lab_server: Server) -> None:
    page.goto(f"{lab_server.url}/notebooks/04_node_lifecycle.ipynb")
    Notebook(page).wait_for_kernel()
    page.get_by_role("menuitem", name="Run").first.click()
    page.get_by_text("Run All Cells", exact=True).click()
    graph = page.locator(".labext-graph").first
    expect(graph).to_have_attribute("data-runs", str(RUNS), timeout=120_000)
    graph.scroll_into_view_if_needed()
    page.screenshot(path=SCREENSHOTS / "notebook-7.png")
    lab_server.stop_kernels()
