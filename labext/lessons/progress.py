"""What a learner has done, kept on disk in their data folder."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import platformdirs
from filelock import FileLock

_Records = dict[str, dict[str, dict[str, Any]]]


@dataclass(frozen=True)
class Record:
    """What happened with one exercise."""

    attempts: int = 0
    hints: int = 0
    is_solved: bool = False
    has_seen_solution: bool = False


def default_path() -> Path:
    """Where this user's progress is; while nbgrader grades, a passing place: the answers are those of others."""
    if os.environ.get("NBGRADER_EXECUTION") == "autograde":
        return Path(tempfile.mkdtemp(prefix="graphlab-")) / "progress.json"
    return Path(platformdirs.user_data_path("graphlab")) / "progress.json"


class Progress:
    """Reads and writes records; each write replaces the whole file at once, and two notebooks write in turn.

    Args:
        path: the file; it need not exist.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = FileLock(path.with_suffix(".lock"))

    def of(self, lesson: str, number: int) -> Record:
        """The record of one exercise.

        Raises:
            ValueError: the file holds something else than records.
            OSError: the file cannot be read.
        """
        return Record(**self._read().get(lesson, {}).get(str(number), {}))

    def keep(self, lesson: str, number: int, record: Record) -> None:
        """Stores the record of one exercise.

        Raises:
            ValueError: the file holds something else than records; it stays as it is.
            OSError: the file cannot be written.
        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._lock:
            records = self._read()
            records.setdefault(lesson, {})[str(number)] = asdict(record)
            self._write(records)

    def reset(self, lesson: str) -> None:
        """Forgets one lesson.

        Raises:
            ValueError: the file holds something else than records; it stays as it is.
            OSError: the file cannot be written.
        """
        if lesson in self._read():
            with self._lock:
                records = self._read()
                records.pop(lesson, None)
                self._write(records)

    def _read(self) -> _Records:
        if not self._path.exists():
            return {}
        try:
            records: _Records = json.loads(self._path.read_text(encoding="utf-8"))
            for lesson in records.values():
                for record in lesson.values():
                    Record(**record)
        except (ValueError, TypeError, AttributeError):
            raise ValueError(f"{self._path} holds no records of progress. Rename it, to begin anew.") from None
        return records

    def _write(self, records: _Records) -> None:
        fresh = self._path.with_suffix(".new")
        fresh.write_text(json.dumps(records, indent=1), encoding="utf-8")
        fresh.replace(self._path)
