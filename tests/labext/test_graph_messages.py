"""Tests for what crosses to the browser of a source of nodes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from tensorboard.compat.proto.node_def_pb2 import NodeDef

from labext.graph_messages import GraphMessages
from labext.payload import encode
from labext.sources.graphdef import open_source
from tests.labext.fake_graph import ShownGraph, graph_def


def test_a_graph_that_cannot_grow_is_encoded_once_for_all_who_ask() -> None:
    graph = graph_def(*(f"n{index}" for index in range(5000)))
    messages = GraphMessages(open_source(graph))
    with ThreadPoolExecutor(4) as threads:
        first, *others = threads.map(lambda _: messages.whole(), range(4))
    assert first == encode(graph)
    assert all(other is first for other in others)
    assert messages.after(0) == (5000, first)


def test_a_graph_that_grows_goes_on_where_the_page_stands() -> None:
    graph = ShownGraph("first", "second")
    messages = GraphMessages(open_source(graph))
    assert messages.after(0) == (2, encode(graph.as_graph_def(add_shapes=True)))
    graph.nodes += [NodeDef(name="third", op="Neg")]
    upto, rest = messages.after(2)
    assert upto == 3
    assert b"third" in rest
    assert b"first" not in rest
    assert messages.after(1) == (3, messages.whole())


def test_the_whole_shows_what_has_changed_in_a_graph_that_grows() -> None:
    graph = ShownGraph("a")
    messages = GraphMessages(open_source(graph))
    before = messages.whole()
    graph.nodes[0].op = "Abs"
    assert messages.whole() != before
