"""What surrounds the checks: hints, solutions, predictions, progress on disk, and the pairing of texts and notebooks."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest

from labext.lessons import Lesson, overview
from labext.lessons.exercises import CATALOGUE
from labext.lessons.progress import Progress, Record
from scripts.pair_lessons import notebook_path, read_text

LESSONS = Path(__file__).parents[2] / "lessons"
TEXTS = sorted((LESSONS / "text").rglob("*.md"))


@pytest.fixture
def progress(tmp_path: Path) -> Progress:
    return Progress(tmp_path / "folder" / "progress.json")


@pytest.fixture
def lesson(progress: Progress) -> Lesson:
    return Lesson("first_graph", progress)


def test_hints_come_one_after_the_other_and_end_with_the_way_to_the_solution(lesson: Lesson) -> None:
    hints = CATALOGUE["first_graph"][1].hints
    for number, hint in enumerate(hints):
        assert repr(lesson.hint(2)) == f"Hint {number + 1} of {len(hints)}: {hint}"
    assert "lesson.solution(2)" in repr(lesson.hint(2))


def test_hints_and_attempts_are_kept_on_disk(lesson: Lesson, tmp_path: Path) -> None:
    lesson.hint(2)
    lesson.check(2, line=1)
    lesson.check(2, line=5)
    lesson.solution(2)
    expected = Record(attempts=2, hints=1, is_solved=True, has_seen_solution=True)
    assert Progress(tmp_path / "folder" / "progress.json").of("first_graph", 2) == expected


def test_a_solved_exercise_stays_solved(lesson: Lesson, progress: Progress) -> None:
    lesson.check(2, line=5)
    lesson.check(2, line=1)
    assert progress.of("first_graph", 2).is_solved


def test_reset_forgets_this_lesson_only(lesson: Lesson, progress: Progress) -> None:
    Lesson("node_lifecycle", progress).check(1, times=3)
    lesson.check(2, line=5)
    lesson.reset()
    assert progress.of("first_graph", 2) == Record()
    assert progress.of("node_lifecycle", 1).is_solved


def test_overview_counts_solved_exercises(lesson: Lesson, progress: Progress) -> None:
    assert "first graph: 0 of 3 solved" in repr(overview(progress))
    lesson.check(2, line=5)
    assert "first graph: 1 of 3 solved" in repr(overview(progress))
    assert "<td>1 of 3 solved</td>" in overview(progress)._repr_html_()


def test_prediction_stands_once_it_is_given(lesson: Lesson) -> None:
    assert "No prediction yet" in repr(lesson.predict("count", ...))
    assert repr(lesson.predict("count", 3)) == "You predict 3. Run the next cell."
    assert "already predicted 3" in repr(lesson.predict("count", 2))
    assert repr(lesson.reveal("count", 2)).startswith("It is 2; you predicted 3.")


@pytest.mark.parametrize(("predicted", "actual"), [(3, 3.0), (" A node", "a node"), ((9, 1), [9, 1]), (False, False)])
def test_right_prediction_is_recognised(lesson: Lesson, predicted: object, actual: object) -> None:
    lesson.predict("question", predicted)
    assert "as you predicted" in repr(lesson.reveal("question", actual))


def test_wrong_names_are_refused(lesson: Lesson, progress: Progress) -> None:
    with pytest.raises(LookupError, match="there are: linear_regression_live, first_graph"):
        Lesson("frist_graph", progress)
    with pytest.raises(LookupError, match="exercises 1 to 3, not 4"):
        lesson.check(4)
    with pytest.raises(TypeError, match="pass x=x, y=y, g=g"):
        lesson.check(1, x=1)


def test_verdict_shows_markup_as_text(lesson: Lesson) -> None:
    shown = lesson.check(2, line="<b>five</b>")._repr_html_()
    assert "&lt;b&gt;five" in shown
    assert "not yet" in shown
    assert "<code>line</code>" in lesson.check(2, line=...)._repr_html_()


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_notebook_has_the_cells_of_its_text(text: Path) -> None:
    notebook = nbformat.read(notebook_path(text), as_version=4)
    expected = [(cell.id, cell.cell_type, cell.source, cell.metadata.get("tags")) for cell in read_text(text).cells]
    assert [(c.id, c.cell_type, c.source, c.metadata.get("tags")) for c in notebook.cells] == expected


@pytest.mark.parametrize("name", CATALOGUE)
def test_lesson_has_its_parts(name: str) -> None:
    (path,) = LESSONS.glob(f"[0-9][0-9]_{name}.ipynb")
    cells = nbformat.read(path, as_version=4).cells
    prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    for part in ("You will be able to", "*Time: ", "You need: ", "redict", "mistake", "## Summary", "**Next:**"):
        assert part in prose, part
    for part in ("live.watch(", "lesson.predict(", "lesson.reveal(", f'Lesson("{name}")'):
        assert part in code, part
    assert any("raises-exception" in cell.metadata.get("tags", []) for cell in cells)
    for target in prose.split("](")[1:]:
        link = target.partition(")")[0]
        assert "://" in link or (LESSONS / link).is_file(), link


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_headings_are_in_order_and_pictures_have_a_text(text: Path) -> None:
    prose = [cell.source for cell in read_text(text).cells if cell.cell_type == "markdown"]
    levels = [len(match[1]) for match in re.finditer(r"^(#+) ", "\n".join(prose), re.MULTILINE)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(level <= before + 1 for before, level in pairwise(levels))
    assert "![]" not in "\n".join(prose)


@pytest.mark.parametrize("text", [text for text in TEXTS if not text.stem.startswith("00")], ids=lambda path: path.stem)
def test_lesson_begins_with_two_to_four_goals(text: Path) -> None:
    goals = read_text(text).cells[0].source.split("\n\n")[2].splitlines()
    assert 2 <= len(goals) <= 4
    assert all(goal.startswith("- ") for goal in goals)
