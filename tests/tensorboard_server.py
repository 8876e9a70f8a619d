"""A real TensorBoard on a folder, for tests to ask."""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class TensorBoard:
    """A running TensorBoard.

    Attributes:
        url: Where it listens.
    """

    def __init__(self, url: str) -> None:
        self.url = url

    def get(self, path: str, **query: str) -> str:
        """Return what its HTTP API answers."""
        address = f"{self.url}data/{path}?{urllib.parse.urlencode(query)}"
        with urllib.request.urlopen(address, timeout=60) as answer:
            return str(answer.read().decode())

    def get_json(self, path: str, **query: str) -> Any:
        """Return what its HTTP API answers in JSON."""
        return json.loads(self.get(path, **query))


@contextlib.contextmanager
def serve(logdir: Path) -> Iterator[TensorBoard]:
    """Run TensorBoard on a folder as long as the block lasts."""
    command = [sys.executable, "-m", "tensorboard.main", "--logdir", str(logdir), "--port", "0", "--load_fast", "false"]
    with subprocess.Popen([*command, "--host", "127.0.0.1"], stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            lines = []
            for line in process.stderr:
                lines.append(line)
                if found := re.search(r"at (http://\S+)", line):
                    break
            else:
                raise RuntimeError(f"TensorBoard did not start:\n{''.join(lines)}")
            url = found[1].rstrip("/") + "/"
            yield TensorBoard(url)
        finally:
            process.terminate()
            process.communicate()
