"""Finds a Chromium for the browser tests, or gets one where the system allows.

`python -m tests.browser.chromium` exits with 1 only if there is none on CI, where tests may not be skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ADVICE = (
    "The browser tests need a Chromium: install one so that `chromium` or `google-chrome` is on PATH, or name its"
    " program in the environment variable CHROMIUM."
)
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> Path | None:
    """The browser's program: the one that $CHROMIUM names, else on PATH, else Playwright's own download.

    Returns:
        Its path, or None if there is none.

    Raises:
        FileNotFoundError: $CHROMIUM names something that is not there.
    """
    if named := os.environ.get("CHROMIUM"):
        if found := shutil.which(named):
            return Path(found)
        raise FileNotFoundError(f"The environment variable CHROMIUM names {named}, which is no program.")
    for name in _NAMES:
        if found := shutil.which(name):
            return Path(found)
    with sync_playwright() as playwright:
        downloaded = Path(playwright.chromium.executable_path)
    return downloaded if downloaded.exists() else None


def install_chromium() -> None:
    """Tries Debian's package where we are root, else Playwright's download; failing is no error."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if is_root and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "--quiet=2"], env=environment, check=False)
        subprocess.run(
            ["apt-get", "install", "--quiet=2", "--yes", "--no-install-recommends", "chromium"],
            env=environment,
            check=False,
        )
    else:
        # Its own words on what failed are many, and ours say what to do.
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], capture_output=True, check=False)


def main() -> int:
    """Makes sure that there is a browser; says what to do if there cannot be one."""
    try:
        found = find_chromium()
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    if found is None:
        print("Looking for a Chromium: none found, trying to install one (a minute or two) ...", flush=True)
        install_chromium()
    if find_chromium() is None:
        print(ADVICE, file=sys.stderr)
        return 1 if os.environ.get("CI") else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
