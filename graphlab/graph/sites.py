"""Finds the line of the user's program that created a node."""

from __future__ import annotations

import linecache
import os
import sys
from pathlib import Path
from typing import Final, NamedTuple

_PACKAGE: Final = str(Path(__file__).resolve().parent.parent) + os.sep


class Site(NamedTuple):
    """A place in the user's program."""

    file: str
    line: int
    function: str

    def __str__(self) -> str:
        source = linecache.getline(self.file, self.line).strip()
        return f"{self.file}:{self.line}" + (f" ({source})" if source else "")


def user_site() -> Site:
    """Returns the innermost place on the call stack that is not inside this package."""
    frame = sys._getframe(1)
    while frame.f_code.co_filename.startswith(_PACKAGE) and frame.f_back is not None:
        frame = frame.f_back
    return Site(frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name)
