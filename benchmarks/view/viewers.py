"""The viewers under test: how each is served a graph, and how one sees that it has drawn it."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Protocol

from playwright.sync_api import Page
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.graph_pb2 import GraphDef
from tensorboard.summary.writer.event_file_writer import EventFileWriter

from labext.payload import encode
from labext.web_page import web_page

_START_TIMEOUT_S = 60

PATIENCE_MS: Final = 120_000
"""A viewer that takes longer for a picture is stopped."""


class Viewer(Protocol):
    """A program that shows graphs."""

    name: str
    can_open: bool
    """Whether a program can open a scope in it: what is on a WebGL canvas cannot be found by name."""

    def serve(self, graph_def: GraphDef, folder: Path) -> Iterator[str]:
        """Serves a graph under the address that it yields once, until it is closed."""

    def wait_for(self, page: Page, scope: str) -> None:
        """Waits until a node or scope is drawn."""

    def open(self, page: Page, scope: str) -> None:
        """Opens a scope as a person does."""


class Ours:
    """`labext`, on a page of its own."""

    name = "labext"
    can_open = True

    def serve(self, graph_def: GraphDef, folder: Path) -> Iterator[str]:
        """Serves the graph."""
        file = folder / "ours.html"
        file.write_text(web_page([encode(graph_def)], {}, "benchmark"), encoding="utf-8")
        yield file.as_uri()

    def wait_for(self, page: Page, scope: str) -> None:
        """Waits for a picture that holds a scope."""
        page.wait_for_function(
            """scope => {
                const graph = document.querySelector(".labext-graph[data-state]:not([data-busy])");
                return graph && JSON.parse(graph.dataset.state).shown.some(path => path === scope || path.startsWith(scope));
            }""",
            arg=scope,
            polling=5,
        )

    def open(self, page: Page, scope: str) -> None:
        """Double-clicks a scope."""
        place = self.point_at(page, scope)
        page.mouse.dblclick(place["x"], place["y"])

    def point_at(self, page: Page, scope: str) -> dict[str, float]:
        """Moves the pointer to the middle of a scope, and tells where on the page that is."""
        script = "scope => document.querySelector('.labext-graph').labextView.positionOf(scope).centre"
        place: dict[str, float] = page.evaluate(script, scope)
        page.mouse.move(place["x"], place["y"])
        return place


class TensorBoard:
    """TensorBoard's GRAPHS tab."""

    name = "TensorBoard"
    can_open = True

    def serve(self, graph_def: GraphDef, folder: Path) -> Iterator[str]:
        """Serves the graph."""
        writer = EventFileWriter(str(folder / "logs"))
        writer.add_event(Event(graph_def=graph_def.SerializeToString()))
        writer.close()
        port = _free_port()
        command = [
            sys.executable,
            "-m",
            "tensorboard.main",
            "--logdir",
            str(folder / "logs"),
            "--port",
            str(port),
            "--load_fast=false",
        ]
        with _running(command, f"http://localhost:{port}/data/plugin/graphs/info", "graph"):
            yield f"http://localhost:{port}/#graphs"

    def wait_for(self, page: Page, scope: str) -> None:
        """Waits for a picture that holds a scope."""
        page.locator(f"g.node[data-name^='{scope}']").first.wait_for(state="attached", timeout=PATIENCE_MS)

    def open(self, page: Page, scope: str) -> None:
        """Double-clicks a scope."""
        page.locator(f"g.node[data-name='{scope}'] .nodeshape").first.dblclick(force=True)


class ModelExplorer:
    """Model Explorer; `model-explorer` must be on PATH. Its panel counts the nodes when the graph is drawn."""

    name = "Model Explorer"
    can_open = False

    def serve(self, graph_def: GraphDef, folder: Path) -> Iterator[str]:
        """Serves the graph."""
        file = folder / "graph.json"
        file.write_text(json.dumps(_explorer_graph(graph_def)))
        port = _free_port()
        command = ["model-explorer", str(file), "--no_open_in_browser", "--port", str(port)]
        data = urllib.request.quote(json.dumps({"models": [{"url": str(file)}]}))  # type: ignore[attr-defined]
        with _running(command, f"http://localhost:{port}/", ""):
            yield f"http://localhost:{port}/?data={data}"

    def wait_for(self, page: Page, scope: str) -> None:
        """Waits for a picture that holds a scope."""
        del scope
        page.get_by_text("op node count").first.wait_for(timeout=PATIENCE_MS)

    def open(self, page: Page, scope: str) -> None:
        """Double-clicks a scope."""
        raise NotImplementedError


def installed_viewers() -> list[Viewer]:
    """Those that this machine can run."""
    viewers: list[Viewer] = [Ours(), TensorBoard()]
    return [*viewers, ModelExplorer()] if shutil.which("model-explorer") else viewers


def _explorer_graph(graph_def: GraphDef) -> dict[str, object]:
    nodes = [
        {
            "id": node.name,
            "label": node.op,
            "namespace": node.name.rpartition("/")[0],
            "incomingEdges": [{"sourceNodeId": text.removeprefix("^").partition(":")[0]} for text in node.input],
        }
        for node in graph_def.node
    ]
    return {"label": "benchmark", "graphs": [{"id": "benchmark", "nodes": nodes}]}


@contextmanager
def _running(command: list[str], url: str, wanted: str) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_until_served(url, wanted)
        yield
    finally:
        process.terminate()
        process.wait()


def _wait_until_served(url: str, wanted: str) -> None:
    end = time.monotonic() + _START_TIMEOUT_S
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310 - our own local server
                if wanted in response.read().decode("utf-8", "replace"):
                    return
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.2)
    raise TimeoutError(f"nothing was served at {url} within {_START_TIMEOUT_S} s")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("localhost", 0))
        port: int = one.getsockname()[1]
    return port
