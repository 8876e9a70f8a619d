"""A writer may die at any moment: the latest checkpoint always restores a complete state."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
RANDOM_DEATHS = 300


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_killed_writers_leave_whole_checkpoints(tmp_path: Path) -> None:
    module = "tests.engine.train.killed_writer"
    command = [sys.executable, "-m", module, str(tmp_path), str(RANDOM_DEATHS)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    deaths = re.search(r"^(\d+) writers died", result.stdout, re.MULTILINE)
    assert deaths
    assert int(deaths[1]) > RANDOM_DEATHS + 50
