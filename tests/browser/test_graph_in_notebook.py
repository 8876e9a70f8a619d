"""The graph view among JupyterLab's own things: at a cell's end, and docked beside the notebook."""

from __future__ import annotations

import nbformat
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenNotebook
from tests.browser.notebook import Notebook
from tests.browser.server import Server

CELLS = [
    """import graphlab as tf
import labext
x = tf.placeholder(tf.float32, [None, 3], name="x")
y = tf.square(x, name="y")
tf.get_default_graph()""",
    "view = labext.GraphView(tf.get_default_graph())\nview.dock()",
    'z = tf.reduce_mean(y, name="z")',
    "labext.compare(tf.Graph(), tf.get_default_graph())",
]
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


@pytest.fixture
def notebook(open_notebook: OpenNotebook, lab_server: Server) -> Notebook:
    cells = [nbformat.v4.new_code_cell(source) for source in CELLS]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=KERNEL), lab_server.root / "graph.ipynb")
    return open_notebook("graph.ipynb")


def test_a_graph_shows_itself_and_docks_beside_the_notebook(notebook: Notebook) -> None:
    notebook.run(0)
    inline = notebook.cell(0).locator(".labext-graph[data-state*='\"y\"']")
    inline.wait_for()
    # The picture for readers without a kernel stands beside it, unseen.
    expect(notebook.page.locator("img[src^='data:image/svg+xml']:visible")).to_have_count(0)
    notebook.run(1)
    docked = notebook.page.locator(
        ".jp-LinkedOutputView .labext-graph, .lm-DockPanel-widget:not(.jp-NotebookPanel) .labext-graph"
    )
    docked.wait_for()
    expect(notebook.page.locator("img[src^='data:image/svg+xml']:visible")).to_have_count(0)
    notebook.run(2)
    notebook.page.wait_for_function(
        """() => [...document.querySelectorAll(".labext-graph[data-state]")].every(
            graph => JSON.parse(graph.dataset.state).shown.includes("z"))"""
    )
    notebook.save_screenshot("docked")


def test_tools_of_graphs_side_by_side_take_two_rows(notebook: Notebook) -> None:
    notebook.run(0)
    notebook.run(3)
    notebook.page.evaluate("window.jupyterapp.commands.execute('application:toggle-left-area')")
    notebook.page.set_viewport_size({"width": 900, "height": 1000})
    notebook.cell(3).locator(".labext-toolbar").last.wait_for()
    notebook.page.wait_for_function(
        """() => [...document.querySelectorAll(".jp-Cell:last-child .labext-toolbar")].every(toolbar =>
            toolbar.clientWidth < 400 && toolbar.clientHeight < 3 * toolbar.querySelector("input").offsetHeight)"""
    )
