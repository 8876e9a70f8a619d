"""NumPy and the compiler give the same answers: the first runs of a program are computed by one, later runs by the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tensorboard.compat.proto.graph_pb2 import GraphDef

import graphlab
from graphlab.session import runner
from tests.oracle.comparison import value_differences
from tests.oracle.sampling import family, family_names, run_sample


def first_of_each_kind() -> Iterator[tuple[str, str]]:
    """One sample of each name in each family; the others differ in what is fed alone."""
    for name in family_names():
        kinds: dict[str, str] = {}
        for key in family(name):
            kinds.setdefault(key.partition(" (")[0], key)
        yield from ((name, key) for key in kinds.values())


@pytest.mark.parametrize(("name", "key"), [pytest.param(*case, id="-".join(case)) for case in first_of_each_kind()])
def test_both_tiers_agree(name: str, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    interpreted = run_sample(family(name)[key], graphlab, GraphDef)
    if "refused" in interpreted:
        pytest.skip("refused when the graph is built or run")
    monkeypatch.setattr(runner, "_RUNS_BEFORE_COMPILING", 0)
    compiled = run_sample(family(name)[key], graphlab, GraphDef)
    assert "refused" not in compiled, compiled
    pairs = [*zip(values_of(interpreted), values_of(compiled), strict=True)]
    differences = [d for first, second in pairs for d in differing(first, second, family(name)[key].tolerance)]
    assert not differences, "\n".join(differences)


def values_of(outcome: Any) -> list[Any]:
    """All values of a sample: of its outputs and of its gradients."""
    gradients = outcome.get("gradients", {}).get("values", [])
    return [output.get("value") for output in outcome["outputs"]] + [g and g["value"] for g in gradients]


def differing(first: Any, second: Any, tolerance: float | None) -> list[str]:
    if first is None or second is None:
        return [] if first is second else [f"{second} instead of {first}"]
    return value_differences(first, second, tolerance)
