"""Shows widgets beside the notebook."""

from __future__ import annotations

from typing import Any

from IPython.display import display
from sidecar import Sidecar

_panels: dict[str, Sidecar] = {}


def dock(widget: Any, title: str) -> None:
    """Shows a widget in a side panel of JupyterLab; a panel of the same title gives way to it."""
    if title in _panels:
        _panels.pop(title).close()
    panel = Sidecar(title=title, anchor="split-right")
    _panels[title] = panel
    with panel:
        display(widget)  # type: ignore[no-untyped-call]
