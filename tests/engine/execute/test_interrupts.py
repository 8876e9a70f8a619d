"""Interrupts that come while Python collects garbage, and what JAX does at that time."""

from __future__ import annotations

import gc
import importlib
import signal
import sys
from types import FrameType

import jax
import numpy as np
import pytest

importlib.import_module("graphlab")


class InterruptError(Exception):
    """Raised by the test's signal."""


def interrupt(_number: int, _frame: FrameType | None) -> None:
    raise InterruptError


def collect_until(delay_s: float) -> None:
    signal.setitimer(signal.ITIMER_REAL, delay_s)
    gc.collect()


@pytest.mark.usefixtures("_callbacks_of_hypothesis_off")
def test_interrupt_during_a_collection_is_raised() -> None:
    # Makes a collection take much longer than the timer.
    garbage: list[list[int]] = [[] for _ in range(1_000_000)]
    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        for _ in range(5):
            with pytest.raises(InterruptError):
                collect_until(1e-3)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert garbage


def test_collection_lets_go_of_what_jax_has_borrowed() -> None:
    values = np.arange(100_000, dtype=np.float32)
    references = sys.getrefcount(values)
    gc.disable()
    try:
        borrowed = jax.device_put(values, jax.devices("cpu")[0]).block_until_ready()
        del borrowed
        assert sys.getrefcount(values) > references
        gc.collect()
        assert sys.getrefcount(values) == references
    finally:
        gc.enable()
