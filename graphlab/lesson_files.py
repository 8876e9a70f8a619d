"""The lessons as files: where the package keeps them, and a learner's own copies."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

_PACKAGE = Path(__file__).parent
# English lessons are in the folder itself, others in a folder of their language.
LANGUAGES = ("en", "zh")
_SUFFIXES = frozenset({".ipynb", ".py", ".png", ".svg"})


def lessons_folder() -> Path:
    """Where the lessons of this installation are: inside the package, or beside it in a checkout.

    Returns:
        An existing folder.

    Raises:
        FileNotFoundError: The installation has no lessons.
    """
    for folder in (_PACKAGE / "lessons", _PACKAGE.parent / "lessons"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"No lessons found beside {_PACKAGE}: reinstall graph-lab.")


def copy_lessons(target: Path) -> list[Path]:
    """Copies every lesson that is not there yet, without outputs, and touches no file that is.

    A learner who can read what a cell will print need not predict it.

    Args:
        target: The learner's folder; made if missing. The folder of the lessons itself is left alone.

    Returns:
        Relative paths of the files that differ from the package's and were kept.

    Raises:
        OSError: The folder cannot be written, or is a file.
    """
    source = lessons_folder()
    target.mkdir(parents=True, exist_ok=True)
    if target.samefile(source):
        return []
    kept = []
    for relative in _lesson_files(source):
        content, copy = _content(source / relative), target / relative
        copy.parent.mkdir(parents=True, exist_ok=True)
        if not copy.exists():
            copy.write_bytes(content)
        elif copy.read_bytes() != content:
            kept.append(relative)
    return kept


def find_lesson(folder: Path, number: int, language: str = "en") -> Path:
    """The notebook whose name begins with a number.

    Args:
        folder: Where to look.
        number: The lesson's number, from 1; the index of all lessons is 0.
        language: One of `LANGUAGES`.

    Returns:
        Its path, beginning with `folder`.

    Raises:
        LookupError: There is no such lesson; the message lists those that are.
    """
    home = folder if language == "en" else folder / language
    numbered = {int(match[0]): path for path in home.glob("*.ipynb") if (match := re.match(r"\d+", path.name))}
    if number not in numbered:
        listing = ", ".join(f"{key} ({numbered[key].stem})" for key in sorted(numbered)) or "none"
        raise LookupError(f"There is no lesson {number}; there are: {listing}.")
    return numbered[number]


def _content(path: Path) -> bytes:
    content = path.read_bytes()
    if path.suffix != ".ipynb":
        return content
    notebook = json.loads(content)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"execution_count": None, "outputs": []}
    return json.dumps(notebook, ensure_ascii=False, indent=1).encode()


def _lesson_files(source: Path) -> Iterator[Path]:
    for path in sorted(source.rglob("*")):
        relative = path.relative_to(source)
        if path.suffix in _SUFFIXES and not any(part.startswith(".") for part in relative.parts):
            yield relative
