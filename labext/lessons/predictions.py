"""Answers that a learner commits to before running a cell."""

from __future__ import annotations

from typing import Any

import numpy as np


class Predictions:
    """Keeps the first answer to each question, and compares it with what came."""

    def __init__(self) -> None:
        self._committed: dict[str, Any] = {}

    def commit(self, question: str, answer: Any) -> str:
        """Takes an answer; once given it stands."""
        if answer is ...:
            return "No prediction yet: put your answer in place of the dots and run this cell, then the next."
        kept = self._committed.setdefault(question, answer)
        if not _same(kept, answer):
            return f"You have already predicted {kept!r}. Run the next cell."
        return f"You predict {kept!r}. Run the next cell."

    def reveal(self, question: str, actual: Any) -> str:
        """Says what came, beside what was predicted."""
        if question not in self._committed:
            return f"It is {_plain(actual)!r}."
        predicted = self._committed[question]
        if _same(predicted, actual):
            return f"It is {_plain(actual)!r}, as you predicted."
        return f"It is {_plain(actual)!r}; you predicted {predicted!r}. Find out why before you go on."


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return str(one).strip().casefold() == str(other).strip().casefold()
    return bool(np.array_equal(np.asarray(one), np.asarray(other)))
