"""How close the engine has to come to TensorFlow's answers, and words for where it does not.

Graphs: every node, name, operation, input, control input, device and attribute, in the order of creation;
only `graph_json.IGNORED_ATTRS` do not count. Numbers: whole numbers, truth values and text are equal; floating
point ones agree within a tolerance that scales with the largest expected magnitude of the array.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from tests.oracle.graph_json import Json

TOLERANCE = {"float16": 2e-3, "float32": 1e-6, "complex64": 1e-6, "float64": 1e-13, "complex128": 1e-13}
# A thousand steps of training add up the last bits of differently ordered sums.
TRAINED_TOLERANCE = 1e-5
# Float32 cannot invert the housing data's X'X (its condition number exceeds 1e10): the book's own figures for it
# agree with each other to two digits only.
PROGRAM_TOLERANCES = {"ch09_08_normal_equation": 2e-2}
MOST_DIFFERENCES = 12

_NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d+\.?\d*(?:e[-+]?\d+)?|nan|inf)(?![\w])")


def node_differences(expected: list[Json], actual: list[Json]) -> list[str]:
    """Describe the first differences between two graphs, one line each; none if they are the same."""
    return _first(_node_differences(expected, actual))


def value_differences(expected: Json, actual: Json, tolerance: float | None = None) -> list[str]:
    """Describe how an array differs from the expected one, both as `value_json` gives them."""
    if expected["dtype"] != actual["dtype"] or expected["shape"] != actual["shape"]:
        return [f"{_kind(actual)} instead of {_kind(expected)}"]
    if expected["dtype"] not in TOLERANCE:
        return [] if expected["values"] == actual["values"] else [f"{actual['values']} instead of {expected['values']}"]
    # A complex number is a pair of floats here.
    wanted, got = np.array(expected["values"], dtype=float), np.array(actual["values"], dtype=float)
    relative = TOLERANCE[expected["dtype"]] if tolerance is None else max(tolerance, TOLERANCE[expected["dtype"]])
    finite = np.abs(wanted[np.isfinite(wanted)])
    absolute = relative * float(finite.max(initial=0.0))
    if np.allclose(got, wanted, rtol=relative, atol=absolute, equal_nan=True):
        return []
    return [f"{got.tolist()} instead of {wanted.tolist()}"]


def text_differences(expected: str, actual: str, tolerance: float = TRAINED_TOLERANCE) -> list[str]:
    """Describe the lines that differ by more than the last digits of floating point numbers.

    Where all numbers print alike, the texts must be equal to the last blank.
    """
    if _NUMBER.findall(expected) == _NUMBER.findall(actual):
        return [] if expected == actual else _first(_line_differences(expected, actual, None))
    return _first(_line_differences(expected, actual, tolerance))


def answers_agree(expected: Json, actual: Json) -> bool:
    """Say whether two answers of TensorFlow are alike but for the last digits, which depend on the processor."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        return expected.keys() == actual.keys() and all(answers_agree(expected[key], actual[key]) for key in expected)
    if isinstance(expected, list) and isinstance(actual, list):
        pairs = zip(expected, actual, strict=False)
        return len(expected) == len(actual) and all(answers_agree(*pair) for pair in pairs)
    if isinstance(expected, float) and isinstance(actual, float):
        return bool(np.isclose(actual, expected, rtol=TRAINED_TOLERANCE, atol=TRAINED_TOLERANCE, equal_nan=True))
    if isinstance(expected, str) and isinstance(actual, str):
        return not text_differences(expected, actual)
    return bool(expected == actual)


def _node_differences(expected: list[Json], actual: list[Json]) -> Iterator[str]:
    wanted, got = {node["name"]: node for node in expected}, {node["name"]: node for node in actual}
    for name, node in wanted.items():
        if name not in got:
            yield f"missing: {name} ({node['op']})"
        else:
            yield from _mapping_differences(name, node, got[name])
    for name, node in got.items():
        if name not in wanted:
            yield f"not in TensorFlow's graph: {name} ({node['op']})"
    for position, (first, second) in enumerate(zip(wanted, got, strict=False)):
        if first != second:
            yield f"order: node {position} is {second}, TensorFlow's is {first}"
            return


def _mapping_differences(name: str, expected: Mapping[str, Any], actual: Mapping[str, Any]) -> Iterator[str]:
    for key in sorted({*expected, *actual}):
        wanted, got = expected.get(key), actual.get(key)
        if key == "attrs":
            yield from _mapping_differences(f"{name}.attr", wanted or {}, got or {})
        elif wanted != got:
            yield f"{name}.{key}: {got} instead of {wanted}"


def _line_differences(expected: str, actual: str, tolerance: float | None) -> Iterator[str]:
    wanted_lines, got_lines = expected.splitlines(), actual.splitlines()
    for wanted, got in zip(wanted_lines, got_lines, strict=False):
        if wanted != got and (tolerance is None or not _lines_agree(wanted, got, tolerance)):
            yield f"printed {got!r} instead of {wanted!r}"
    if len(wanted_lines) != len(got_lines):
        yield f"printed {len(got_lines)} lines instead of {len(wanted_lines)}"


def _lines_agree(expected: str, actual: str, tolerance: float) -> bool:
    """Compare words without blanks, since NumPy pads numbers, and numbers by value."""
    words = ["".join(_NUMBER.sub("#", line).split()) for line in (expected, actual)]
    wanted, got = _NUMBER.findall(expected), _NUMBER.findall(actual)
    if words[0] != words[1] or len(wanted) != len(got):
        return False
    return all(_numbers_agree(first, second, tolerance) for first, second in zip(wanted, got, strict=True))


def _numbers_agree(expected: str, actual: str, tolerance: float) -> bool:
    if expected.lstrip("+-").isdigit():
        return expected == actual
    return bool(np.isclose(float(actual), float(expected), rtol=tolerance, atol=tolerance, equal_nan=True))


def _kind(value: Json) -> str:
    return f"{value['dtype']} of shape {value['shape']}"


def _first(differences: Iterator[str]) -> list[str]:
    found = list(differences)
    more = len(found) - MOST_DIFFERENCES
    return found if more <= 0 else [*found[:MOST_DIFFERENCES], f"and {more} more"]
