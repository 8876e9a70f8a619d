"""Every program prints what TensorFlow prints, builds TensorFlow's graph and computes its numbers."""

from __future__ import annotations

import functools
import traceback
from typing import Any

import pytest
from tensorboard.compat.proto.graph_pb2 import GraphDef

import graphlab
from tests.oracle import storage
from tests.oracle.comparison import (
    PROGRAM_TOLERANCES,
    TRAINED_TOLERANCE,
    node_differences,
    text_differences,
    value_differences,
)
from tests.oracle.execution import program_names, run_program

PROGRAMS = program_names()

# Nodes of gradients and updates that knowingly differ from TensorFlow's, by program, each with its reason.
GRADIENT_EXCEPTIONS: dict[str, frozenset[str]] = {
    # A constraint gets a new read of the variable, which sees the update; TensorFlow's first read shares the buffer.
    "optimizer_others": frozenset({"GradientDescent/update_bounded/read", "GradientDescent/update_bounded/Minimum"}),
}


@functools.cache
def outcome(name: str) -> Any:
    """Run a program once for all its tests; a failure is as much an outcome as an answer."""
    try:
        return run_program(name, graphlab, GraphDef)
    except Exception:  # noqa: BLE001 - whatever the program raised is what its tests report
        return traceback.format_exc()


def answers(name: str) -> Any:
    result = outcome(name)
    if isinstance(result, str):
        pytest.fail(result, pytrace=False)
    return result


@pytest.mark.parametrize("name", PROGRAMS)
def test_program_prints_what_tensorflow_prints(name: str) -> None:
    differences = text_differences(storage.load(f"programs/{name}")["printed"], answers(name)["printed"])
    assert not differences, "\n".join(differences)


@pytest.mark.parametrize("name", PROGRAMS)
def test_program_builds_the_graph_of_tensorflow(name: str) -> None:
    excepted = GRADIENT_EXCEPTIONS.get(name, frozenset())
    expected, actual = (
        [node for node in nodes if node["name"] not in excepted]
        for nodes in (storage.load(f"programs/{name}")["nodes"], answers(name)["nodes"])
    )
    differences = node_differences(expected, actual)
    assert not differences, "\n".join(differences)


@pytest.mark.parametrize("name", PROGRAMS)
def test_program_computes_the_values_of_tensorflow(name: str) -> None:
    expected, actual = storage.load(f"programs/{name}")["names"], answers(name)["names"]
    tolerance = PROGRAM_TOLERANCES.get(name, TRAINED_TOLERANCE)
    differences = [
        f"{key}: {difference}"
        for key, wanted in expected.items()
        for difference in name_differences(wanted, actual.get(key), tolerance)
    ]
    assert not differences, "\n".join(differences)


def name_differences(expected: Any, actual: Any, tolerance: float) -> list[str]:
    """Describe how the value of a program's global name differs from the one it has under TensorFlow."""
    if actual is None or expected.keys() != actual.keys():
        return [f"{actual} instead of {expected}"]
    if "array" in expected:
        return value_differences(expected["array"], actual["array"], tolerance)
    if "list" in expected and len(expected["list"]) == len(actual["list"]):
        pairs = zip(expected["list"], actual["list"], strict=True)
        return [difference for pair in pairs for difference in name_differences(*pair, tolerance)]
    if isinstance(expected.get("value"), float):
        is_close = actual["value"] == pytest.approx(expected["value"], rel=tolerance)
        return [] if is_close else [f"{actual} instead of {expected}"]
    return [] if expected == actual else [f"{actual} instead of {expected}"]
