"""When the build hook builds, and when it has nothing to do."""

from __future__ import annotations

from pathlib import Path

import pytest

import hatch_build


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with one source file."""
    frontend = tmp_path / hatch_build.FRONTEND
    (frontend / "src").mkdir(parents=True)
    (frontend / "node_modules").mkdir()
    (frontend / "src" / "index.ts").write_text("export {};")
    for name in ("build.mjs", "package-lock.json", "tsconfig.json"):
        (frontend / name).write_text("{}")
    return tmp_path


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What npm was called with."""
    called: list[str] = []

    def run_npm(_frontend: Path, *arguments: str) -> None:
        called.append(" ".join(arguments[:2]))

    monkeypatch.setattr(hatch_build, "run_npm", run_npm)
    return called


def test_builds_once(root: Path, commands: list[str]) -> None:
    assert hatch_build.build_frontend(root)
    assert commands == ["ci --no-audit", "run build"]
    assert not hatch_build.build_frontend(root)
    assert len(commands) == 2


def test_builds_again_after_a_change_without_installing_again(root: Path, commands: list[str]) -> None:
    hatch_build.build_frontend(root)
    (root / hatch_build.FRONTEND / "src" / "index.ts").write_text("export const changed = 1;")
    assert hatch_build.build_frontend(root)
    assert commands[2:] == ["run build"]


def test_installs_again_when_the_lock_changes(root: Path, commands: list[str]) -> None:
    hatch_build.build_frontend(root)
    (root / hatch_build.FRONTEND / "package-lock.json").write_text('{"changed": 1}')
    assert hatch_build.build_frontend(root)
    assert commands[2:] == ["ci --no-audit", "run build"]


def test_failed_build_is_not_recorded(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise RuntimeError("bundler failed")

    monkeypatch.setattr(hatch_build, "run_npm", fail)
    with pytest.raises(RuntimeError, match="bundler failed"):
        hatch_build.build_frontend(root)
    assert not (root / hatch_build.DIGEST).exists()
