"""Lessons as nbgrader's assignments: its own schema, and its own commands."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.nbgraderformat import MetadataValidator

from labext.lessons.assignment import main, make_assignment
from labext.lessons.exercises import CATALOGUE
from tests.lessons.learner import LESSONS

ANSWERS = {"anna": {"line = ...": "line = 5", "values = ...": "values = [3, 4, 42]"}, "ben": {"line = ...": "line = 4"}}


@pytest.mark.parametrize("name", CATALOGUE)
def test_metadata_are_nbgraders_own(name: str) -> None:
    (path,) = LESSONS.glob(f"[0-9][0-9]_{name}.ipynb")
    made = make_assignment(nbformat.read(path, as_version=4), name)
    nbformat.validate(made)
    MetadataValidator().validate_nb(made)
    roles = [cell.metadata.nbgrader for cell in made.cells if "nbgrader" in cell.metadata]
    assert len({role.grade_id for role in roles}) == len(roles)
    assert sum(role.get("points", 0) for role in roles) == len(CATALOGUE[name])
    assert sum(role.solution for role in roles) == len(CATALOGUE[name])


def test_real_nbgrader_takes_the_solutions_out_and_grades(tmp_path: Path) -> None:
    name = "02_first_graph"
    assert main([str(tmp_path), str(LESSONS / f"{name}.ipynb")]) == 0
    run_nbgrader(tmp_path, "generate_assignment", name, "--create")
    released = nbformat.read(tmp_path / "release" / name / f"{name}.ipynb", as_version=4)
    for exercise in CATALOGUE["first_graph"]:
        assert not any(exercise.solution.splitlines()[-1] in cell.source.splitlines() for cell in released.cells)
    for student, answers in ANSWERS.items():
        for cell in (submitted := nbformat.from_dict(released)).cells:
            for starter, answer in answers.items():
                cell.source = cell.source.replace(starter, answer) if cell.cell_type == "code" else cell.source
        folder = tmp_path / "submitted" / student / name
        folder.mkdir(parents=True)
        nbformat.write(submitted, folder / f"{name}.ipynb")
        released = nbformat.read(tmp_path / "release" / name / f"{name}.ipynb", as_version=4)
    run_nbgrader(tmp_path, "autograde", name, "--create")
    run_nbgrader(tmp_path, "export")
    with (tmp_path / "grades.csv").open(encoding="utf-8") as table:
        scores = {row["student_id"]: (row["score"], row["max_score"]) for row in csv.DictReader(table)}
    assert scores == {"anna": ("2.0", "3.0"), "ben": ("0.0", "3.0")}
    # What students have solved is no progress of the teacher's.
    assert not list((tmp_path / "home").rglob("progress.json"))


def test_an_assignment_that_a_teacher_changed_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [str(tmp_path), str(LESSONS / "03_managing_graphs.ipynb")]
    assert main(arguments) == main(arguments) == 0
    (path,) = tmp_path.rglob("*.ipynb")
    path.write_text("changed", encoding="utf-8")
    assert main(arguments) == 1
    assert "delete or rename it" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == "changed"
    assert main([str(tmp_path), str(LESSONS / "00_index.ipynb")]) == 1
    assert "there are: linear_regression_live" in capsys.readouterr().err


def run_nbgrader(course: Path, *arguments: str) -> None:
    """Runs nbgrader's command in a course's folder, away from the settings and the progress of whoever runs the tests."""
    scripts = str(Path(sys.executable).parent)
    home = {name: str(course / "home") for name in ("HOME", "XDG_DATA_HOME", "JUPYTER_CONFIG_DIR", "IPYTHONDIR")}
    environment = {**os.environ, **home, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"}
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(command, cwd=course, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
