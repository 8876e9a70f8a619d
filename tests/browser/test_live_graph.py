"""Runs over the graph in a real JupyterLab: counts, failures, steps, and one slider for plot and graph."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import OpenNotebook
from tests.browser.kernels import BOOK_LOOP, write_notebook
from tests.browser.notebook import Notebook
from tests.browser.server import Server

LIFE = """
tf.reset_default_graph()
w = tf.constant(3, name="w")
x = tf.add(w, 2, name="x")
y = tf.add(x, 5, name="y")
z = tf.multiply(x, 3, name="z")
with tf.Session() as sess:
    print(y.eval(), z.eval())
"""
CELLS = [
    BOOK_LOOP,
    "view = live.watch(values=[mse])\ndisplay(view, live.plot(mse))",
    "sess = tf.InteractiveSession()\nsess.run(init)\nfor _ in range(500):\n    sess.run(training_op)",
    "sess.run(tf.placeholder(tf.float32, name='unfed'))",
    "stepped = live.step(sess, mse)\nstepped",
    LIFE,
]


@pytest.fixture
def notebook(open_notebook: OpenNotebook, lab_server: Server) -> Notebook:
    """The book's graph, watched and trained."""
    write_notebook(lab_server.root / "live-graph.ipynb", "python3", CELLS)
    notebook = open_notebook("live-graph.ipynb")
    for index in range(3):
        notebook.run(index)
    return notebook


def test_slider_moves_plot_and_graph_together(notebook: Notebook) -> None:
    graph, plot = notebook.page.locator(".labext-graph"), notebook.page.locator(".gl-plot")
    wait_for(plot, "element.dataset.points === '500'")
    slider = notebook.page.get_by_label("Recorded step", exact=True)
    wait_for(slider, "element.max === '499'")
    slider.focus()
    slider.press("Home")
    wait_for(graph, "element.dataset.lookedAt === '0'")
    wait_for(plot, "element.dataset.at === '0'")
    notebook.page.locator(".gl-plot-chart").press("ArrowRight")
    wait_for(graph, "element.dataset.lookedAt === '1'")
    notebook.save_screenshot("live-scrub", 1)


def test_failure_selects_its_node(notebook: Notebook) -> None:
    with pytest.raises(AssertionError, match="must feed"):
        notebook.run(3)
    graph = notebook.page.locator(".labext-graph")
    wait_for(graph, "element.dataset.failed === 'unfed'")
    wait_for(graph, "JSON.parse(element.dataset.state).selected === 'unfed'")
    expect(graph.get_by_role("alert")).to_contain_text("feed_dict={unfed: value}")
    notebook.save_screenshot("live-failure", 1)


def test_steps_forward_and_back_by_keyboard(notebook: Notebook) -> None:
    notebook.run(4)
    graph = notebook.cell(4).locator(".labext-graph")
    for _ in range(3):
        press(graph, "Evaluate one node")
    bar = graph.locator(".labext-runs")
    expect(bar).to_contain_text("3 evaluated")
    press(graph, "One node back")
    expect(bar).to_contain_text("2 evaluated")
    press(graph, "Run to the next breakpoint or to the end")
    expect(bar).to_contain_text("done")
    notebook.save_screenshot("live-step", 4)


def test_node_lifecycle_is_seen(notebook: Notebook) -> None:
    notebook.run(5)
    graph = notebook.page.locator(".labext-graph")
    wait_for(graph, "JSON.parse(element.dataset.state).shown.includes('z')")
    graph.evaluate("graph => graph.labextView.select('w')")
    expect(graph.locator(".labext-run-card")).to_contain_text("2 × since the cell began")
    notebook.save_screenshot("live-lifecycle", 1)


def press(graph: Locator, name: str) -> None:
    button = graph.get_by_role("button", name=name, exact=True)
    button.focus()
    button.press("Enter")


def wait_for(element: Locator, condition: str) -> None:
    """Waits until a condition on `element` holds in the page."""
    element.wait_for()
    element.page.wait_for_function(f"element => {condition}", arg=element.element_handle(), timeout=30_000)
