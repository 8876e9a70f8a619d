"""Lessons as nbgrader takes them: `python -m labext.lessons.assignment COURSE LESSON.ipynb`."""

from __future__ import annotations

import argparse
import copy
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import nbformat

from labext.lessons.exercises import CATALOGUE

_CHECK = re.compile(r"\n*^(lesson\.check\((\d+),.*\))$", re.MULTILINE)
_CONFIG = """c = get_config()

c.CourseDirectory.course_id = "graphlab"
# The starters have dots to replace, so nothing needs to fail in place of a solution.
c.ClearSolutions.code_stub = {"python": "# Put your answer in place of the dots."}
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the assignment of a lesson into a course's `source` folder.

    Args:
        arguments: words after the command's name; those of this process by default.

    Returns:
        The exit status.
    """
    parser = argparse.ArgumentParser(prog="graphlab assignment", description="Writes a lesson as nbgrader's source.")
    parser.add_argument("course", type=Path, metavar="COURSE", help="the course's folder; made if missing")
    parser.add_argument("lesson", type=Path, metavar="LESSON.ipynb", help="the lesson's notebook")
    options = parser.parse_args(arguments)
    try:
        print(_write(options.lesson, options.course))
    except (OSError, LookupError) as error:
        print(f"graphlab assignment: {error}", file=sys.stderr)
        return 1
    return 0


def make_assignment(lesson: nbformat.NotebookNode, name: str) -> nbformat.NotebookNode:
    """Makes the instructor's version of a lesson.

    Args:
        lesson: the notebook; it is not changed.
        name: the lesson's name, as in its file after the number.

    Returns:
        A notebook in which each exercise is a cell with the starter and a solution, followed by a locked cell, worth
        one point, that fails unless the exercise is solved. `nbgrader generate_assignment` takes the solutions out.

    Raises:
        LookupError: there is no such lesson.
    """
    if name not in CATALOGUE:
        raise LookupError(f"There is no lesson {name!r}; there are: {', '.join(CATALOGUE)}.")
    made = copy.deepcopy(lesson)
    made.cells = [part for cell in made.cells for part in _parts(cell, name)]
    return made


def _parts(cell: nbformat.NotebookNode, name: str) -> Iterator[nbformat.NotebookNode]:
    check = _CHECK.search(cell.source) if cell.cell_type == "code" else None
    if check is None:
        if "Lesson(" in cell.source and cell.cell_type == "code":
            cell.metadata["nbgrader"] = _role(f"{name}-setup", locked=True)
        yield cell
        return
    call, number = check.groups()
    solution = CATALOGUE[name][int(number) - 1].solution
    starter = cell.source[: check.start()]
    answer = f"{starter}\n\n### BEGIN SOLUTION\n{solution}\n### END SOLUTION"
    grading = f"verdict = {call}\nprint(verdict)\nassert verdict.is_solved"
    yield _code(cell, "", answer, _role(f"{name}-{number}", solution=True))
    yield _code(cell, "-check", grading, _role(f"{name}-{number}-check", grade=True, locked=True, points=1))


def _code(cell: nbformat.NotebookNode, suffix: str, source: str, role: dict[str, Any]) -> nbformat.NotebookNode:
    made: nbformat.NotebookNode = nbformat.v4.new_code_cell(source, id=cell.id + suffix, metadata={"nbgrader": role})
    return made


def _role(
    grade_id: str, *, grade: bool = False, solution: bool = False, locked: bool = False, **points: int
) -> dict[str, Any]:
    flags = {"grade": grade, "solution": solution, "locked": locked, "task": False}
    return {"schema_version": 3, "grade_id": grade_id, **flags, **points}


def _write(path: Path, course: Path) -> Path:
    made = make_assignment(nbformat.read(path, as_version=4), path.stem.partition("_")[2])
    target = course / "source" / path.stem / path.name
    content = nbformat.writes(made) + "\n"
    if target.exists() and target.read_text(encoding="utf-8") != content:
        raise FileExistsError(f"{target} is there already and differs: delete or rename it to have it made anew.")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(content, encoding="utf-8")
    config = course / "nbgrader_config.py"
    if not config.exists():
        config.write_text(_CONFIG, encoding="utf-8")
    return target


if __name__ == "__main__":
    sys.exit(main())
