"""Buttons for a training loop: what the page says arrives as messages with ids, each of which is acknowledged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import anywidget
import traitlets

from labext.channel import Batch, Channel
from labext.language import chosen_language

_STATIC = Path(__file__).parents[1] / "static"


class Loop(Protocol):
    """What the panel shows."""

    @property
    def version(self) -> int:
        """Grows with each change."""

    def describe(self, since: int) -> dict[str, Any]:
        """Gives the present in plain JSON."""


class TrainingPanel(anywidget.AnyWidget):
    """Shows how far a training loop is, with buttons to hold, step and stop it.

    Args:
        make_loop: makes the loop; it is given the channel that tells the page of it.
        obey: does what a command of the page says; what it raises is shown on the page.
    """

    # A text: of a path anywidget keeps each widget alive.
    _esm = (_STATIC / "training.js").read_text(encoding="utf-8")

    language = traitlets.Unicode().tag(sync=True)
    """What the panel speaks, ``en`` or ``zh``; empty leaves it to the page."""

    @traitlets.default("language")
    def _default_language(self) -> str:
        return chosen_language() or ""

    def __init__(
        self, make_loop: Callable[[Channel], Loop], obey: Callable[[dict[str, Any]], None], **traits: Any
    ) -> None:
        super().__init__(**traits)
        self._channel = Channel(self.send, self._collect, name="training")
        self._obey = obey
        self._loop = make_loop(self._channel)
        self.on_msg(lambda _widget, content, _buffers: self._hear(content))

    def __repr__(self) -> str:
        told = self._loop.describe(0)
        return f"TrainingPanel({told['state']} at step {told['step']})"

    def close(self) -> None:
        """Ends the panel; the loop goes on."""
        self._channel.close()
        super().close()

    def _collect(self, since: int) -> Batch:
        upto = self._loop.version
        return Batch(upto=upto, header=self._loop.describe(since) if upto > since else {})

    def _hear(self, content: object) -> None:
        if self._channel.receive(content) or not isinstance(content, dict):
            return
        command, number = content.get("command"), content.get("id")
        if not isinstance(command, dict) or not isinstance(number, int):
            return
        refusal = ""
        try:
            self._obey(command)
        except (TypeError, ValueError) as error:
            refusal = str(error)
        self.send({"ack": number, "refusal": refusal})
