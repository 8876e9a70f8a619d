"""What a learner has done, kept on disk in their data folder."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import platformdirs

_Records = dict[str, dict[str, dict[str, Any]]]


@dataclass(frozen=True)
class Record:
    """What happened with one exercise."""

    attempts: int = 0
    hints: int = 0
    is_solved: bool = False
    has_seen_solution: bool = False


def default_path() -> Path:
    """Where this user's progress is."""
    return Path(platformdirs.user_data_path("graphlab")) / "progress.json"


class Progress:
    """Reads and writes records; each write replaces the whole file at once.

    Args:
        path: the file; it need not exist.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def of(self, lesson: str, number: int) -> Record:
        """The record of one exercise."""
        return Record(**self._read().get(lesson, {}).get(str(number), {}))

    def keep(self, lesson: str, number: int, record: Record) -> None:
        """Stores the record of one exercise.

        Raises:
            OSError: the file cannot be written.
        """
        records = self._read()
        records.setdefault(lesson, {})[str(number)] = asdict(record)
        self._write(records)

    def reset(self, lesson: str) -> None:
        """Forgets one lesson.

        Raises:
            OSError: the file cannot be written.
        """
        records = self._read()
        if records.pop(lesson, None) is not None:
            self._write(records)

    def _read(self) -> _Records:
        if not self._path.exists():
            return {}
        records: _Records = json.loads(self._path.read_text(encoding="utf-8"))
        return records

    def _write(self, records: _Records) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_suffix(".new")
        fresh.write_text(json.dumps(records, indent=1), encoding="utf-8")
        fresh.replace(self._path)
