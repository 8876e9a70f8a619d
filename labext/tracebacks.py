"""Keeps the library's own frames out of the tracebacks that a notebook shows."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, Final

from IPython import get_ipython

_LIBRARY: Final = ("graphlab", "labext")
_HIDDEN: Final = (*_LIBRARY, "jax", "jaxlib", "numpy")


def shorten_tracebacks() -> None:
    """Registers with IPython; does nothing in a plain script, or where exceptions are handled in another way already.

    `%tb` and `%debug` go on to show every frame.
    """
    shell: Any = get_ipython()
    if shell is not None and not shell.custom_exceptions:
        # An interrupt of `await run` is the latter.
        shell.set_custom_exc((Exception, asyncio.CancelledError), _show)


def without_library(trace: TracebackType | None) -> TracebackType | None:
    """Leaves out what happened inside the library.

    Args:
        trace: The traceback of an exception.

    Returns:
        The entries of other code; all of them where none is the library's, or where nothing would be left.
    """
    entries = list(_entries(trace))
    kept = [entry for entry in entries if not _is_in(entry.tb_frame, *_HIDDEN)]
    if not kept or not any(_is_in(entry.tb_frame, *_LIBRARY) for entry in entries):
        return trace
    shorter = None
    for entry in reversed(kept):
        shorter = TracebackType(shorter, entry.tb_frame, entry.tb_lasti, entry.tb_lineno)
    return shorter


def _show(
    shell: Any,
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
    tb_offset: int | None = None,
) -> None:
    whole = {one: one.__traceback__ for one in _chain(error)}
    for one, its_trace in whole.items():
        one.__traceback__ = without_library(its_trace)
    try:
        shell.showtraceback((kind, error, error.__traceback__), tb_offset=tb_offset)
    finally:
        for one, its_trace in whole.items():
            one.__traceback__ = its_trace
        sys.last_traceback = trace


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _entries(trace: TracebackType | None) -> Iterator[TracebackType]:
    while trace is not None:
        yield trace
        trace = trace.tb_next


def _is_in(frame: FrameType, *packages: str) -> bool:
    file = Path(frame.f_code.co_filename)
    return any(Path(str(sys.modules[name].__file__)).parent in file.parents for name in packages if name in sys.modules)
