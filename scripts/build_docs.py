"""Builds the site, without a network: `python scripts/build_docs.py build/docs`."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
from sphinx.cmd.build import main as build_site

ROOT = Path(__file__).resolve().parent.parent
_CAPTIONS = {"zh": "中文课程"}
_PAGES = ("CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md")
_TREE = """
```{toctree}
:hidden:
:caption: %s
:glob:

%s
```
"""
_INTERFACES = """# Interfaces

The public names of <a href="api/graphlab.html">graphlab</a> and <a href="api/labext.html">labext</a>, from their docstrings.
"""
_WIDGET = "application/vnd.jupyter.widget-view+json"


def main(target: Path) -> int:
    """Makes the site and, inside it, the pages of the public interfaces.

    Args:
        target: the site's folder; what is in it is replaced.

    Returns:
        The exit status.
    """
    status = build_pages(target)
    pdoc = [sys.executable, "-m", "pdoc", "--docformat", "google", "--output-directory", str(target / "api")]
    return status or subprocess.run([*pdoc, "graphlab", "labext"], cwd=ROOT, check=False).returncode


def build_pages(target: Path) -> int:
    """Gathers the sources beside the target and makes the pages, but for those of the interfaces.

    Args:
        target: the site's folder; what is in it is replaced.

    Returns:
        The exit status; a warning is an error.
    """
    sources = target.with_name(f"{target.name}-sources")
    for folder in (sources, target):
        shutil.rmtree(folder, ignore_errors=True)
    _gather(sources)
    return build_site(["-W", "--keep-going", "-q", "-c", str(ROOT / "docs"), str(sources), str(target)])


def _gather(sources: Path) -> None:
    """Copies the pages as they lie in the repository, so that their links hold."""
    shutil.copytree(
        ROOT / "docs", sources / "docs", ignore=shutil.ignore_patterns("conf.py", "README.md", "site.*", "__pycache__")
    )
    for name in _PAGES:
        shutil.copy(ROOT / name, sources)
    for path in (ROOT / "lessons").rglob("[0-9]*.ipynb"):
        _copy_lesson(path, sources / path.relative_to(ROOT))
    readme = (sources / "README.md").read_text(encoding="utf-8")
    trees = [
        ("Lessons", "lessons/[0-9]*"),
        *((caption, f"lessons/{language}/[0-9]*") for language, caption in _CAPTIONS.items()),
        ("More", "docs/*\ndocs/decisions/index\ninterfaces\nCONTRIBUTING\nCHANGELOG"),
    ]
    (sources / "interfaces.md").write_text(_INTERFACES, encoding="utf-8")
    (sources / "README.md").rename(sources / "index.md")
    (sources / "index.md").write_text(readme + "".join(_TREE % tree for tree in trees), encoding="utf-8")


def _copy_lesson(path: Path, target: Path) -> None:
    """Copies a lesson with its pictures in place of the widgets, which need a kernel."""
    lesson = nbformat.read(path, as_version=4)
    lesson.metadata["language_info"] = {"name": "python", "pygments_lexer": "ipython3"}
    for cell in lesson.cells:
        for output in cell.get("outputs", []):
            if picture := output.get("data", {}).get("image/svg+xml"):
                output.data = nbformat.from_dict({"text/html": picture})
        if "outputs" in cell:
            cell.outputs = [output for output in cell.outputs if _WIDGET not in output.get("data", {})]
    target.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(lesson, target)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
