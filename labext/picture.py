"""Draws without a browser: the front end's own code runs in an embedded V8."""

from __future__ import annotations

import threading
import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path
from typing import Any

import resvg_py
from py_mini_racer import MiniRacer

_BUNDLE = Path(__file__).parent / "static" / "picture.js"

_MAX_PIXELS = 16_384

_lock = threading.Lock()


def draw(function: str, request: dict[str, Any]) -> str:
    """Calls a function that ``frontend/src/picture.ts`` exports, with a request in plain JSON.

    Returns:
        The picture as SVG text.
    """
    with _lock:
        return str(_engine().call(f"pictures.{function}", request))


def svg_to_png(svg: str, scale: float) -> bytes:
    """Paints an SVG text as PNG.

    Args:
        svg: the picture.
        scale: pixels for each unit of the SVG.
    """
    root = ET.fromstring(svg)  # noqa: S314 - our own painter wrote it
    width = max(round(float(root.get("width", "1")) * scale), 1)
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=min(width, _MAX_PIXELS)))


@cache
def _engine() -> MiniRacer:
    engine = MiniRacer()
    engine.eval(_BUNDLE.read_text(encoding="utf-8"))
    return engine
