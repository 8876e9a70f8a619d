"""Tests for the Python side of the graph view."""

from __future__ import annotations

import gc
import json
import time
import weakref
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from google.protobuf import text_format
from tensorboard.compat.proto.node_def_pb2 import NodeDef

from labext import GraphView
from tests.labext.fake_graph import ShownGraph, graph_def


class Wire:
    """Takes the place of the page."""

    def __init__(self, view: GraphView, monkeypatch: pytest.MonkeyPatch) -> None:
        self.batches: list[tuple[int, int, int]] = []
        monkeypatch.setattr(view._channel, "_send", self._take)
        view._channel.receive({"channel": "graph", "epoch": 0, "resync": 0})

    def _take(self, content: dict[str, Any], buffers: list[Any] | None = None) -> None:
        assert buffers is not None
        self.batches.append((content["epoch"], content["since"], content["upto"]))
        self.messages = [bytes(buffer) for buffer in buffers]


@pytest.fixture
def pb_file(tmp_path: Path) -> Path:
    path = tmp_path / "graph.pb"
    path.write_bytes(graph_def("a/x", "b").SerializeToString())
    return path


def test_shows_graphs_messages_and_files(pb_file: Path) -> None:
    text_file = pb_file.with_suffix(".pbtxt")
    text_file.write_text(text_format.MessageToString(graph_def("a", "b")))
    shown = [graph_def("a", "b"), ShownGraph("a", "b"), pb_file, str(text_file)]
    assert [repr(GraphView(graph)) for graph in shown] == ["GraphView(2 nodes)"] * 4
    assert repr(GraphView()) == "GraphView(0 nodes)"


def test_says_what_it_can_show(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match=r"give a graph .* a GraphDef, or the path"):
        GraphView(3)
    broken = tmp_path / "broken.pbtxt"
    broken.write_text("node { nme: 1 }")
    with pytest.raises(ValueError, match="does not hold a GraphDef"):
        GraphView(broken)


@pytest.mark.usefixtures("still_flusher")
def test_sends_what_is_new(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = ShownGraph("a", "b")
    view = GraphView(graph)
    wire = Wire(view, monkeypatch)
    view._channel.flush()
    graph.nodes.append(NodeDef(name="c", op="Neg"))
    graph.observers[0].node_added(None)
    view._channel.flush()
    assert [(since, upto) for _, since, upto in wire.batches][-2:] == [(0, 2), (2, 3)]
    (delta,) = wire.messages
    header = json.loads(delta[12 : 12 + int.from_bytes(delta[8:12], "little")])
    assert (header["base"], header["nodes"]) == (2, 1)
    assert header["stringBase"] > 0, "texts that the page has come again"


def test_follows_the_default_graph_only_when_told() -> None:
    old, new = ShownGraph("a"), ShownGraph("b", "c")
    fixed, following = GraphView(old), GraphView(old, follows_default=True)
    for observer in list(old.observers):
        observer.graph_replaced(new)
    assert (fixed.graph, following.graph) == (old, new)
    assert len(old.observers) == 1
    assert len(new.observers) == 1


def test_a_closed_view_leaves_the_graph_alone() -> None:
    graph = ShownGraph("a")
    view = GraphView(graph)
    view.close()
    assert graph.observers == []


def test_state_is_edited_from_python() -> None:
    view = GraphView(graph_def("a/b/x", "c"))
    view.expand("a/b")
    assert view.state["expanded"] == ["a", "a/b"]
    view.collapse("a/b")
    assert view.state["expanded"] == ["a"]
    view.select("a/b/x")
    assert view.state["expanded"] == ["a", "a/b"]
    assert view.state["selected"] == "a/b/x"
    view.collapse()
    view.select(None)
    assert view.state["expanded"] == []
    assert view.state["selected"] is None


def test_the_page_edits_the_state_by_message() -> None:
    view = GraphView(graph_def("a/x"))
    view._handle_custom_msg({"state": {"expanded": ["a"]}}, [])
    view._handle_custom_msg({"state": 3}, [])
    view._handle_custom_msg("noise", [])
    assert view.state == {"expanded": ["a"]}


def test_pictures_are_svg_of_what_is_open() -> None:
    view = GraphView(graph_def("a/first", "b"))
    texts = [element.text for element in ET.fromstring(view.to_svg()).iter() if element.tag.endswith("}text")]
    assert "a" in texts
    assert "first" not in texts
    view.expand("a")
    assert "first" in view.to_svg("dark")
    assert ET.fromstring(view.picture_svg()).get("id") == view.picture_id


def test_a_picture_says_what_it_shows_to_those_who_do_not_see_it() -> None:
    def alternative(*names: str) -> str | None:
        return ET.fromstring(GraphView(graph_def(*names)).picture_svg()).get("aria-label")

    assert alternative() == "Computation graph without operations"
    assert alternative("a/x", "a/y", "<b>") == "Computation graph of 3 operations: a, <b>"
    many = alternative(*(f"node{chr(97 + index)}" for index in range(26)))
    assert many is not None
    assert many.startswith("Computation graph of 26 operations: nodea, nodeb, ")
    assert many.endswith("nodet, …")


def test_a_picture_holds_names_as_text() -> None:
    svg = GraphView(graph_def("<script>alert(1)<script>", "\u202e🙂é\x01")).to_svg()
    assert "<script" not in svg
    assert "🙂é" in "".join(ET.fromstring(svg).itertext())


def test_the_picture_is_drawn_again_when_graph_or_state_changed() -> None:
    graph = ShownGraph("a/x")
    view = GraphView(graph)
    before = view.picture_content()
    view.state = {"viewport": {"x": 0, "y": 0, "scale": 1}}
    assert view.picture_content() == before
    view.expand("a")
    opened = view.picture_content()
    assert opened != before
    graph.nodes.append(NodeDef(name="b", op="Neg"))
    assert view.picture_content() != opened


def test_a_closed_view_is_freed() -> None:
    graph = ShownGraph("a")
    view = GraphView(graph)
    view.to_svg()
    freed = weakref.ref(view)
    view.close()
    del view
    for _ in range(100):
        # The thread that sends may still hold it for a moment.
        gc.collect()
        if freed() is None:
            break
        time.sleep(0.02)
    assert freed() is None
