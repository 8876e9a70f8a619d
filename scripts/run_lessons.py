"""Runs the lessons and stores their outputs, pictures included: `python scripts/run_lessons.py lessons/*.ipynb`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

_ROOT = f"{Path(__file__).resolve().parent.parent}/"


def main(paths: list[str]) -> None:
    """Runs each notebook in its own folder and writes it back without widget state, which a page could not draw."""
    os.environ["GRAPHLAB_LANGUAGE"] = "en"  # A folder of lessons in another language counts more.
    for path in map(Path, paths):
        notebook = nbformat.read(path, as_version=4)
        NotebookClient(notebook, resources={"metadata": {"path": path.parent}}, store_widget_state=False).execute()
        for cell in notebook.cells:
            cell.metadata.pop("execution", None)
            _join_streams(cell)
            _shorten_paths(cell)
        notebook.metadata = {key: notebook.metadata[key] for key in ("kernelspec", "language_info")}
        nbformat.write(notebook, path)
        print(f"{path}: {len(notebook.cells)} cells")


def _join_streams(cell: nbformat.NotebookNode) -> None:
    """Joins what a cell printed in several messages, whose borders differ from run to run."""
    joined: list[nbformat.NotebookNode] = []
    for output in cell.get("outputs", []):
        is_same_stream = (
            joined and output.output_type == "stream" == joined[-1].output_type and output.name == joined[-1].name
        )
        if is_same_stream:
            joined[-1].text += output.text
        else:
            joined.append(output)
    if "outputs" in cell:
        cell.outputs = joined


def _shorten_paths(cell: nbformat.NotebookNode) -> None:
    """Takes out of tracebacks where this checkout lies on this machine."""
    for output in cell.get("outputs", []):
        if output.output_type == "error":
            output.traceback = [frame.replace(_ROOT, "") for frame in output.traceback]


if __name__ == "__main__":
    main(sys.argv[1:])
