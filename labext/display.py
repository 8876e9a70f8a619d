"""Shows a widget twice: alive for JupyterLab, and as a picture for readers without a kernel.

The cell gets two outputs. The second holds an SVG marked with the widget's ``picture_id``; the
live view finds and hides it. GitHub, nbviewer and nbconvert show the picture.
"""

from __future__ import annotations

import itertools
from typing import Any

import anywidget
import traitlets
from IPython.display import display

from labext.cells import at_cell_end, is_notebook
from labext.language import chosen_language

_numbers = itertools.count(1)


class PicturedWidget(anywidget.AnyWidget):
    """A widget whose saved notebook keeps a picture of it.

    A subclass says how the picture is drawn and when its content has changed; the picture is
    drawn again at the end of a cell that changed it.
    """

    picture_id = traitlets.Unicode(read_only=True).tag(sync=True)
    """Marks the picture that belongs to this view; unique in a kernel."""

    language = traitlets.Unicode().tag(sync=True)
    """What the view speaks, ``en`` or ``zh``; empty leaves it to the page."""

    @traitlets.default("language")
    def _default_language(self) -> str:
        return chosen_language() or ""

    @traitlets.default("picture_id")
    def _default_picture_id(self) -> str:
        # Counted, not random: running a notebook again gives the same outputs.
        return f"labext-picture-{next(_numbers)}"

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self._shown_content: object = None
        self._is_shown = False
        at_cell_end(self.refresh_picture)

    def picture_svg(self) -> str:
        """Returns the picture as SVG text whose root has ``picture_id`` as its id."""
        raise NotImplementedError

    def picture_content(self) -> object:
        """Returns something that compares equal as long as the picture would be the same."""
        raise NotImplementedError

    def refresh_picture(self) -> None:
        """Draws the picture anew in the notebook if its content has changed."""
        if self._is_shown and self.picture_content() != self._shown_content:
            self._publish_picture(update=True)

    def _ipython_display_(self) -> None:
        bundle = super()._repr_mimebundle_()
        if bundle is not None:
            data, metadata = bundle
            if is_notebook():
                # Static pages would print it above the picture; they miss it if there is none.
                data["text/plain"] = ""
            display(data, metadata=metadata, raw=True)  # type: ignore[no-untyped-call]
        self._is_shown = True
        self._publish_picture(update=False)

    def _publish_picture(self, *, update: bool) -> None:
        self._shown_content = self.picture_content()
        bundle = {"image/svg+xml": self.picture_svg()}
        display(bundle, raw=True, display_id=self.picture_id, update=update)  # type: ignore[no-untyped-call]
