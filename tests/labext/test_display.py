"""The two outputs of a widget: in a kernel as nbconvert and nbval run it, and without one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from labext import ScalarPlot
from labext import display as display_module


class Outputs:
    """Records what is displayed."""

    def __init__(self) -> None:
        self.shown: list[tuple[dict[str, Any], dict[str, Any]]] = []

    def __call__(self, bundle: dict[str, Any], **how: Any) -> None:
        self.shown.append((bundle, how))


@pytest.fixture
def outputs(monkeypatch: pytest.MonkeyPatch) -> Outputs:
    recorded = Outputs()
    monkeypatch.setattr(display_module, "display", recorded)
    return recorded


def test_view_and_picture_are_two_outputs(outputs: Outputs) -> None:
    plot = ScalarPlot(title="mse")
    plot._ipython_display_()
    (view, _), (picture, how) = outputs.shown
    assert view["text/plain"] == "ScalarPlot('mse')"
    assert view["application/vnd.jupyter.widget-view+json"]["model_id"] == plot.model_id
    assert list(picture) == ["image/svg+xml"]
    assert f'id="{plot.picture_id}"' in picture["image/svg+xml"]
    assert how["display_id"] == plot.picture_id


def test_picture_is_drawn_again_only_when_its_content_changed(outputs: Outputs) -> None:
    plot = ScalarPlot()
    plot.refresh_picture()
    assert outputs.shown == []
    plot._ipython_display_()
    plot.refresh_picture()
    assert len(outputs.shown) == 2
    plot.append("mse", 0, 1.0)
    plot.refresh_picture()
    plot.refresh_picture()
    assert [how["update"] for _, how in outputs.shown[1:]] == [False, True]
    assert "run 1" in outputs.shown[-1][0]["image/svg+xml"]


def test_every_widget_has_its_own_picture() -> None:
    assert ScalarPlot().picture_id != ScalarPlot().picture_id


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> nbformat.NotebookNode:
    notebook: nbformat.NotebookNode = nbformat.v4.new_notebook()
    notebook.cells = [
        nbformat.v4.new_code_cell(source)
        for source in (
            "from labext import ScalarPlot\nplot = ScalarPlot()\nplot",
            "for step in range(100):\n    plot.append('mse', step, 1 / (step + 1))",
            "for step in range(100):\n    plot.append('mse', step, 2.0)\nraise KeyboardInterrupt",
        )
    ]
    folder = tmp_path_factory.mktemp("notebook")
    environment = {"metadata": {"path": str(folder)}}
    repository = Path(__file__).parents[2]
    notebook.cells[0].source = f"import sys; sys.path.insert(0, {str(repository)!r})\n" + notebook.cells[0].source
    NotebookClient(notebook, timeout=120, allow_errors=True, resources=environment).execute()
    return notebook


def test_executed_notebook_shows_view_and_final_picture(executed: nbformat.NotebookNode) -> None:
    view, picture = executed.cells[0].outputs
    assert "application/vnd.jupyter.widget-view+json" in view.data
    assert view.data["text/plain"] == ""
    assert list(picture.data) == ["image/svg+xml"]
    # The picture follows cells that end well and cells that are interrupted.
    assert "run 1: 100 points" in picture.data["image/svg+xml"]
    assert "run 2: 100 points" in picture.data["image/svg+xml"]


def test_executed_cells_print_nothing(executed: nbformat.NotebookNode) -> None:
    assert executed.cells[1].outputs == []
    assert [output.output_type for output in executed.cells[2].outputs] == ["error"]
