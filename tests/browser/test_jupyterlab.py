"""The browser tests' own tools, tried on a notebook that needs nothing of ours."""

import json

import pytest

from tests.browser.conftest import OpenNotebook
from tests.browser.server import Server


@pytest.fixture
def path(lab_server: Server) -> str:
    """A notebook in the server's folder."""
    code: dict[str, object] = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
    content = {
        "cells": [
            {"cell_type": "markdown", "id": "title", "metadata": {}, "source": "# Plain"},
            {**code, "id": "print", "source": "print(6 * 7)"},
            {**code, "id": "fail", "source": "1 / 0"},
            {**code, "id": "wait", "source": "import threading; threading.Event().wait(60)"},
        ],
        "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    (lab_server.root / "plain.ipynb").write_text(json.dumps(content))
    return "plain.ipynb"


def test_cells_run_fail_and_keep_running(open_notebook: OpenNotebook, path: str) -> None:
    notebook = open_notebook(path)
    notebook.run(1)
    assert notebook.output_text(1).strip() == "42"
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        notebook.run(notebook.find_cell("1 / 0"))
    notebook.start(3)
    assert notebook.is_running(3)


def test_theme_and_screenshot(open_notebook: OpenNotebook, path: str) -> None:
    notebook = open_notebook(path)
    notebook.set_theme("dark")
    dark = notebook.save_screenshot("plain-dark").read_bytes()
    notebook.set_theme("light")
    light = notebook.save_screenshot("plain-light").read_bytes()
    assert dark != light
