"""Every exercise: the starter is "not attempted", wrong answers get their diagnosis, right ones pass."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from labext.lessons.exercise import Status
from labext.lessons.exercises import CATALOGUE
from labext.lessons.progress import Progress
from tests.lessons.learner import Answers, judge, judge_starter

EXERCISES = [(name, number + 1) for name, exercises in CATALOGUE.items() for number in range(len(exercises))]
ANSWERS: dict[str, tuple[Answers, ...]] = {
    name: importlib.import_module(f"tests.lessons.answers.{name}").ANSWERS for name in CATALOGUE
}
WRONG = [(name, number, *case) for name, number in EXERCISES for case in ANSWERS[name][number - 1].wrong]
RIGHT = [(name, number, code) for name, number in EXERCISES for code in ANSWERS[name][number - 1].right]


@pytest.fixture
def progress(tmp_path: Path) -> Progress:
    return Progress(tmp_path / "progress.json")


@pytest.mark.parametrize("name", CATALOGUE)
def test_each_exercise_has_enough_answers_and_hints(name: str) -> None:
    assert len(ANSWERS[name]) == len(CATALOGUE[name]) >= 3
    for answers, exercise in zip(ANSWERS[name], CATALOGUE[name], strict=True):
        assert len(answers.wrong) >= 3, exercise.title
        assert len(answers.right) >= 2, exercise.title
        assert len(exercise.hints) >= 2, exercise.title


@pytest.mark.parametrize(("name", "number"), EXERCISES)
def test_starter_is_not_attempted(name: str, number: int, progress: Progress) -> None:
    assert judge_starter(name, number, progress).status is Status.NOT_ATTEMPTED
    assert progress.of(name, number).attempts == 0


@pytest.mark.parametrize(("name", "number", "code", "diagnosis"), WRONG)
def test_wrong_answer_gets_its_diagnosis(name: str, number: int, code: str, diagnosis: str, progress: Progress) -> None:
    verdict = judge(name, number, code, progress)
    assert verdict.status is Status.WRONG
    assert re.search(diagnosis, verdict.message, re.DOTALL), verdict.message
    assert not progress.of(name, number).is_solved


@pytest.mark.parametrize(("name", "number", "code"), RIGHT)
def test_right_answer_passes(name: str, number: int, code: str, progress: Progress) -> None:
    verdict = judge(name, number, code, progress)
    assert verdict.status is Status.SOLVED, verdict.message
    assert progress.of(name, number).is_solved


@pytest.mark.parametrize(("name", "number"), EXERCISES)
def test_solution_passes(name: str, number: int, progress: Progress) -> None:
    verdict = judge(name, number, CATALOGUE[name][number - 1].solution, progress)
    assert verdict.status is Status.SOLVED, verdict.message
