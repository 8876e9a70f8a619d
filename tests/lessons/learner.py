"""A learner's session: the names that a lesson's first cell defines, and code that is run with them."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import numpy as np

import graphlab as tf
from labext.lessons import Lesson
from labext.lessons.exercise import Verdict
from labext.lessons.exercises import CATALOGUE
from labext.lessons.progress import Progress

LESSONS = Path(__file__).parents[2] / "lessons"


@dataclass(frozen=True)
class Answers:
    """What learners write: wrong code with a part of the right diagnosis, and right code."""

    wrong: tuple[tuple[str, str], ...]
    right: tuple[str, ...]


def judge(name: str, number: int, code: str, progress: Progress) -> Verdict:
    """Runs code that assigns an exercise's variables, and checks them."""
    namespace = _names()
    exec(code, namespace)
    exercise = CATALOGUE[name][number - 1]
    return Lesson(name, progress).check(number, **{each: namespace[each] for each in exercise.names})


def judge_starter(name: str, number: int, progress: Progress) -> Verdict:
    """Runs the cells of a lesson's exercises as the notebook has them, up to one, and returns its verdict."""
    namespace = {**_names(), "lesson": Lesson(name, progress)}
    sources = [source for source in code_cells(name) if "lesson.check(" in source]
    for earlier in sources[: number - 1]:
        exec(earlier, namespace)
    tree = ast.parse(sources[number - 1])
    last = tree.body.pop()
    assert isinstance(last, ast.Expr)
    exec(compile(tree, name, "exec"), namespace)
    verdict = eval(compile(ast.Expression(last.value), name, "eval"), namespace)
    assert isinstance(verdict, Verdict)
    return verdict


def code_cells(name: str) -> list[str]:
    """The code of a lesson."""
    (path,) = LESSONS.glob(f"[0-9][0-9]_{name}.ipynb")
    return [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def _names() -> dict[str, Any]:
    def reset_graph(seed: int = 42) -> None:
        tf.reset_default_graph()
        tf.set_random_seed(seed)
        np.random.seed(seed)

    reset_graph()
    return {"tf": tf, "np": np, "reset_graph": reset_graph}
