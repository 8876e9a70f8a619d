"""Runs over the graph in a real JupyterLab: counts, failures, steps, and one slider for plot and graph."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.conftest import open_page
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
ODD = """
odd = tf.identity(tf.log(-mse, name="bad"), name="after")
halted = live.step(sess, odd)
halted.break_when_not_finite()
halted
"""
# Something is painted, and nothing as bright as a light theme's ground and grid.
DARKLY_PAINTED = """canvas => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const pixels = Array.from({ length: data.length / 4 }, (_, i) => data.subarray(4 * i, 4 * i + 4));
    const painted = pixels.filter(pixel => pixel[3] === 255);
    const isBright = pixel => Math.min(pixel[0], pixel[1], pixel[2]) > 225;
    return painted.length > 0 && painted.filter(isBright).length < painted.length / 10;
}"""
CELLS = [
    BOOK_LOOP,
    "view = live.watch(values=[mse])\ndisplay(view, live.plot(mse))",
    "sess = tf.InteractiveSession()\nsess.run(init)\nfor _ in range(500):\n    sess.run(training_op)",
    "sess.run(tf.placeholder(tf.float32, name='unfed'))",
    "stepped = live.step(sess, mse)\nstepped",
    LIFE,
    ODD,
    "checked = live.watch(check_numerics=True)\ndisplay(checked)\nsess.run(odd)",
    "watched = live.watch(values=[odd])\ndisplay(watched)\nsess.run(odd)\nwatched.select(odd)",
    "for _ in range(1502):\n    sess.run(training_op)",
]


@pytest.fixture(scope="module")
def notebook(chromium: Browser, lab_server: Server) -> Iterator[Notebook]:
    """The book's graph, watched and trained; the tests share it, since kernels are slow to start."""
    for name in ("live-graph", "second"):
        write_notebook(lab_server.root / f"{name}.ipynb", "python3", CELLS)
    with open_page(chromium) as page:
        notebook = Notebook.open(page, lab_server, "live-graph.ipynb")
        for index in range(3):
            notebook.run(index)
        yield notebook
        lab_server.stop_kernels()


def test_slider_moves_plot_and_graph_together(notebook: Notebook) -> None:
    graph, plot = notebook.cell(1).locator(".labext-graph"), notebook.cell(1).locator(".gl-plot")
    wait_for(plot, "element.dataset.points === '500'")
    slider = notebook.page.get_by_label("Recorded step", exact=True)
    wait_for(slider, "element.max === '499'")
    slider.focus()
    slider.press("Home")
    wait_for(graph, "element.dataset.lookedAt === '0'")
    wait_for(plot, "element.dataset.at === '0'")
    slider.press("ArrowRight")
    wait_for(plot, "element.dataset.at === '1'")
    notebook.page.locator(".gl-plot-chart").press("ArrowRight")
    wait_for(graph, "element.dataset.lookedAt === '2'")
    notebook.save_screenshot("live-scrub", 1)


def test_failure_selects_its_node(notebook: Notebook) -> None:
    with pytest.raises(AssertionError, match="must feed"):
        notebook.run(3)
    graph = notebook.cell(1).locator(".labext-graph")
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


def test_stops_at_a_breakpoint_and_where_numbers_go_wrong(notebook: Notebook) -> None:
    notebook.run(6)
    graph = notebook.cell(6).locator(".labext-graph")
    bar = graph.locator(".labext-runs")
    expect(bar).to_contain_text("nodes to evaluate")
    graph.evaluate("graph => graph.labextView.select('mse')")
    press(graph, "Break here")
    press(graph, "Run to the next breakpoint or to the end")
    expect(bar).to_contain_text("mse (Mean) · breakpoint")
    press(graph, "Run to the next breakpoint or to the end")
    expect(bar).to_contain_text("bad (Log) · first value with NaN or infinity")

    for limit, reason in (("-1", "mse (Mean) · condition holds"), ("1e9", "bad (Log) · first value")):
        press(graph, "Back to the start")
        press(graph, "Remove breakpoint")
        when = graph.get_by_label("When to stop")
        when.select_option("above")
        graph.get_by_label("Limit").fill(limit)
        press(graph, "Break here")
        expect(graph.locator(".labext-card")).to_contain_text(f"Stops here: value above {float(limit):g}")
        press(graph, "Run to the next breakpoint or to the end")
        expect(bar).to_contain_text(reason)
    notebook.save_screenshot("live-breakpoint", 6)


