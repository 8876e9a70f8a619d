"""Tests for the binary form of graphs."""

from __future__ import annotations

import itertools
import json
import struct
from typing import Any

import numpy as np
import pytest
from tensorboard.compat.proto.attr_value_pb2 import AttrValue
from tensorboard.compat.proto.graph_debug_info_pb2 import GraphDebugInfo
from tensorboard.compat.proto.graph_pb2 import GraphDef
from tensorboard.compat.proto.node_def_pb2 import NodeDef
from tensorboard.compat.proto.tensor_shape_pb2 import TensorShapeProto
from tensorboard.compat.proto.types_pb2 import DT_FLOAT
from tensorboard.util.tensor_util import make_tensor_proto

from labext.payload import MAGIC, MAX_NAME_CHARACTERS, SCHEMA, GraphEncoder, encode


class Page:
    """Reads messages as the page does."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self.shapes: list[list[float] | None] = []
        self.nodes: list[dict[str, Any]] = []

    def append(self, message: bytes) -> Page:
        magic, schema, length = struct.unpack_from("<III", message)
        assert (magic, schema) == (MAGIC, SCHEMA)
        header = json.loads(message[12 : 12 + length])
        column = {
            name: np.frombuffer(message, kind, size // int(kind[1]), 12 + length + offset)
            for name, kind, offset, size in header["sections"]
        }
        assert header["base"] == len(self.nodes)
        ends = column["stringEnds"]
        text = column["stringBytes"].tobytes()
        del self.strings[header["stringBase"] :]
        self.strings += [text[a:b].decode() for a, b in itertools.pairwise(ends)]
        self._append_shapes(header["shapeBase"], column["shapeRank"], column["shapeDims"])
        for row in range(header["nodes"]):
            inputs = slice(column["inputEnds"][row], column["inputEnds"][row + 1])
            outputs = slice(column["outputEnds"][row], column["outputEnds"][row + 1])
            node: dict[str, Any] = {key: self.strings[column[key][row]] for key in ("name", "op", "device", "source")}
            node["attributes"] = json.loads(self.strings[column["attributes"][row]] or "{}")
            node["inputs"] = list(zip(column["inputNode"][inputs], column["inputSlot"][inputs], strict=True))
            node["outputs"] = [
                (self.strings[a], self.shapes[b])
                for a, b in zip(column["outputType"][outputs], column["outputShape"][outputs], strict=True)
            ]
            self.nodes.append(node)
        return self

    def _append_shapes(self, base: int, ranks: Any, dims: Any) -> None:
        del self.shapes[base:]
        at = 0
        for rank in ranks:
            self.shapes.append(None if rank < 0 else dims[at : at + rank].tolist())
            at += max(rank, 0)


def node(name: str, op: str, *inputs: str, shapes: list[list[int] | None] | None = None, **attrs: AttrValue) -> NodeDef:
    made = NodeDef(name=name, op=op, input=inputs, attr=attrs)
    for shape in shapes or []:
        proto = TensorShapeProto(unknown_rank=shape is None)
        for size in shape or []:
            proto.dim.add(size=size)
        made.attr["_output_shapes"].list.shape.append(proto)
    return made


def read(*nodes: NodeDef) -> list[dict[str, Any]]:
    return Page().append(encode(GraphDef(node=nodes))).nodes


def test_inputs_name_node_and_output() -> None:
    nodes = read(
        node("a", "Split"),
        node("b", "Add", "a", "a:1"),
        node("c", "NoOp", "^b"),
        node("d", "Call", "a:out:2"),
        node("e", "Neg", "nowhere", "^nowhere", "nowhere:1"),
        node("f", "Neg", "a:" + "9" * 5000),
    )
    assert [n["inputs"] for n in nodes] == [
        [],
        [(0, 0), (0, 1)],
        [(1, -1)],
        [(0, 2)],
        [(-1, 0), (-1, -1), (-1, 1)],
        [(0, 0)],
    ]


def test_an_input_may_come_later_in_the_list() -> None:
    assert read(node("merge", "Merge", "next"), node("next", "NextIteration", "merge"))[0]["inputs"] == [(1, 0)]


def test_outputs_carry_type_and_shape() -> None:
    float32 = AttrValue(type=DT_FLOAT)
    nodes = read(
        node("a", "MatMul", shapes=[[-1, 9]], T=float32),
        node("b", "Less", shapes=[[]], T=float32),
        node("c", "Unstack", shapes=[None, [2]], T=float32),
        node("d", "NoOp"),
        node("e", "Neg", T=float32),
    )
    assert [n["outputs"] for n in nodes] == [
        [("float32", [-1, 9])],
        [("bool", [])],
        [("float32", None), ("float32", [2])],
        [],
        [("float32", None)],
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (AttrValue(b=True), "true"),
        (AttrValue(i=-3), "-3"),
        (AttrValue(f=0.01), "0.01"),
        (AttrValue(s=b"\xffSAME"), "\ufffdSAME"),
        (AttrValue(type=DT_FLOAT), "float32"),
        (AttrValue(type=101), "float32_ref"),
        (AttrValue(type=9999), "type 9999"),
        (AttrValue(shape=TensorShapeProto(dim=[{"size": -1}, {"size": 9}])), "[?, 9]"),
        (AttrValue(shape=TensorShapeProto(unknown_rank=True)), "unknown"),
        (AttrValue(list={"i": [1, 2]}), "[1, 2]"),
        (AttrValue(list={}), "[]"),
        (AttrValue(), ""),
        (AttrValue(s=b"x" * 5000), "too large to show (5,003 bytes)"),
        (AttrValue(tensor=make_tensor_proto(np.float32(0.1))), "0.1"),
        (AttrValue(tensor=make_tensor_proto(np.array([1, 2]))), "[1, 2]"),
        (AttrValue(tensor=make_tensor_proto(np.zeros((100, 9), np.float32))), "float32 100×9 (900 values)"),
        (AttrValue(tensor=make_tensor_proto("text")), "text"),
        (AttrValue(tensor={"dtype": DT_FLOAT, "tensor_content": b"123"}), "float32  (not readable)"),
    ],
)
def test_attributes_become_text(value: AttrValue, text: str) -> None:
    assert read(node("a", "Op", x=value))[0]["attributes"] == {"x": text}


def test_source_lines_come_with_their_nodes() -> None:
    info = GraphDebugInfo(files=["lesson.py"])
    info.traces["a"].file_line_cols.add(file_index=0, line=7, func="model")
    info.traces["b"].file_line_cols.add(file_index=0, line=9, func="<module>")
    page = Page().append(encode(GraphDef(node=[node("a", "Op"), node("b", "Op")]), info))
    assert [n["source"] for n in page.nodes] == ["lesson.py:7 in model", "lesson.py:9"]


def test_later_messages_append() -> None:
    encoder, page = GraphEncoder(), Page()
    page.append(encoder.encode(GraphDef(node=[node("a", "Const", shapes=[[2]])])))
    page.append(encoder.encode(GraphDef(node=[node("b", "Neg", "a", shapes=[[2, 3]])])))
    page.append(encoder.encode(GraphDef()))
    whole = Page().append(
        encode(GraphDef(node=[node("a", "Const", shapes=[[2]]), node("b", "Neg", "a", shapes=[[2, 3]])]))
    )
    assert page.nodes == whole.nodes
    assert encoder.node_count == 2


@pytest.mark.parametrize("alphabet", ["abc", "aü🙂"])
def test_many_nodes_read_as_protobuf_reads_them(alphabet: str) -> None:
    rng = np.random.default_rng(0)
    names = [f"{alphabet * (120 * (i % 7 == 0))}{alphabet[i % 3]}{i}" for i in range(700)]
    names[5] = f"{alphabet}{'x' * 20_000}"
    inputs = [[names[j] for j in rng.integers(0, 700, rng.integers(0, 6))] for _ in names]
    inputs[9] = [f"^{name}" for name in names]
    ops = [("", "Add", "Mul" * 100)[i % 3] for i in range(700)]
    nodes = [NodeDef(name=n, op=o, input=i, device=o[:1]) for n, o, i in zip(names, ops, inputs, strict=True)]
    found = read(*nodes)
    index = {name: place for place, name in enumerate(names)}
    names[5] = f"{names[5][: MAX_NAME_CHARACTERS - 1]}…"
    assert [n["name"] for n in found] == names
    assert [(n["op"], n["device"]) for n in found] == [(node.op, node.device) for node in nodes]
    assert [n["inputs"] for n in found] == [
        [(index[text.removeprefix("^")], -text.startswith("^")) for text in node.input] for node in nodes
    ]


def test_hostile_names_are_kept_apart_and_short() -> None:
    long = "x" * 100_000
    names = [n["name"] for n in read(node("a", "Op"), node("a", "Op"), node(long, "Op"), node("<b>\u202e🙂", "Op"))]
    assert names == ["a", "a (2)", f"{long[: MAX_NAME_CHARACTERS - 1]}…", "<b>\u202e🙂"]


def test_an_empty_graph_is_a_message() -> None:
    assert read() == []
