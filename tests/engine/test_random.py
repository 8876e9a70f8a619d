"""Random operations draw TensorFlow's numbers, bit for bit, run after run and in each new session."""

from __future__ import annotations

import functools
from typing import Any

import pytest

import graphlab
from tests.oracle import draws, storage


@functools.cache
def answers() -> Any:
    return storage.load("random")


@pytest.mark.parametrize("name", draws.names())
def test_draws_are_those_of_tensorflow(name: str) -> None:
    assert draws.draw(name, graphlab) == answers()[name]


def test_draws_without_seeds_differ() -> None:
    tf = graphlab
    with tf.Graph().as_default():
        drawn = tf.random_uniform([4])
        with tf.Session() as session, tf.Session() as other:
            values = [tuple(session.run(drawn)), tuple(session.run(drawn)), tuple(other.run(drawn))]
    assert len(set(values)) == 3