def test_nan_is_traced_to_the_node_that_made_it(notebook: Notebook) -> None:
    notebook.run(7)
    graph = notebook.cell(7).locator(".labext-graph")
    wait_for(graph, "element.dataset.failed === 'bad'")
    expect(graph.get_by_role("alert")).to_contain_text("NaN came up here first")
    notebook.set_theme("dark")
    notebook.save_screenshot("live-nan-dark", 7)
    notebook.set_theme("light")


def test_card_of_a_nan_says_how_to_trace_it(notebook: Notebook) -> None:
    notebook.run(8)
    card = notebook.cell(8).locator(".labext-card")
    expect(card).to_contain_text("check_numerics=True")
    notebook.save_screenshot("live-nan-card", 8)


def test_two_notebooks_have_graphs_and_steps_of_their_own(notebook: Notebook) -> None:
    graph = notebook.cell(1).locator(".labext-graph").element_handle()
    looked_at = graph.get_attribute("data-looked-at")
    notebook.open_another("second.ipynb")
    for index in range(3):
        notebook.run(index)
    slider = notebook.page.get_by_label("Recorded step", exact=True).locator("visible=true")
    wait_for(slider, "element.max === '499'")
    slider.focus()
    slider.press("Home")
    wait_for(notebook.cell(1).locator(".labext-graph"), "element.dataset.lookedAt === '0'")
    assert graph.get_attribute("data-looked-at") == looked_at
    notebook.open_another("live-graph.ipynb")
    notebook.run(2)
    wait_for(
        notebook.cell(1).locator(".gl-plot"), "element.dataset.points === '1000' && element.dataset.curves === '2'"
    )
    notebook.save_screenshot("live-two-runs", 1)


def test_node_lifecycle_is_seen(notebook: Notebook) -> None:
    notebook.run(5)
    graph = notebook.cell(1).locator(".labext-graph")
    wait_for(graph, "JSON.parse(element.dataset.state).shown.includes('z')")
    graph.evaluate("graph => graph.labextView.select('w')")
    expect(graph.locator(".labext-run-card")).to_contain_text("2 × since the cell began")
    notebook.save_screenshot("live-lifecycle", 1)


def test_views_made_in_the_dark_are_dark(notebook: Notebook) -> None:
    notebook.set_theme("dark")
    notebook.run(1)
    for name in (".labext-graph .labext-stage", ".gl-plot"):
        wait_for(notebook.cell(1).locator(name), f"({DARKLY_PAINTED})(element.querySelector('canvas'))")
    notebook.save_screenshot("live-dark", 1)
    notebook.set_theme("light")


def test_now_is_the_present_step_though_not_all_are_recorded(notebook: Notebook) -> None:
    for index in (0, 1, 2, 9):
        notebook.run(index)
    graph = notebook.cell(1).locator(".labext-graph")
    # Every second step is kept, and of 2,002 the last is not.
    slider, said = graph.get_by_label("Recorded step", exact=True), graph.locator(".labext-steps output")
    wait_for(slider, "element.max === '1000'")
    expect(said).to_have_text("step 2,001")
    slider.focus()
    slider.press("ArrowLeft")
    expect(said).to_have_text("step 1,998")
    press(graph, "Follow the newest step again")
    expect(said).to_have_text("step 2,001")
    notebook.run(9)
    expect(said).to_have_text("step 3,503")


def press(graph: Locator, name: str) -> None:
    button = graph.get_by_role("button", name=name, exact=True)
    button.focus()
    button.press("Enter")


def wait_for(element: Locator, condition: str) -> None:
    """Waits until a condition on `element` holds in the page."""
    element.wait_for()
    element.page.wait_for_function(f"element => {condition}", arg=element.element_handle(), timeout=30_000)
