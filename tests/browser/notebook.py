"""A notebook open in JupyterLab, as a person sees it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from playwright.sync_api import Locator, Page, expect

from tests.browser.server import Server

SCREENSHOTS = Path(__file__).parent.parent / "screenshots"
_OPEN_TIMEOUT_MS = 60_000
# ipykernel 7.0 to 7.3 may leave a request unread that comes in while it answers another one, until there is a new
# connection. The first ones of a page are such: at that moment the server asks the kernel how it is.
_KERNEL_ANSWERS = """async () => {
    const { kernel } = window.jupyterapp.shell.currentWidget.sessionContext.session;
    const giveUp = () => new Promise(resolve => setTimeout(resolve, 10_000, null));
    const ask = () => kernel.requestExecute({ code: "", silent: true, store_history: false }).done;
    while (!(await Promise.race([ask(), giveUp()]))) await kernel.reconnect();
}"""
_THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}


class Notebook:
    """The notebook in front; cells count from 0, Markdown cells included."""

    def __init__(self, page: Page) -> None:
        """Wraps a page that shows a notebook with a ready kernel."""
        self.page = page

    @classmethod
    def open(cls, page: Page, server: Server, path: str) -> Notebook:
        """Loads JupyterLab with nothing but this notebook, and waits for its kernel.

        Args:
            page: The browser's page.
            server: Where JupyterLab runs.
            path: The notebook's path in the server's folder.
        """
        page.goto(f"{server.url}/lab/tree/{path}?reset")
        notebook = cls(page)
        notebook.wait_for_kernel()
        return notebook

    def wait_for_kernel(self) -> None:
        """Waits until the notebook's kernel answers."""
        self.page.locator(".jp-NotebookPanel:visible .jp-Cell").first.wait_for(timeout=_OPEN_TIMEOUT_MS)
        self.page.wait_for_function(
            "() => window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel", timeout=_OPEN_TIMEOUT_MS
        )
        self.page.evaluate(_KERNEL_ANSWERS)

    def reload(self) -> None:
        """Saves the notebook and loads the page again; the kernel goes on meanwhile."""
        self._save()
        self.page.reload()
        self.wait_for_kernel()

    def close_and_open_again(self) -> None:
        """Saves the notebook, closes its tab and opens it in another one; the kernel goes on meanwhile."""
        self._save()
        url, context = self.page.url, self.page.context
        self.page.close()
        self.page = context.new_page()
        self.page.goto(url)
        self.wait_for_kernel()

    def open_another(self, path: str) -> None:
        """Opens another notebook beside this one, or goes back to one, and takes it from here on."""
        self.page.evaluate("path => window.jupyterapp.commands.execute('docmanager:open', {path})", path)
        self.page.wait_for_function("path => window.jupyterapp.shell.currentWidget.context?.path === path", arg=path)
        self.wait_for_kernel()

    def cell(self, index: int) -> Locator:
        """The cell's element."""
        return self.page.locator(".jp-NotebookPanel:visible .jp-Notebook .jp-Cell").nth(index)

    def find_cell(self, text: str) -> int:
        """Index of the first cell whose source contains a text."""
        sources: list[str] = self.page.evaluate(
            "() => window.jupyterapp.shell.currentWidget.content.widgets.map(c => c.model.sharedModel.source)"
        )
        return next(index for index, source in enumerate(sources) if text in source)

    def is_code(self, index: int) -> bool:
        """Whether the cell can be run."""
        kind: str = self.page.evaluate(
            "index => window.jupyterapp.shell.currentWidget.content.widgets[index].model.type", index
        )
        return kind == "code"

    def start(self, index: int) -> None:
        """Starts a cell and returns at once."""
        self.page.evaluate(
            """index => {
                const panel = window.jupyterapp.shell.currentWidget;
                panel.content.activeCellIndex = index;
                void window.jupyterapp.commands.execute("notebook:run-cell");
            }""",
            index,
        )

    def is_running(self, index: int) -> bool:
        """Whether the cell still shows the star of a running cell."""
        return self.cell(index).locator(".jp-InputPrompt").inner_text() == "[*]:"

    def wait_until_done(self, index: int, *, timeout_s: float = 120) -> None:
        """Waits until the cell shows its number.

        Raises:
            AssertionError: It did not end in time, or ended with an error.
        """
        prompt = self.cell(index).locator(".jp-InputPrompt")
        expect(prompt).to_have_text(re.compile(r"^\[\d+\]:$"), timeout=timeout_s * 1000)
        errors: list[str] = self.page.evaluate(
            """index => window.jupyterapp.shell.currentWidget.content.widgets[index].model.sharedModel.getOutputs()
                .filter(output => output.output_type === "error")
                .map(output => output.traceback.join("\\n"))""",
            index,
        )
        assert not errors, errors[0]

    def run(self, index: int, *, timeout_s: float = 120) -> None:
        """Runs a cell to its end.

        Raises:
            AssertionError: It did not end in time, or ended with an error.
        """
        self.start(index)
        self.wait_until_done(index, timeout_s=timeout_s)

    def run_all(self, *, timeout_s: float = 300) -> None:
        """Runs every code cell, one after the other.

        Raises:
            AssertionError: One did not end in time, or ended with an error.
        """
        for index in range(self.page.evaluate("window.jupyterapp.shell.currentWidget.content.widgets.length")):
            if self.is_code(index):
                self.run(index, timeout_s=timeout_s)

    def output_text(self, index: int) -> str:
        """What the cell printed and returned."""
        return "\n".join(self.cell(index).locator(".jp-OutputArea-output").all_inner_texts())

    def set_theme(self, theme: Literal["light", "dark"]) -> None:
        """Switches JupyterLab's theme and waits until the page has it."""
        self.page.evaluate(
            "theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})", _THEMES[theme]
        )
        is_light = "true" if theme == "light" else "false"
        self.page.locator(f"body[data-jp-theme-light='{is_light}']").wait_for(state="attached")
        self.page.locator("#jupyterlab-splash").wait_for(state="detached")

    def save_screenshot(self, name: str, first: int | None = None, last: int | None = None) -> Path:
        """Saves a picture of the page, or of some cells of it, as tests/screenshots/NAME.png.

        Args:
            name: The file's name without its ending.
            first: The first cell to show; without it, the whole page is shown.
            last: The last cell to show; the first if None.

        Returns:
            The file.
        """
        path = SCREENSHOTS / f"{name}.png"
        if first is None:
            self.page.screenshot(path=path)
            return path
        usual_size = self.page.viewport_size
        self.page.set_viewport_size({"width": 1200, "height": 2000})
        self.cell(first).evaluate("cell => cell.scrollIntoView()")
        top, bottom = self.cell(first).bounding_box(), self.cell(first if last is None else last).bounding_box()
        assert top
        assert bottom
        assert usual_size
        height = bottom["y"] + bottom["height"] - top["y"]
        self.page.screenshot(path=path, clip={**top, "height": height})
        self.page.set_viewport_size(usual_size)
        return path

    def _save(self) -> None:
        self.page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
        self.page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")
