"""TensorBoard's own page shows several runs' curves, the distribution of theta, and the graph."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

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
