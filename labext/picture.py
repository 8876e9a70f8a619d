"""Draws without a browser: the front end's own code runs in an embedded V8."""

from __future__ import annotations

import atexit
import io
import json
import tempfile
import threading
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, cast

import resvg_py
from PIL import ImageFont
from py_mini_racer import MiniRacer

from labext.language import language

_BUNDLE = Path(__file__).parent / "static" / "picture.js"

_MAX_PIXELS = 16_384
# Letters of pictures and bytes of their graphs; collecting takes a fiftieth of the time that drawing so many takes.
_COLLECT_AFTER = 100_000

_lock = threading.Lock()


def draw(function: str, request: dict[str, Any], messages: Sequence[bytes] = ()) -> str:
    """Calls a function that ``frontend/src/picture.ts`` exports; it draws in our language.

    Args:
        function: its name.
        request: what it is given, in plain JSON.
        messages: the graph to draw, as ``labext.payload`` encodes it.

    Returns:
        The picture as SVG text.
    """
    with _lock:
        return _engine().draw(function, request, messages)


def svg_to_png(svg: str, scale: float) -> bytes:
    """Paints an SVG text as PNG.

    Args:
        svg: the picture.
        scale: pixels for each unit of the SVG.
    """
    root = ET.fromstring(svg)  # noqa: S314 - our own painter wrote it
    width = min(max(round(float(root.get("width", "1")) * scale), 1), _MAX_PIXELS)
    family, font = _plain_font()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "font.ttf"
        file.write_bytes(font)
        image = resvg_py.svg_to_bytes(svg_string=svg, width=width, font_files=[str(file)], sans_serif_family=family)
    return bytes(image)


@cache
def _plain_font() -> tuple[str, bytes]:
    """The face that Pillow carries, by family and file: a machine may have none of those that the picture asks for."""
    font = ImageFont.load_default(size=10)
    if not isinstance(font, ImageFont.FreeTypeFont) or not isinstance(font.path, io.BytesIO):
        raise RuntimeError("Pillow was built without FreeType; install its wheel to draw text into PNG files")
    return font.getname()[0] or "", font.path.getvalue()


class _Engine:
    """The embedded V8; it takes hundreds of megabytes before it collects its garbage unasked."""

    def __init__(self) -> None:
        self._racer = MiniRacer()
        # Freed later, when the interpreter has begun to end, it waits for a thread that is gone.
        atexit.register(self._racer.close)
        self._racer.eval(_BUNDLE.read_text(encoding="utf-8"))
        self._drawn = 0

    def draw(self, function: str, request: dict[str, Any], messages: Sequence[bytes]) -> str:
        self._racer.eval(f"pictures.speak({json.dumps(language())})")
        for message in messages:
            # Within the request, as text, a large one would take longer to be read than to be drawn.
            room = cast("memoryview[int]", self._racer.eval(f"pictures.makeRoom({len(message)})"))
            room[:] = message
        picture = str(self._racer.call(f"pictures.{function}", request))
        self._drawn += len(picture) + sum(map(len, messages))
        if self._drawn > _COLLECT_AFTER:
            self._drawn = 0
            self._racer.low_memory_notification()
        return picture


@cache
def _engine() -> _Engine:
    return _Engine()
