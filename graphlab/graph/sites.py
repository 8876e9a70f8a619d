"""Finds the line of the user's program that created a node."""

from __future__ import annotations

import builtins
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

    @property
    def source(self) -> str:
        """The text of the line, or an empty string when it is gone."""
        return linecache.getline(self.file, self.line).strip()

    @property
    def place(self) -> str:
        """The file, or in a notebook the cell as its prompt names it, for example `cell In[3]`."""
        return _cell(self.file) or self.file

    def __str__(self) -> str:
        return f"{self.place}:{self.line}"


def _cell(file: str) -> str | None:
    """The name that IPython shows for the cell compiled under a file name, for example `cell In[3]`."""
    # IPython puts this function among the built-ins; so no notebook package is imported here.
    shell = getattr(builtins, "get_ipython", lambda: None)()
    name = shell.compile.format_code_name(file) if shell else None
    return " ".join(name).lower().replace("in[", "In[") if name else None


def user_site() -> Site:
    """Returns the innermost place on the call stack that is not inside this package."""
    frame = sys._getframe(1)
    while frame.f_code.co_filename.startswith(_PACKAGE) and frame.f_back is not None:
        frame = frame.f_back
    return Site(frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name)
