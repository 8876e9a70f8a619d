"""Runs things at the end of each notebook cell."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any

from IPython import get_ipython
from IPython.core.interactiveshell import InteractiveShell

_callbacks: list[weakref.WeakMethod[Callable[[], object]]] = []
_shells: weakref.WeakSet[InteractiveShell] = weakref.WeakSet()


def at_cell_end(method: Callable[[], object]) -> None:
    """Calls a bound method whenever a cell has ended, by an error or an interrupt too.

    The methods run in the order they came in. The method's object is held weakly, and
    nothing happens in a plain script.
    """
    _callbacks.append(weakref.WeakMethod(method))
    shell = get_ipython()
    if shell is not None and shell not in _shells:
        _shells.add(shell)
        shell.events.register("post_run_cell", _run_callbacks)


def is_notebook() -> bool:
    """Whether a kernel runs the code, not a terminal or a plain script."""
    return _kernel() is not None


def current_cell() -> str | None:
    """Returns the id of the cell being run, or None outside a notebook that tells."""
    kernel = _kernel()
    if kernel is None:
        return None
    metadata: dict[str, Any] = kernel.get_parent("shell").get("metadata", {})
    cell = metadata.get("cellId")
    return None if cell is None else str(cell)


def _kernel() -> Any:
    return getattr(get_ipython(), "kernel", None)


def _run_callbacks(*_results: object) -> None:
    for reference in list(_callbacks):
        method = reference()
        if method is None:
            _callbacks.remove(reference)
        else:
            method()
