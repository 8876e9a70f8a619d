"""All lessons with what the learner has done in each."""

from __future__ import annotations

import html
from dataclasses import dataclass

from labext.lessons.exercises import CATALOGUE
from labext.lessons.progress import Progress, default_path


@dataclass(frozen=True)
class Overview:
    """For each lesson how many exercises are solved, and how many there are."""

    counts: dict[str, tuple[int, int]]

    def __repr__(self) -> str:
        return "\n".join(f"{name}: {solved} of {total} solved" for name, (solved, total) in self.counts.items())

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{html.escape(name.replace('_', ' '))}</td><td>{solved} of {total} solved</td></tr>"
            for name, (solved, total) in self.counts.items()
        )
        return f"<table><thead><tr><th>Lesson</th><th>Exercises</th></tr></thead><tbody>{rows}</tbody></table>"


def overview(progress: Progress | None = None) -> Overview:
    """Shows the progress in all lessons.

    Args:
        progress: where records are kept; the user's own by default.

    Returns:
        A table; it shows where it is the last expression of a cell.
    """
    records = progress or Progress(default_path())
    return Overview(
        {
            lesson: (sum(records.of(lesson, number + 1).is_solved for number in range(len(exercises))), len(exercises))
            for lesson, exercises in CATALOGUE.items()
        }
    )
