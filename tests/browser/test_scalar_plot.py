"""The plot's own controls in a real JupyterLab: outliers, windows by mouse and keyboard, the table, other curves."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import OpenNotebook
from tests.browser.kernels import write_notebook
from tests.browser.notebook import Notebook
from tests.browser.server import Server

CELLS = [
    """
from labext import ScalarPlot
plot = ScalarPlot(title="values")
for run in range(2):
    curve = plot.open_curve("values", f"run {run + 1}")
    for step in range(1001):
        sign = 1 if step == 1000 else -1
        curve.append(step, 1e6 if step == 500 else float("nan") if step == 700 else step % 10 + run * sign)
plot
""",
    "print(plot.ignore_outliers)",
    """
wide = ScalarPlot(title="a_title_that_is_longer_than_any_narrow_cell_is_wide")
for tag in ("loss", "accuracy", "learning_rate"):
    wide.append(tag, 0, -1.2345e-5)
wide
""",
]


@pytest.fixture
def notebook(open_notebook: OpenNotebook, lab_server: Server) -> Notebook:
    """Two curves with an outlier and a NaN each."""
    write_notebook(lab_server.root / "plot.ipynb", "python3", CELLS)
    notebook = open_notebook("plot.ipynb")
    notebook.run(0)
    wait_for(notebook.page.locator(".gl-plot"), "element.dataset.points === '2002'")
    return notebook


def test_window_follows_outliers_keys_and_mouse(notebook: Notebook) -> None:
    plot = notebook.page.locator(".gl-plot")
    assert window_of(plot)["y"]["to"] > 1e6
    press(plot, "Ignore outliers")
    wait_for(plot, "JSON.parse(element.dataset.window).y.to < 20")
    notebook.run(1)
    assert notebook.output_text(1).strip() == "True"

    chart = plot.locator(".gl-plot-chart")
    chart.focus()
    chart.press("+")
    wait_for(plot, at(250, 750))
    chart.press("PageDown")
    wait_for(plot, at(500, 1000))

    drag(plot.locator(".u-over"), 0.25, 0.75, "Alt")
    wait_for(plot, at(250, 750))
    notebook.save_screenshot("plot-outliers", 0)
    press(plot, "Reset zoom")
    wait_for(plot, at(0, 1000))


def test_table_and_legend_by_keyboard(notebook: Notebook) -> None:
    plot = notebook.page.locator(".gl-plot")
    press(plot, "run 1")
    expect(plot.get_by_role("button", name="run 1", exact=True)).to_have_attribute("aria-pressed", "false")
    press(plot, "Table")
    expect(plot.locator("table.gl-plot-table")).to_contain_text("run 2")
    notebook.set_theme("dark")
    press(plot, "log y")
    notebook.save_screenshot("plot-table-dark", 0)


def test_legend_is_sorted_by_the_values_under_the_cursor(notebook: Notebook) -> None:
    plot = notebook.page.locator(".gl-plot")
    rows, head = plot.locator(".gl-plot-legend tbody tr"), plot.locator(".gl-plot-legend thead th").nth(1)
    expect(rows.first).to_contain_text("run 2")
    press(plot, "Value")
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(rows.first).to_contain_text("run 2")
    press(plot, "Value")
    expect(head).to_have_attribute("aria-sort", "ascending")
    expect(rows.first).to_contain_text("run 1")
    chart = plot.locator(".gl-plot-chart")
    chart.focus()
    chart.press("ArrowLeft")
    wait_for(plot, "element.dataset.at === '1000'")
    chart.press("ArrowLeft")
    expect(rows.first).to_contain_text("run 2")
    notebook.save_screenshot("plot-sorted", 0)
    press(plot, "Value")
    assert head.get_attribute("aria-sort") is None


def test_legend_changes_its_colours_with_the_theme(notebook: Notebook) -> None:
    # An earlier test may have left it dark.
    notebook.set_theme("light")
    # It hears of the theme after the plot, which must then have done all.
    colours = notebook.page.evaluate_handle("""() => {
        const swatch = document.querySelector(".gl-plot-swatch");
        const colours = [swatch.style.background];
        const note = () => colours.push(swatch.style.background);
        new MutationObserver(note).observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
        return colours;
    }""")
    notebook.set_theme("dark")
    before, after = colours.json_value()[:2]
    assert after != before


def test_nothing_sticks_out_of_a_narrow_cell(notebook: Notebook) -> None:
    notebook.run(2)
    notebook.page.evaluate("window.jupyterapp.commands.execute('application:toggle-left-area')")
    notebook.page.set_viewport_size({"width": 460, "height": 1000})
    plot = notebook.cell(2).locator(".gl-plot")
    press(plot, "Table")
    wait_for(plot, "element.clientWidth < 400")
    wait_for(plot, "element.scrollWidth <= element.clientWidth")
    # What does not fit is reached by scrolling.
    wait_for(plot.locator(".gl-plot-scroll").last, "element.scrollWidth > element.clientWidth")


def at(begin: float, end: float) -> str:
    x = "JSON.parse(element.dataset.window).x"
    return f"Math.abs({x}.from - {begin}) < 2 && Math.abs({x}.to - {end}) < 2"


def drag(area: Locator, begin: float, end: float, key: str) -> None:
    """Drags from one share of the area's width to another while a key is held."""
    area.scroll_into_view_if_needed()
    box = area.bounding_box()
    assert box
    mouse, middle = area.page.mouse, box["y"] + box["height"] / 2
    area.page.keyboard.down(key)
    mouse.move(box["x"] + box["width"] * begin, middle)
    mouse.down()
    mouse.move(box["x"] + box["width"] * end, middle, steps=4)
    mouse.up()
    area.page.keyboard.up(key)


def window_of(plot: Locator) -> dict[str, Any]:
    window: dict[str, Any] = json.loads(plot.get_attribute("data-window") or "")
    return window


def press(plot: Locator, name: str) -> None:
    button = plot.get_by_role("button", name=name, exact=True)
    button.focus()
    button.press("Enter")


def wait_for(element: Locator, condition: str) -> None:
    """Waits until a condition on `element` holds in the page."""
    element.wait_for()
    element.page.wait_for_function(f"element => {condition}", arg=element.element_handle(), timeout=30_000)
