"""TensorBoard's own page shows several runs' curves, the distribution of theta, and the graph with compute times."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenNotebook
from tests.browser.test_learner import source_of, write
from tests.tensorboard_runs import RUNS, write_runs
from tests.tensorboard_server import serve

SCREENSHOTS = Path(__file__).parent.parent / "screenshots"


@pytest.fixture(scope="module")
def board_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    logdir = tmp_path_factory.mktemp("tf_logs")
    write_runs(logdir)
    with serve(logdir) as board:
        yield board.url


def test_curves_of_several_runs(page: Page, board_url: str) -> None:
    page.goto(f"{board_url}#scalars")
    for run in RUNS:
        expect(page.get_by_text(run).first).to_be_visible()
    expect(page.get_by_text("MSE").first).to_be_visible()
    expect(page.locator("vz-line-chart2 path.line").nth(len(RUNS) - 1)).to_be_attached()
    page.screenshot(path=SCREENSHOTS / "tensorboard-scalars.png")


def test_distribution_of_theta(page: Page, board_url: str) -> None:
    page.goto(f"{board_url}#histograms")
    expect(page.get_by_text("parameters").first).to_be_visible()
    page.screenshot(path=SCREENSHOTS / "tensorboard-histograms.png")


def test_graph_with_scopes_and_shapes(page: Page, board_url: str) -> None:
    page.goto(f"{board_url}#graphs&run={RUNS[0]}")
    for text in ("loss", "theta", "X", "3×1"):
        expect(page.locator("svg text:visible", has_text=text).first).to_be_visible()
    page.screenshot(path=SCREENSHOTS / "tensorboard-graph.png")


def test_compute_times_of_a_traced_step(page: Page, board_url: str) -> None:
    page.goto(f"{board_url}#graphs&run={RUNS[0]}")
    expect(page.locator("svg text:visible", has_text="loss").first).to_be_visible()
    page.locator(".tags-row paper-dropdown-menu").click()
    page.locator("paper-item:visible", has_text="traced step").click()
    page.locator("#compute-time-radio-button").click()
    # The slower end of the scale that the nodes are coloured by, in whatever unit.
    expect(page.locator("text=/^[1-9][0-9.]* .?s$/").first).to_be_visible()
    page.screenshot(path=SCREENSHOTS / "tensorboard-times.png")


def test_magic_in_a_lesson_beside_our_view(open_notebook: OpenNotebook) -> None:
    lesson = open_notebook("11_tensorboard.ipynb")
    last = lesson.find_cell('lesson.reveal("points of the curve"')
    for index in range(last + 1):
        if lesson.is_code(index) and "lesson.predict" not in source_of(lesson, index):
            lesson.run(index)
    shown = lesson.find_cell("ScalarPlot(")
    write(lesson, shown, "%load_ext tensorboard\n%tensorboard --logdir tf_logs --port 0")
    try:
        lesson.run(shown)
        board = lesson.cell(shown).locator("iframe").content_frame
        expect(board.get_by_text("MSE_1").first).to_be_visible(timeout=60_000)
        expect(board.locator("line-chart, vz-line-chart2").first).to_be_visible()
        ours = lesson.cell(lesson.find_cell("live.watch(")).locator(".labext-graph[data-state]")
        expect(ours).to_be_visible()
        lesson.save_screenshot("tensorboard-in-lesson", shown)
    finally:
        write(lesson, shown, "import psutil\nfor child in psutil.Process().children(): child.terminate()")
        lesson.run(shown)
