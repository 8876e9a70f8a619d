"""Names and scopes come out as in TensorFlow."""

from __future__ import annotations

import functools
from typing import Any

import pytest

import graphlab
from tests.oracle import storage
from tests.oracle.naming import PUZZLES


@functools.cache
def answers() -> Any:
    return storage.load("naming")


@pytest.mark.parametrize("name", PUZZLES)
def test_names_are_those_of_tensorflow(name: str) -> None:
    with graphlab.Graph().as_default():
        assert PUZZLES[name](graphlab) == answers()[name]
