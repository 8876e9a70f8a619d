"""Answers that a learner commits to before running a cell."""

from __future__ import annotations

from typing import Any

import numpy as np

from labext.language import tr


class Predictions:
    """Keeps the first answer to each question, and compares it with what came."""

    def __init__(self) -> None:
        self._committed: dict[str, Any] = {}

    def commit(self, question: str, answer: Any) -> str:
        """Takes an answer; once given it stands."""
        if answer is ...:
            return tr("No prediction yet: put your answer in place of the dots and run this cell, then the next.")
        kept = self._committed.setdefault(question, answer)
        if not _same(kept, answer):
            return tr("You have already predicted {answer}. Run the next cell.", answer=repr(kept))
        return tr("You predict {answer}. Run the next cell.", answer=repr(kept))

    def reveal(self, question: str, actual: Any) -> str:
        """Says what came, beside what was predicted."""
        shown = repr(_plain(actual))
        if question not in self._committed:
            return tr("It is {actual}.", actual=shown)
        predicted = self._committed[question]
        if _same(predicted, actual):
            return tr("It is {actual}, as you predicted.", actual=shown)
        return tr(
            "It is {actual}; you predicted {predicted}. Find out why before you go on.",
            actual=shown,
            predicted=repr(predicted),
        )


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return str(one).strip().casefold() == str(other).strip().casefold()
    return bool(np.array_equal(np.asarray(one), np.asarray(other)))
