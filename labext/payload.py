"""GraphDef messages as flat binary columns, the form in which a graph crosses to the browser.

A message is `magic, schema, header length` (three little-endian 32-bit words), a JSON header that
lists its sections, then the sections themselves, each aligned to eight bytes. The first message of
a graph has base 0; later ones append to the same tables. `frontend/src/protocol/payload.ts` reads it.
"""

from __future__ import annotations

import gc
import itertools
import json
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from tensorboard.compat.proto.graph_debug_info_pb2 import GraphDebugInfo
from tensorboard.compat.proto.graph_pb2 import GraphDef

from labext.node_kinds import KindTable
from labext.source_lines import source_lines
from labext.tables import Columns, ShapeTable, StringTable
from labext.wire import RawNodes, raw_nodes

MAGIC = 0x4258_474C  # b"LGXB"
SCHEMA = 1
CONTROL_SLOT = -1
MISSING_NODE = -1
_UNREAD = -2
MAX_NAME_CHARACTERS = 4096


def encode(graph_def: GraphDef, debug_info: GraphDebugInfo | None = None) -> bytes:
    """Encodes a whole graph as one message.

    Args:
      graph_def: the graph; with `_output_shapes` attributes its edges carry shapes.
      debug_info: creation site of each node, where known.

    Returns:
      One message with base 0.
    """
    return GraphEncoder().encode(graph_def, debug_info)


class GraphEncoder:
    """Encodes a growing graph: each call appends the nodes of one more GraphDef."""

    def __init__(self) -> None:
        self._nodes: dict[str, int] = {}
        self._strings = StringTable()
        self._shapes = ShapeTable()
        self._kinds = KindTable(self._strings, self._shapes)

    @property
    def node_count(self) -> int:
        """How many nodes have been encoded so far."""
        return len(self._nodes)

    def encode(self, graph_def: GraphDef, debug_info: GraphDebugInfo | None = None) -> bytes:
        """Encodes the nodes of `graph_def` as the continuation of what came before.

        A node whose name is taken is kept under a name of its own, so that positions stay what they are.
        """
        base = len(self._nodes)
        string_base, shape_base = self._strings.count, self._shapes.count
        with _collector_paused():
            nodes = raw_nodes(graph_def.SerializeToString())
        names = self._register(nodes.names)
        columns = self._node_columns(names, nodes, source_lines(debug_info))
        columns |= self._input_columns(nodes)
        columns |= self._shapes.columns(shape_base)
        columns |= self._strings.columns(string_base)
        header = {"base": base, "nodes": len(names), "stringBase": string_base, "shapeBase": shape_base}
        return _pack(header, columns)

    def _register(self, names: list[str]) -> list[str]:
        known = self._nodes
        base = len(known)
        own = dict(zip(names, range(base, base + len(names)), strict=True))
        if len(own) == len(names) and known.keys().isdisjoint(own):
            known.update(own)
            return names
        unique = []
        for name in names:
            if name in known:
                name = next(f"{name} ({count})" for count in itertools.count(2) if f"{name} ({count})" not in known)  # noqa: PLW2901
            known[name] = len(known)
            unique.append(name)
        return unique

    def _node_columns(self, names: Sequence[str], nodes: RawNodes, sources: dict[str, str]) -> Columns:
        kinds = np.array([self._kinds.read(kind) for kind in nodes.kinds], np.int64)
        output_counts, columns = self._kinds.columns(kinds)
        columns["name"] = self._strings.intern_all([name[:MAX_NAME_CHARACTERS] for name in names])
        lines = [sources.get(name, "") for name in names] if sources else []
        columns["source"] = self._strings.intern_all(lines) if lines else np.zeros(len(names), np.uint32)
        columns["outputEnds"] = np.concatenate([[0], np.cumsum(output_counts)]).astype(np.uint32)
        return columns

    def _input_columns(self, nodes: RawNodes) -> Columns:
        index = self._nodes
        texts = nodes.inputs
        # Most inputs are the plain name of a node; the others are looked at one by one.
        sources = np.fromiter(map(index.get, texts, itertools.repeat(_UNREAD)), np.int32, len(texts))
        slots = np.zeros(len(texts), np.int32)
        unread = np.flatnonzero(sources == _UNREAD)
        parsed = np.array([_parse_input(texts[at], index) for at in unread.tolist()], np.int32).reshape(-1, 2)
        sources[unread], slots[unread] = parsed.T
        return {"inputEnds": np.array(nodes.input_ends, np.uint32), "inputNode": sources, "inputSlot": slots}


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Hundreds of thousands of lists are made and none is garbage: looking through them costs a fifth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _parse_input(text: str, index: dict[str, int]) -> tuple[int, int]:
    """Reads `^name`, `name:slot` or `name:port:slot`; a name not in the graph gives MISSING_NODE."""
    if text.startswith("^"):
        return index.get(text[1:], MISSING_NODE), CONTROL_SLOT
    name, _, rest = text.partition(":")
    slot = rest.rpartition(":")[2]
    return index.get(name, MISSING_NODE), int(slot) if slot.isdecimal() else 0


def _pack(header: dict[str, Any], columns: Columns) -> bytes:
    sections: list[tuple[str, str, int, int]] = []
    blobs: list[bytes] = []
    offset = 0
    for name, column in columns.items():
        blob = column if isinstance(column, bytes) else column.tobytes()
        kind = "u1" if isinstance(column, bytes) else column.dtype.str[1:]
        sections.append((name, kind, offset, len(blob)))
        padding = -len(blob) % 8
        blobs.append(blob + bytes(padding))
        offset += len(blob) + padding
    text = json.dumps({**header, "sections": sections}, separators=(",", ":")).encode()
    text += b" " * (-(len(text) + 12) % 8)
    return b"".join([struct.pack("<III", MAGIC, SCHEMA, len(text)), text, *blobs])
