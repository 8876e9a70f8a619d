"""Stored answers: one JSON file a program or a family of samples, compressed, the same bytes for the same facts."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from tests.oracle.graph_json import Json

FIXTURES = Path(__file__).parents[1] / "fixtures"


def load(name: str) -> Json:
    """Return the stored answers `name`, such as 'programs/feeding'."""
    return json.loads(gzip.decompress(_path(name).read_bytes()))


def store(name: str, answers: Json) -> None:
    """Write answers under `name`; the bytes depend on nothing else."""
    path = _path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(_text(answers).encode(), compresslevel=9, mtime=0))


def exists(name: str) -> bool:
    """Say whether there are answers under `name`."""
    return _path(name).exists()


def stored(folder: str) -> set[str]:
    """Return the names of all answers stored in a folder of the fixtures."""
    return {f"{folder}/{path.name.removesuffix('.json.gz')}" for path in (FIXTURES / folder).glob("*.json.gz")}


def remove(name: str) -> None:
    """Delete answers whose program or samples are gone."""
    _path(name).unlink()


def _path(name: str) -> Path:
    return FIXTURES / f"{name}.json.gz"


def _text(answers: Json) -> str:
    return json.dumps(answers, ensure_ascii=False, separators=(",", ":"))
