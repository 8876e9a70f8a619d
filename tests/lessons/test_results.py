"""Results as tables, and records that nothing loses."""

from __future__ import annotations

import csv
import io
import json
import threading
from pathlib import Path

import pytest

from labext.lessons import Lesson
from labext.lessons.exercises import CATALOGUE
from labext.lessons.progress import Progress
from labext.lessons.results import main

COUNT = sum(len(exercises) for exercises in CATALOGUE.values())


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """The records of two learners."""
    paths = [tmp_path / name / "progress.json" for name in ("anna", "ben")]
    anna = Lesson("first_graph", Progress(paths[0]))
    anna.hint(2)
    anna.check(2, line=1)
    anna.check(2, line=5)
    Lesson("first_graph", Progress(paths[1])).solution(2)
    return [str(path) for path in paths]


def test_results_of_a_class_as_csv(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(files) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == 2 * COUNT
    anna, ben = (row for row in rows if (row["lesson"], row["exercise"]) == ("first_graph", "2"))
    assert (anna["file"], anna["is_solved"], anna["attempts"], anna["hints"]) == (files[0], "True", "2", "1")
    assert (ben["file"], ben["is_solved"], ben["attempts"], ben["has_seen_solution"]) == (
        files[1],
        "False",
        "0",
        "True",
    )


def test_results_as_json(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--format", "json", files[0]]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["title"] for row in rows if row["is_solved"]] == [CATALOGUE["first_graph"][1].title]


@pytest.mark.parametrize("content", ["{", "[]", '{"first_graph": {"1": {"tries": 3}}}', '{"first_graph": 3}'])
def test_a_file_of_something_else_is_refused_and_kept(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "progress.json"
    path.write_text(content, encoding="utf-8")
    assert main([str(path)]) == 1
    assert "holds no records of progress. Rename it" in capsys.readouterr().err
    with pytest.raises(ValueError, match="Rename it, to begin anew"):
        Lesson("first_graph", Progress(path)).check(2, line=5)
    assert path.read_text(encoding="utf-8") == content
    assert main([str(tmp_path / "none.json")]) == 1
    assert "none.json is no file" in capsys.readouterr().err


def test_notebooks_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    def solve(number: int) -> None:
        for name in CATALOGUE:
            Lesson(name, Progress(tmp_path / "progress.json")).hint(number)

    threads = [threading.Thread(target=solve, args=(number,)) for number in (1, 2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    progress = Progress(tmp_path / "progress.json")
    assert all(progress.of(name, number).hints == 1 for name in CATALOGUE for number in (1, 2, 3))
