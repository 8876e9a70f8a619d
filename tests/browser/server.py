"""A real JupyterLab on a folder, isolated from the user's own settings."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.request import Request, urlopen

from graphlab import cli

_START_TIMEOUT_S = 120
_STOP_TIMEOUT_S = 30
_SETTINGS = {
    # Every cell is in the page, whether scrolled into view or not.
    "notebook-extension/tracker": {"windowingMode": "none"},
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}


class Server:
    """Address of a running JupyterLab, and its kernels."""

    def __init__(self, url: str, root: Path) -> None:
        """Stores where the server listens and which folder it serves."""
        self.url = url
        self.root = root

    def stop_kernels(self) -> None:
        """Ends every kernel, so that the next notebook has the machine to itself."""
        with urlopen(f"{self.url}/api/sessions") as answer:
            sessions = json.load(answer)
        for session in sessions:
            urlopen(Request(f"{self.url}/api/sessions/{session['id']}", method="DELETE")).close()


@contextmanager
def serve(root: Path, home: Path) -> Iterator[Server]:
    """Runs JupyterLab until the block ends.

    Args:
        root: Folder that the file browser shows.
        home: An empty folder for settings and run-time files.

    Yields:
        The server, ready for requests.

    Raises:
        RuntimeError: It did not start; the message holds its log.
    """
    port = _free_port()
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
    command += [f"--ServerApp.root_dir={root}", f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    command += ["--IdentityProvider.token=", "--ServerApp.disable_check_xsrf=True"]
    command += ["--LabApp.expose_app_in_browser=True", "--JupyterNotebookApp.expose_app_in_browser=True"]
    command += ["--LabApp.extension_manager=readonly"]
    process = subprocess.Popen(command, env=_environment(home), stderr=subprocess.PIPE, text=True)
    assert process.stderr
    log = _Log(process.stderr)
    try:
        if not log.ready.wait(_START_TIMEOUT_S) or process.poll() is not None:
            raise RuntimeError("JupyterLab did not start:\n" + "".join(log.lines))
        yield Server(f"http://127.0.0.1:{port}", root)
    finally:
        process.terminate()
        process.wait(_STOP_TIMEOUT_S)
        log.thread.join()
        process.stderr.close()


class _Log:
    """Reads the server's log in a thread; `ready` is set once it listens or has ended."""

    def __init__(self, stream: IO[str]) -> None:
        self.lines: list[str] = []
        self.ready = threading.Event()
        self.thread = threading.Thread(target=self._read, args=(stream,), daemon=True)
        self.thread.start()

    def _read(self, stream: IO[str]) -> None:
        for line in stream:
            self.lines.append(line)
            if "is running at" in line:
                self.ready.set()
        self.ready.set()


def _environment(home: Path) -> dict[str, str]:
    settings = home / "settings"
    for name, values in _SETTINGS.items():
        path = settings / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values))
    folders = {
        "JUPYTERLAB_SETTINGS_DIR": settings,
        "JUPYTERLAB_WORKSPACES_DIR": home / "workspaces",
        "JUPYTER_CONFIG_DIR": home / "config",
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": home / "runtime",
        "IPYTHONDIR": home / "ipython",
    }
    return cli.environment() | {name: str(folder) for name, folder in folders.items()}


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port
