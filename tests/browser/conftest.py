"""One JupyterLab and one Chromium for all browser tests; a fresh page and fresh kernels for each."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.chromium import ADVICE, find_chromium
from tests.browser.notebook import Notebook
from tests.browser.server import Server, serve

LESSONS = Path(__file__).parent.parent.parent / "lessons"
# As root there is no sandbox; the rest keeps the browser from talking to the network on its own.
CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# A busy machine takes its time; only a test that fails waits so long.
expect.set_options(timeout=60_000)

OpenNotebook = Callable[[str], Notebook]


# None of pytest's own exit statuses is so high.
DRIVER_DIED = 75
_HAS_DRIVER_DIED = pytest.StashKey[bool]()


def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    """Notes when Playwright's driver has died: no test after that can pass, and the product is not to blame."""
    if call.excinfo and "Playwright connection closed" in str(call.excinfo.value):
        item.session.stash[_HAS_DRIVER_DIED] = True


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tells by the exit status that the tests should be run again."""
    if session.stash.get(_HAS_DRIVER_DIED, False):
        session.exitstatus = DRIVER_DIED


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks everything in this folder as a browser test."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def lab_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """JupyterLab on a copy of the lessons; tests may put notebooks of their own into its folder."""
    root = tmp_path_factory.mktemp("lab")
    if LESSONS.is_dir():
        shutil.copytree(LESSONS, root, dirs_exist_ok=True)
    with serve(root, tmp_path_factory.mktemp("jupyter")) as server:
        yield server


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser; without one the tests are skipped, on CI they fail."""
    program = find_chromium()
    if program is None:
        if os.environ.get("CI"):
            pytest.fail(ADVICE)
        pytest.skip(ADVICE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def open_page(chromium: Browser) -> Iterator[Page]:
    """A page without history; an uncaught error in a widget's code is raised at the end."""
    context = chromium.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(error.stack or error.message))
    yield page
    context.close()
    # Widgets' code is loaded from blobs; JupyterLab itself throws on a change of theme.
    assert [error for error in errors if "blob:" in error] == []


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of the test's own."""
    with open_page(chromium) as page:
        yield page


@pytest.fixture
def open_notebook(page: Page, lab_server: Server) -> Iterator[OpenNotebook]:
    """Opens a notebook of the server's folder with a fresh kernel."""
    yield lambda path: Notebook.open(page, lab_server, path)
    lab_server.stop_kernels()
