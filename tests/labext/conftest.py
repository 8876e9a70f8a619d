"""What the tests of the extension share."""

from __future__ import annotations

import pytest

from labext import channel
from labext.flusher import Flusher


@pytest.fixture
def still_flusher(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaves all sending to the test: the thread that sends by itself does not start."""
    flusher = Flusher()
    monkeypatch.setattr(flusher, "_start", lambda: None)
    monkeypatch.setattr(channel, "_flusher", flusher)
