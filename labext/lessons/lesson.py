"""A lesson as a notebook uses it: check, hint, solution, prediction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from labext.language import tr
from labext.lessons.exercise import Exercise, Status, Verdict
from labext.lessons.exercises import CATALOGUE
from labext.lessons.predictions import Predictions
from labext.lessons.progress import Progress, default_path


@dataclass(frozen=True)
class Note:
    """Text for the learner; Markdown where the page shows it."""

    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_markdown_(self) -> str:
        return self.text


class Lesson:
    """The exercises of one lesson, and the learner's progress in it.

    Args:
        name: the lesson's name, as in its file after the number.
        progress: where records are kept; the user's own by default.

    Raises:
        LookupError: there is no such lesson.

    Example:
        >>> Lesson("first_graph")
        Lesson('first_graph')
    """

    def __init__(self, name: str, progress: Progress | None = None) -> None:
        if name not in CATALOGUE:
            raise LookupError(f"There is no lesson {name!r}; there are: {', '.join(CATALOGUE)}.")
        self.name = name
        self._progress = progress or Progress(default_path())
        self._predictions = Predictions()

    def __repr__(self) -> str:
        return f"Lesson({self.name!r})"

    def check(self, number: int, **answers: Any) -> Verdict:
        """Judges an exercise and keeps the result.

        Args:
            number: the exercise's number, from 1.
            answers: the learner's variables, by name.

        Returns:
            The verdict, which says what is wrong with a wrong answer.

        Raises:
            LookupError: there is no such exercise.
            TypeError: the answers are not those of this exercise.
            OSError: the progress cannot be kept.
        """
        verdict = self._exercise(number).check(tr("Exercise {number}", number=number), answers)
        if verdict.status is not Status.NOT_ATTEMPTED:
            record = self._progress.of(self.name, number)
            is_solved = record.is_solved or verdict.is_solved
            self._progress.keep(self.name, number, replace(record, attempts=record.attempts + 1, is_solved=is_solved))
        return verdict

    def hint(self, number: int) -> Note:
        """Gives the next hint; each call tells a little more.

        Args:
            number: the exercise's number, from 1.

        Returns:
            The hint.

        Raises:
            LookupError: there is no such exercise.
            OSError: the progress cannot be kept.
        """
        hints = self._exercise(number).hints
        record = self._progress.of(self.name, number)
        if record.hints >= len(hints):
            end = tr("(That was the last hint; `lesson.solution({number})` shows a solution.)", number=number)
            return Note(f"{tr(hints[-1])}\n\n{end}")
        self._progress.keep(self.name, number, replace(record, hints=record.hints + 1))
        place, hint = record.hints + 1, tr(hints[record.hints])
        return Note(tr("Hint {place} of {total}: {hint}", place=place, total=len(hints), hint=hint))

    def solution(self, number: int) -> Note:
        """Shows one way to do an exercise.

        Args:
            number: the exercise's number, from 1.

        Returns:
            The code.

        Raises:
            LookupError: there is no such exercise.
            OSError: the progress cannot be kept.
        """
        shown = self._exercise(number)
        record = self._progress.of(self.name, number)
        self._progress.keep(self.name, number, replace(record, has_seen_solution=True))
        return Note(f"```python\n{shown.solution}\n```")

    def predict(self, question: str, answer: Any) -> Note:
        """Commits to an answer before the cell that shows it; the first answer stands."""
        return Note(self._predictions.commit(question, answer))

    def reveal(self, question: str, actual: Any) -> Note:
        """Says what came, beside what was predicted."""
        return Note(self._predictions.reveal(question, actual))

    def reset(self) -> Note:
        """Forgets the progress and the predictions of this lesson.

        Raises:
            OSError: the progress cannot be written.
        """
        self._progress.reset(self.name)
        self._predictions = Predictions()
        return Note(tr("The progress of {lesson} is forgotten.", lesson=repr(self.name)))

    def _exercise(self, number: int) -> Exercise:
        exercises = CATALOGUE[self.name]
        if not 1 <= number <= len(exercises):
            raise LookupError(f"{self.name!r} has exercises 1 to {len(exercises)}, not {number}.")
        return exercises[number - 1]
