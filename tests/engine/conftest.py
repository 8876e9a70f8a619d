"""What tests of the engine share."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture
def _callbacks_of_hypothesis_off() -> Iterator[None]:
    """Keeps Hypothesis from measuring collections of garbage: an interrupt in its Python function would be lost."""
    before = list(gc.callbacks)
    gc.callbacks[:] = [each for each in before if not getattr(each, "__module__", "").startswith("hypothesis")]
    yield
    gc.callbacks[:] = before
