"""Wrong uses raise TensorFlow's error classes with its key words, and messages that help."""

from __future__ import annotations

import functools
from typing import Any

import pytest

import graphlab
from tests.oracle import storage
from tests.oracle.refusals import building, elements, runs
from tests.oracle.refusals.refusal import provoke

CASES = {**runs.CASES, **building.CASES, **elements.CASES}


@functools.cache
def answers() -> Any:
    return storage.load("refusals")


@pytest.mark.parametrize("name", CASES)
def test_wrong_use_is_refused_as_in_tensorflow(name: str) -> None:
    expected, actual = answers()[name], provoke(CASES[name], graphlab)
    assert "accepted" not in actual, actual
    assert expected["classes"][0] in actual["classes"], actual
    assert actual["missing"] == [], actual["message"]
    if expected["op"] is not None:
        assert actual["op"] == expected["op"]
