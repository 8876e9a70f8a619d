"""An exercise: what a learner assigns, how it is judged, what helps."""

from __future__ import annotations

import html
import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from graphlab import errors
from labext.language import tr


class Status(Enum):
    """How an attempt stands."""

    NOT_ATTEMPTED = "not attempted"
    WRONG = "not yet"
    SOLVED = "solved"


class WrongAnswerError(Exception):
    """An answer is wrong; the message is for the learner."""


@dataclass(frozen=True)
class Verdict:
    """What a check found."""

    heading: str
    status: Status
    message: str

    @property
    def is_solved(self) -> bool:
        """Whether the answer is right."""
        return self.status is Status.SOLVED

    def __repr__(self) -> str:
        return tr("{verdict} {text}", verdict=self._said(), text=self.message)

    def _repr_html_(self) -> str:
        colour = {Status.NOT_ATTEMPTED: "#7c889b", Status.WRONG: "#c2410c", Status.SOLVED: "#15803d"}[self.status]
        text = re.sub("`([^`\n]+)`", r"<code>\1</code>", html.escape(self.message)).replace("\n", "<br>")
        heading = f"<strong>{html.escape(self._said())}</strong>"
        said = tr("{verdict} {text}", verdict=heading, text=text)
        return f'<div style="border-left: 4px solid {colour}; padding: 2px 10px">{said}</div>'

    def _said(self) -> str:
        said = {
            Status.NOT_ATTEMPTED: tr("{exercise}: not attempted."),
            Status.WRONG: tr("{exercise}: not yet."),
            Status.SOLVED: tr("{exercise}: solved."),
        }
        return said[self.status].format(exercise=self.heading)


@dataclass(frozen=True)
class Exercise:
    """One task.

    Args:
        title: a few words that name it, in English like the hints.
        names: the variables that the learner assigns.
        hints: help, each a little more than the one before.
        solution: one way to do it, as code that assigns the names.
        verify: takes the names' values; raises WrongAnswerError if they do not solve the task.
    """

    title: str
    names: tuple[str, ...]
    hints: tuple[str, ...]
    solution: str
    verify: Callable[..., None]

    def check(self, heading: str, answers: Mapping[str, Any]) -> Verdict:
        """Judges a learner's values.

        Args:
            heading: how the verdict calls the exercise.
            answers: the values of `names`; the dots of the starter mean that nothing was tried.

        Returns:
            The verdict.

        Raises:
            TypeError: the answers are not those of this exercise.
        """
        if set(answers) != set(self.names):
            listing = ", ".join(f"{name}={name}" for name in self.names)
            raise TypeError(f"{heading} checks {', '.join(self.names)}: pass {listing}.")
        open_names = [name for name in self.names if answers[name] is ...]
        if open_names:
            listing = ", ".join(f"`{name}`" for name in open_names)
            return Verdict(
                heading,
                Status.NOT_ATTEMPTED,
                tr("Replace the dots in {names}, then run the cell again.", names=listing),
            )
        try:
            self.verify(**answers)
        except WrongAnswerError as wrong:
            return Verdict(heading, Status.WRONG, str(wrong))
        except (errors.OpError, ValueError, TypeError) as error:
            return Verdict(heading, Status.WRONG, tr("Running your answer failed: {error}", error=error))
        return Verdict(heading, Status.SOLVED, tr("{title}: right.", title=tr(self.title)))


def exercise(*, title: str, hints: tuple[str, ...], solution: str) -> Callable[[Callable[..., None]], Exercise]:
    """Makes an exercise of a function that verifies; its parameters name the learner's variables."""

    def make(verify: Callable[..., None]) -> Exercise:
        names = tuple(inspect.signature(verify).parameters)
        return Exercise(title, names, hints, solution.strip(), verify)

    return make
