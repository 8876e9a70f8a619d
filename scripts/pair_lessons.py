"""Makes the lessons' notebooks from their texts: `python scripts/pair_lessons.py lessons/text/en/*.md`.

A text is Jupytext Markdown. The notebook keeps its outputs where a cell has not changed; `run_lessons.py` renews them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import jupytext
import nbformat

_METADATA = {"kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}}


def main(paths: list[str]) -> None:
    """Writes the notebook of each text."""
    for path in map(Path, paths):
        target = notebook_path(path)
        target.parent.mkdir(exist_ok=True)
        notebook = read_text(path)
        if target.exists():
            _keep_outputs(notebook, nbformat.read(target, as_version=4))
        nbformat.write(notebook, target)


def notebook_path(text: Path) -> Path:
    """Where the notebook of a text is: English in `lessons`, other languages in folders of their own."""
    lessons, language = text.parents[2], text.parent.name
    return (lessons if language == "en" else lessons / language) / f"{text.stem}.ipynb"


def read_text(path: Path) -> nbformat.NotebookNode:
    """Reads a text as a notebook without outputs.

    Args:
        path: Jupytext Markdown.

    Returns:
        The notebook; a cell's id is its kind and its place.
    """
    notebook: nbformat.NotebookNode = jupytext.read(path, fmt="md")
    notebook.metadata = nbformat.from_dict(_METADATA)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    for place, cell in enumerate(notebook.cells):
        cell["id"] = f"{'code' if cell.cell_type == 'code' else 'text'}-{place:02}"
    return notebook


def _keep_outputs(fresh: nbformat.NotebookNode, stored: nbformat.NotebookNode) -> None:
    fresh.metadata = stored.metadata
    for cell, old in zip(fresh.cells, stored.cells, strict=False):
        if cell.cell_type == old.cell_type == "code" and cell.source == old.source:
            cell.outputs, cell.execution_count = old.outputs, old.execution_count


if __name__ == "__main__":
    main(sys.argv[1:])
