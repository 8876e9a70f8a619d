"""Training under control in a real JupyterLab, on each kernel that we support."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.conftest import open_page
from tests.browser.kernels import BOOK_LOOP, install_kernel, write_notebook
from tests.browser.notebook import Notebook
from tests.browser.server import Server, serve

pytestmark = pytest.mark.kernels

VERSIONS = ["6.31.0", "7.3.0", "7.4.0"]
WHICH = "import ipykernel; print(ipykernel.__version__)"
LOOP = """
plot = live.plot("mse")
display(plot)
with tf.Session() as sess:
    sess.run(init)
    for epoch in range(20_000):
        sess.run(training_op)
"""
TRAIN = """
sess = tf.InteractiveSession()
sess.run(init)
run = live.train(training_op, steps=10**9, metrics=[mse])
"""
ENDLESS = "view = live.watch()\ndisplay(view)\nwhile True:\n    sess.run(training_op)"
AFTER = "print(sess.run(mse))"
SHORT = "short = live.train(training_op, steps=300)\nprint(short)"
AWAITED = "await short\nprint(short)"
PLOT = """
from labext import ScalarPlot
plot = ScalarPlot(title="settings")
plot.append("value", 0, 1.0)
plot
"""
ENDLESSLY_AWAITED = "print('waiting')\nawait run"
APPEND = "plot.append('value', len(plot), 2.0)\nprint(plot.log_y, plot.ignore_outliers)"
# Notes at each change of the plot whether the training cell still shows its star.
WITNESS = """prompt => {
    window.seen = [];
    const look = () => {
        const plot = document.querySelector("[data-points]");
        if (plot && prompt.textContent === "[*]:") window.seen.push(Number(plot.dataset.points));
    };
    new MutationObserver(look).observe(document.body, {attributes: true, subtree: true, attributeFilter: ["data-points"]});
}"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """JupyterLab that knows the kernels under test."""
    home = tmp_path_factory.mktemp("jupyter")
    root = tmp_path_factory.mktemp("lab")
    cells = [BOOK_LOOP, WHICH, LOOP, TRAIN, ENDLESS, AFTER, SHORT, AWAITED, PLOT, APPEND, ENDLESSLY_AWAITED]
    for version in VERSIONS:
        try:
            kernel = install_kernel(version, tmp_path_factory.mktemp("kernel"), home / "data")
        except subprocess.CalledProcessError:
            continue
        write_notebook(root / f"{version}.ipynb", kernel, cells)
    with serve(root, home) as server:
        yield server


@pytest.fixture(scope="module", params=VERSIONS)
def notebook(request: pytest.FixtureRequest, lab: Server, chromium: Browser) -> Iterator[Notebook]:
    """The notebook on one of the kernels, with the graph built; the tests share it, since kernels are slow to start."""
    path = Path(f"{request.param}.ipynb")
    if not (lab.root / path).exists():
        pytest.skip(f"ipykernel {request.param} could not be installed here")
    with open_page(chromium) as page:
        notebook = Notebook.open(page, lab, str(path))
        notebook.run(0)
        notebook.run(1)
        assert notebook.output_text(1).strip() == request.param
        yield notebook
        lab.stop_kernels()


def test_curve_grows_while_a_cell_blocks(notebook: Notebook) -> None:
    prompt = notebook.cell(2).locator(".jp-InputPrompt").element_handle()
    notebook.page.evaluate(WITNESS, prompt)
    notebook.run(2)
    assert len(notebook.page.evaluate("window.seen.filter(count => count > 0)")) >= 2
    notebook.page.wait_for_function("document.querySelector('[data-points]').dataset.points === '20000'")


def test_buttons_hold_step_and_stop_a_training(notebook: Notebook) -> None:
    notebook.run(3)
    panel = notebook.cell(3).locator(".gl-train")
    wait_for(panel, "Number(element.dataset.step) > 20")
    press(panel, "Pause")
    wait_for(panel, "element.dataset.state === 'paused'")
    step = int(panel.get_attribute("data-step") or "")
    press(panel, "Step")
    wait_for(panel, f"element.dataset.step === '{step + 1}'")
    press(panel, "Resume")
    wait_for(panel, f"Number(element.dataset.step) > {step + 20}")
    press(panel, "Stop")
    wait_for(panel, "element.dataset.state === 'stopped'")
    expect(panel.locator(".gl-train-status")).to_contain_text("stopped · step")
    notebook.save_screenshot("training-stopped", 3)


def test_learning_rate_is_changed_by_keyboard(notebook: Notebook) -> None:
    notebook.run(3)
    panel = notebook.cell(3).locator(".gl-train")
    wait_for(panel, "Number(element.dataset.step) > 20")
    notebook.run(5)
    assert np.isfinite(float(notebook.output_text(5)))
    panel.get_by_role("button", name="Stop").focus()
    keyboard = notebook.page.keyboard
    # Past the speed.
    for _ in range(2):
        keyboard.press("Tab")
    expect(panel.get_by_label("Learning rate")).to_be_focused()
    keyboard.type("1e9")
    keyboard.press("Enter")
    plot = notebook.cell(3).locator(".gl-plot-value")
    expect(plot).to_have_text("NaN")
    notebook.run(5)
    assert np.isnan(float(notebook.output_text(5)))
    press(panel, "Stop")
    wait_for(panel, "element.dataset.state === 'stopped'")


def test_reload_finds_the_training_again(notebook: Notebook) -> None:
    notebook.run(3)
    panel = notebook.cell(3).locator(".gl-train")
    wait_for(panel, "Number(element.dataset.step) > 20")
    notebook.reload()
    panel.wait_for(timeout=60_000)
    wait_for(panel, "element.dataset.state === 'running' && Number(element.dataset.step) > 20")
    press(panel, "Stop")
    wait_for(panel, "element.dataset.state === 'stopped'")


def test_tab_that_is_closed_and_opened_again_finds_the_training(notebook: Notebook) -> None:
    notebook.run(3)
    panel = notebook.cell(3).locator(".gl-train")
    wait_for(panel, "Number(element.dataset.step) > 20")
    step = int(panel.get_attribute("data-step") or "")
    notebook.close_and_open_again()
    panel = notebook.cell(3).locator(".gl-train")
    panel.wait_for(timeout=60_000)
    wait_for(panel, f"element.dataset.state === 'running' && Number(element.dataset.step) > {step}")
    press(panel, "Stop")
    wait_for(panel, "element.dataset.state === 'stopped'")


def test_settings_changed_before_the_tab_is_closed_leave_the_plot_listening(notebook: Notebook) -> None:
    notebook.run(8)
    plot = notebook.cell(8).locator(".gl-plot")
    wait_for(plot, "element.dataset.points === '1'")
    press(plot, "log y")
    notebook.run(9)
    assert notebook.output_text(9).strip() == "True False"
    press(plot, "Ignore outliers")
    notebook.close_and_open_again()
    plot = notebook.cell(8).locator(".gl-plot")
    wait_for(plot, "element.dataset.points === '2'")
    press(plot, "log y")
    notebook.run(9)
    assert notebook.output_text(9).strip() == "False True"
    wait_for(plot, "element.dataset.points === '3'")


def test_interrupt_leaves_a_usable_session(notebook: Notebook) -> None:
    notebook.run(3)
    press(notebook.cell(3).locator(".gl-train"), "Stop")
    notebook.start(4)
    notebook.page.wait_for_function("() => Number(document.querySelector('.labext-graph')?.dataset.runs) > 20")
    notebook.page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.interrupt()")
    with pytest.raises(AssertionError, match="KeyboardInterrupt"):
        notebook.wait_until_done(4)
    notebook.run(5)
    assert np.isfinite(float(notebook.output_text(5)))


def test_interrupt_ends_the_waiting_and_not_the_training(notebook: Notebook) -> None:
    notebook.run(3)
    notebook.start(10)
    expect(notebook.cell(10).locator(".jp-OutputArea-output")).to_have_text("waiting")
    notebook.page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.interrupt()")
    with pytest.raises(AssertionError, match=r"CancelledError.*run\.stop\(\)") as caught:
        notebook.wait_until_done(10)
    assert "train.py" not in str(caught.value)
    panel = notebook.cell(3).locator(".gl-train")
    wait_for(panel, "element.dataset.state === 'running'")
    press(panel, "Stop")
    wait_for(panel, "element.dataset.state === 'stopped'")


def test_run_all_waits_where_it_is_told_to(notebook: Notebook) -> None:
    for index in (3, 6, 7):
        notebook.start(index)
    notebook.wait_until_done(7)
    assert notebook.output_text(7).strip() == "TrainingRun(finished, step 300 of 300)"


def test_restarted_kernel_is_told(notebook: Notebook) -> None:
    notebook.run(3)
    panel = notebook.cell(3).locator(".gl-train")
    wait_for(panel, "Number(element.dataset.step) > 20")
    notebook.page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
    wait_for(panel, "element.dataset.state === 'gone'")
    expect(panel.get_by_role("alert")).to_contain_text("Run the cell again")


def press(panel: Locator, name: str) -> None:
    """Presses a button by keyboard, as a reader without a mouse does."""
    button = panel.get_by_role("button", name=name, exact=True)
    button.focus()
    button.press("Enter")


def wait_for(element: Locator, condition: str) -> None:
    """Waits until a condition on `element` holds in the page."""
    element.wait_for()
    element.page.wait_for_function(f"element => {condition}", arg=element.element_handle(), timeout=30_000)
