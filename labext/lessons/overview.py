"""All lessons with what the learner has done in each."""

from __future__ import annotations

import html
from dataclasses import dataclass

from labext.language import tr
from labext.lessons.exercises import CATALOGUE
from labext.lessons.progress import Progress, default_path


@dataclass(frozen=True)
class Overview:
    """For each lesson how many exercises are solved, and how many there are."""

    counts: dict[str, tuple[int, int]]

    def __repr__(self) -> str:
        return "\n".join(f"{_title(name)}: {_solved(*counts)}" for name, counts in self.counts.items())

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{html.escape(_title(name))}</td><td>{_solved(*counts)}</td></tr>"
            for name, counts in self.counts.items()
        )
        heads = f"<th>{tr('Lesson')}</th><th>{tr('Exercises')}</th>"
        return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


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


def _title(name: str) -> str:
    return tr(name.replace("_", " "))


def _solved(solved: int, total: int) -> str:
    return tr("{solved} of {total} solved", solved=solved, total=total)
