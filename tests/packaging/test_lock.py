"""The lock file is what pip needs, on any mirror."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent.parent
LOCK = (ROOT / "requirements" / "lock.txt").read_text(encoding="utf-8")
PINS = [Requirement(line) for line in LOCK.splitlines() if not line.startswith("#")]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DEPENDENCIES = [Requirement(line) for line in PROJECT["dependencies"]]


def test_every_line_is_one_exact_version_from_any_index() -> None:
    assert all(re.fullmatch(r"==[^*,]+", str(pin.specifier)) and pin.url is None for pin in PINS)


@pytest.mark.parametrize("python", ["3.11.9", "3.12.9", "3.13.9"])
@pytest.mark.parametrize("requirement", DEPENDENCIES, ids=lambda one: one.name)
def test_each_python_has_one_version_within_the_range(requirement: Requirement, python: str) -> None:
    environment = {"python_full_version": python, "python_version": python.rpartition(".")[0]}
    pins = [pin for pin in PINS if pin.name == requirement.name]
    (valid,) = [pin for pin in pins if pin.marker is None or pin.marker.evaluate(environment)]
    assert requirement.specifier.contains(str(valid.specifier).removeprefix("=="))


def test_this_environment_runs_the_locked_jax() -> None:
    (locked,) = [pin for pin in PINS if pin.name == "jax" and (pin.marker is None or pin.marker.evaluate())]
    assert locked.specifier.contains(version("jax"))
