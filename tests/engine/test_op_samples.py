"""Every sample of an operation builds TensorFlow's nodes, computes its values and is differentiated as it does."""

from __future__ import annotations

import builtins
import functools
from typing import Any

import pytest
from tensorboard.compat.proto.graph_pb2 import GraphDef

import graphlab
from tests.oracle import storage
from tests.oracle.comparison import node_differences, value_differences
from tests.oracle.sampling import family, family_names, run_sample

# Gradient nodes that knowingly differ from TensorFlow's, as 'family/sample', each with its reason.
GRADIENT_EXCEPTIONS: dict[str, str] = {}

SAMPLES = [pytest.param(name, key, id=f"{name}-{key}") for name in family_names() for key in family(name)]


@functools.cache
def answers(name: str) -> Any:
    return storage.load(f"samples/{name}")


@functools.cache
def outcome(name: str, key: str) -> Any:
    """Build and run a sample once for all its tests."""
    return run_sample(family(name)[key], graphlab, GraphDef)


@functools.cache
def error_names(name: str) -> frozenset[str]:
    """Return the names of an error class of the engine or of Python and of all its bases."""
    found = getattr(graphlab.errors, name, None) or getattr(builtins, name)
    return frozenset(base.__name__ for base in found.__mro__)


@pytest.mark.parametrize(("name", "key"), SAMPLES)
def test_sample_builds_the_nodes_of_tensorflow(name: str, key: str) -> None:
    expected, actual = answers(name)[key], outcome(name, key)
    check_refusal(expected, actual)
    assert node_differences(expected.get("nodes", []), actual.get("nodes", [])) == []
    static = [[{**output, "value": None} for output in result.get("outputs", [])] for result in (expected, actual)]
    assert static[1] == static[0]


@pytest.mark.parametrize(("name", "key"), SAMPLES)
def test_sample_computes_the_values_of_tensorflow(name: str, key: str) -> None:
    expected, actual = answers(name)[key], outcome(name, key)
    check_refusal(expected, actual)
    pairs = zip(expected.get("outputs", []), actual.get("outputs", []), strict=True)
    for wanted, got in pairs:
        check_value(wanted.get("value"), got.get("value"), family(name)[key].tolerance)


@pytest.mark.parametrize(
    ("name", "key"), [case for case in SAMPLES if "gradients" in answers(str(case.values[0]))[str(case.values[1])]]
)
def test_sample_is_differentiated_as_in_tensorflow(name: str, key: str) -> None:
    expected, actual = answers(name)[key]["gradients"], outcome(name, key).get("gradients")
    assert actual is not None, outcome(name, key).get("refused", "no gradient was asked for")
    check_refusal(expected, actual)
    if f"{name}/{key}" not in GRADIENT_EXCEPTIONS:
        assert node_differences(expected.get("nodes", []), actual.get("nodes", [])) == []
    for wanted, got in zip(expected.get("values", []), actual.get("values", []), strict=True):
        assert (wanted is None) == (got is None)
        if wanted is not None:
            assert {**got["tensor"], "name": ""} == {**wanted["tensor"], "name": ""}
            check_value(wanted["value"], got["value"], family(name)[key].tolerance)


def check_refusal(expected: Any, actual: Any) -> None:
    """Both refuse at the same stage with the same class, or neither does."""
    wanted, got = expected.get("refused"), actual.get("refused")
    assert (wanted is None) == (got is None), f"{got or 'accepted'} instead of {wanted or 'accepting'}"
    if wanted is not None:
        assert got["stage"] == wanted["stage"], got
        assert wanted["class"] in error_names(got["class"]), f"{got} instead of {wanted}"


def check_value(expected: Any, actual: Any, tolerance: float | None) -> None:
    assert (expected is None) == (actual is None), f"{actual} instead of {expected}"
    if expected is not None:
        differences = value_differences(expected, actual, tolerance)
        assert not differences, "\n".join(differences)
