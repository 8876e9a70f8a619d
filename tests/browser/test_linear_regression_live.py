"""The first lesson in a real JupyterLab: the curve grows while the cell runs, the graph opens, both are on screen."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import OpenNotebook
from tests.browser.notebook import Notebook
from tests.browser.server import Server

# Notes at each change of the plot whether the training cell still shows its star.
WITNESS = """([plot, prompt]) => {
    window.seen = [];
    new MutationObserver(() => window.seen.push(
        {points: Number(plot.dataset.points), isRunning: prompt.textContent === "[*]:"}
    )).observe(plot, {attributes: true, attributeFilter: ["data-points"]});
}"""

# Which boxes have something painted around their centre, that is any pixel unlike the background's.
PAINTED = """(graph, paths) => {
    const canvas = graph.querySelector("canvas");
    const context = canvas.getContext("2d");
    const {left, top, width} = canvas.getBoundingClientRect();
    const scale = canvas.width / width;
    const background = String(context.getImageData(2, 2, 1, 1).data);
    return paths.filter(path => {
        const {x, y} = graph.labextView.positionOf(path).centre;
        const corner = [(x - left - 8) * scale, (y - top - 8) * scale];
        const pixels = context.getImageData(...corner, 16 * scale, 16 * scale).data;
        for (let i = 0; i < pixels.length; i += 4) {
            if (String(pixels.subarray(i, i + 4)) !== background) return true;
        }
        return false;
    });
}"""


LESSON = "01_linear_regression_live.ipynb"


@pytest.fixture
def lesson(open_notebook: OpenNotebook) -> Notebook:
    """The lesson, run up to the two windows."""
    return run_up_to_the_windows(open_notebook(LESSON))


def run_up_to_the_windows(notebook: Notebook) -> Notebook:
    for text in ("fetch_california_housing", "StandardScaler()", "live.watch()", "live.plot(", "def reset_graph"):
        notebook.run(notebook.find_cell(text))
    return notebook


def test_curve_grows_while_the_cell_runs_and_the_graph_follows(open_notebook: OpenNotebook, lab_server: Server) -> None:
    # Long enough for some batches on a fast machine, too.
    text = (lab_server.root / LESSON).read_text(encoding="utf-8")
    (lab_server.root / "longer.ipynb").write_text(text.replace("n_epochs = 1000", "n_epochs = 10000"), encoding="utf-8")
    lesson = run_up_to_the_windows(open_notebook("longer.ipynb"))
    training = lesson.find_cell("tf.gradients(mse")
    plot, graph = plot_of(lesson), graph_of(lesson)
    prompt = lesson.cell(training).locator(".jp-InputPrompt")
    lesson.page.evaluate(WITNESS, [plot.element_handle(), prompt.element_handle()])
    lesson.run(training)
    wait_for_attribute(plot, "element.dataset.points === '10000'")
    seen: list[dict[str, Any]] = lesson.page.evaluate("window.seen")
    counts = [one["points"] for one in seen if one["isRunning"]]
    # What changes beside the points draws them again.
    assert counts == sorted(counts)
    assert len(set(counts)) >= 2
    wait_for_attribute(graph, "JSON.parse(element.dataset.state).shown.includes('mse')")
    assert state_of(graph)["nodes"] > 20


def test_double_click_opens_and_closes_a_scope(lesson: Notebook) -> None:
    lesson.run(lesson.find_cell("tf.gradients(mse"))
    graph = graph_of(lesson)
    wait_for_attribute(graph, "JSON.parse(element.dataset.state).shown.includes('theta')")
    double_click(graph, "theta")
    wait_for_attribute(graph, "JSON.parse(element.dataset.state).shown.includes('theta/read')")
    assert state_of(graph)["expanded"] == ["theta"]
    assert "theta/Assign" in state_of(graph)["shown"]
    double_click_rim(graph, "theta")
    wait_for_attribute(graph, "!JSON.parse(element.dataset.state).shown.includes('theta/read')")
    assert state_of(graph)["expanded"] == []
    double_click(graph, "gradients")
    wait_for_attribute(graph, "JSON.parse(element.dataset.state).shown.includes('gradients/mse_grad')")
    assert state_of(graph)["expanded"] == ["gradients"]


def test_a_graph_that_grows_keeps_what_the_lesson_is_about(lesson: Notebook) -> None:
    lesson.run(lesson.find_cell("tf.gradients(mse"))
    lesson.run(lesson.find_cell("bolder_op ="))
    graph = graph_of(lesson)
    wait_for_attribute(graph, "JSON.parse(element.dataset.state).shown.includes('Assign_1')")
    assert {"theta", "random_uniform", "gradients", "mse"} <= set(state_of(graph)["main"])
    lesson.save_screenshot("lesson-bolder", lesson.find_cell("live.watch()"))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_screen_shows_what_the_model_says(lesson: Notebook, theme: Any) -> None:
    lesson.set_theme(theme)
    lesson.run(lesson.find_cell("tf.gradients(mse"))
    plot, graph = plot_of(lesson), graph_of(lesson)
    wait_for_attribute(graph, f"JSON.parse(element.dataset.state).theme === '{theme}'")
    wait_for_attribute(graph, "JSON.parse(element.dataset.state).shown.includes('mse')")
    wait_for_attribute(plot, "element.dataset.points === '1000'")
    # The static pictures are for readers without a kernel; beside the live views they would be there twice.
    expect(lesson.page.locator("img[src^='data:image/svg+xml']:visible")).to_have_count(0)
    # What is off the screen is not painted.
    graph.scroll_into_view_if_needed()
    shown = state_of(graph)["shown"]
    wait_for_attribute(graph, f"({PAINTED})(element, {json.dumps(shown)}).length === {len(shown)}")
    lesson.save_screenshot(f"lesson-{theme}", lesson.find_cell("live.watch()"), lesson.find_cell("live.plot("))


def graph_of(notebook: Notebook) -> Locator:
    return notebook.page.locator(".labext-graph[data-state]")


def plot_of(notebook: Notebook) -> Locator:
    return notebook.page.locator("[data-points]")


def state_of(graph: Locator) -> dict[str, Any]:
    state: dict[str, Any] = json.loads(graph.get_attribute("data-state") or "")
    return state


def wait_for_attribute(element: Locator, condition: str) -> None:
    """Waits until a condition on `element` holds in the page."""
    handle = element.element_handle()
    element.page.wait_for_function(f"element => {condition}", arg=handle, timeout=30_000)


def double_click(graph: Locator, path: str) -> None:
    graph.scroll_into_view_if_needed()
    place: dict[str, float] = graph.evaluate("(graph, path) => graph.labextView.positionOf(path).centre", path)
    graph.page.mouse.dblclick(place["x"], place["y"])


def double_click_rim(graph: Locator, path: str) -> None:
    """Double-clicks an open scope where nothing stands in it: just inside its lower left corner."""
    graph.scroll_into_view_if_needed()
    place: dict[str, float] = graph.evaluate("(graph, path) => graph.labextView.positionOf(path).corner", path)
    graph.page.mouse.dblclick(place["x"] + 4, place["y"] - 4)
