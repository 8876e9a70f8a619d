"""Draws without a browser: the front end's own code runs in an embedded V8."""

from __future__ import annotations

import threading
from functools import cache
from pathlib import Path
from typing import Any

from py_mini_racer import MiniRacer

_BUNDLE = Path(__file__).parent / "static" / "picture.js"

_lock = threading.Lock()


def draw(function: str, request: dict[str, Any]) -> str:
    """Calls a function that ``frontend/src/picture.ts`` exports, with a request in plain JSON.

    Returns:
        The picture as SVG text.
    """
    with _lock:
        return str(_engine().call(f"pictures.{function}", request))


@cache
def _engine() -> MiniRacer:
    engine = MiniRacer()
    engine.eval(_BUNDLE.read_text(encoding="utf-8"))
    return engine
