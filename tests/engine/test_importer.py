"""Graphs come in as `GraphDef` messages, TensorFlow's own among them, and go out unchanged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from google.protobuf import text_format

import graphlab as tf

CONST = """node { name: "c" op: "Const" attr { key: "dtype" value { type: DT_FLOAT } }
  attr { key: "value" value { tensor { dtype: DT_FLOAT tensor_shape {} float_val: 1.5 } } } }
"""


def message(text: str) -> Any:
    return text_format.Parse(text, tf.GraphDef())


def node(name: str, op: str, *inputs: str, dtype: str = "DT_FLOAT") -> str:
    listed = " ".join(f'input: "{i}"' for i in inputs)
    return f'node {{ name: "{name}" op: "{op}" {listed} attr {{ key: "T" value {{ type: {dtype} }} }} }}\n'


@pytest.fixture(autouse=True)
def new_graph() -> Any:
    with tf.Graph().as_default() as graph:
        yield graph


def names(graph: Any) -> list[str]:
    return [op.name for op in graph.get_operations()]


def test_nodes_get_a_prefix(new_graph: Any) -> None:
    assert tf.import_graph_def(message(CONST)) is None
    tf.import_graph_def(message(CONST))
    tf.import_graph_def(message(CONST), name="mine")
    with tf.name_scope("s"):
        tf.import_graph_def(message(CONST))
    assert names(new_graph) == ["import/c", "import_1/c", "mine/c", "s/import/c"]


def test_an_empty_name_keeps_names_and_makes_them_unique(new_graph: Any) -> None:
    for _ in range(3):
        tf.import_graph_def(message(CONST), name="")
    tf.constant(1.0, name="c")
    assert names(new_graph) == ["c", "c_1", "c_2", "c_3"]


def test_references_may_point_forward(new_graph: Any) -> None:
    result = tf.import_graph_def(
        message(node("z", "Neg", "y") + node("y", "Neg", "c") + CONST), return_elements=["z:0"]
    )
    assert names(new_graph) == ["import/c", "import/y", "import/z"]
    with tf.Session() as sess:
        assert sess.run(result) == [1.5]


def test_control_inputs_follow_the_data(new_graph: Any) -> None:
    tf.import_graph_def(
        message(CONST + 'node { name: "n" op: "NoOp" input: "^c" }' + node("y", "Neg", "c", "^n")), name="p"
    )
    assert new_graph.get_operation_by_name("p/y").control_inputs == [new_graph.get_operation_by_name("p/n")]
    with pytest.raises(ValueError, match="Control dependencies must come after regular"):
        tf.import_graph_def(message(CONST + node("y", "AddV2", "^c", "c", "c")))


def test_open_blocks_apply_to_imported_nodes(new_graph: Any) -> None:
    first = tf.no_op("first")
    with tf.device("/gpu:0"), tf.control_dependencies([first]):
        tf.import_graph_def(message(CONST))
    op = new_graph.get_operation_by_name("import/c")
    assert op.device == "/device:GPU:0"
    assert op.control_inputs == [first]


def test_colocation_groups_get_the_prefix(new_graph: Any) -> None:
    text = 'node { name: "b" op: "NoOp" attr { key: "_class" value { list { s: "loc:@%s" } } } }'
    tf.import_graph_def(message('node { name: "a" op: "NoOp" }' + text % "a"))
    assert new_graph.get_operation_by_name("import/b").colocation_groups() == [b"loc:@import/a"]
    with pytest.raises(ValueError, match="expects to be colocated with unknown node 'z'"):
        tf.import_graph_def(message(text % "z"))


def test_input_map_replaces_tensors(new_graph: Any) -> None:
    x = tf.constant(4.0)
    text = CONST + node("y", "Neg", "c")
    (given,) = tf.import_graph_def(message(text), input_map={"c": x}, return_elements=["y:0"]) or []
    (converted,) = tf.import_graph_def(message(text), input_map={"c:0": 5.0}, return_elements=["y:0"]) or []
    assert given.op.inputs == (x,)
    assert "import_1/_inputs/Const" in names(new_graph)
    with tf.Session() as sess:
        assert sess.run([given, converted]) == [-4.0, -5.0]


def test_input_map_replaces_control_inputs(new_graph: Any) -> None:
    other = tf.no_op("other")
    tf.import_graph_def(
        message('node { name: "a" op: "NoOp" } node { name: "b" op: "NoOp" input: "^a" }'), input_map={"^a": other}
    )
    assert new_graph.get_operation_by_name("import/b").control_inputs == [other]


@pytest.mark.parametrize(
    ("options", "error", "advice"),
    [
        ({"input_map": {"zz": 1.0}}, ValueError, r"not found in graph_def: \[zz:0\]"),
        ({"input_map": {"c": 1.0}, "name": ""}, ValueError, "non-empty `name`"),
        ({"input_map": [1]}, TypeError, "dictionary"),
        ({"input_map": {"c": 1}}, ValueError, "was passed int32 from"),
        ({"return_elements": ["d"]}, ValueError, "return node 'd' not found"),
        ({"return_elements": ["d:0"]}, ValueError, "return tensor 'd:0' not found"),
        ({"return_elements": ["c:1"]}, ValueError, "Invalid return output 1 of node 'c', which has 1"),
        ({"return_elements": [3]}, TypeError, "list of strings"),
    ],
)
def test_arguments_are_checked(options: Any, error: type[Exception], advice: str) -> None:
    with pytest.raises(error, match=advice):
        tf.import_graph_def(message(CONST + node("y", "Neg", "c")), **options)


def test_return_elements_are_operations_and_tensors(new_graph: Any) -> None:
    op, tensor = tf.import_graph_def(message(CONST), return_elements=["c", "c:0"]) or []
    assert op is new_graph.get_operation_by_name("import/c")
    assert tensor is op.outputs[0]


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        (CONST + node("y", "Neg", "zz"), "Node 'y': Unknown input node 'zz'"),
        (CONST + node("y", "Neg", "c", "^zz"), r"Node 'y': Unknown input node '\^zz'"),
        (CONST + node("y", "Neg", "c", "c"), "expected inputs 'float32' do not match 2 inputs"),
        (CONST + node("y", "AddV2", "c"), "expected inputs 'float32, float32' do not match 1 inputs"),
        (
            CONST + node("y", "Neg", "c", dtype="DT_INT32"),
            "Input 0 of node import/y was passed float32 from import/c:0",
        ),
        (CONST + node("y", "Neg", "c:3"), "Connecting to invalid output 3 of source node c which has 1"),
        (CONST + 'node { name: "y" op: "Neg" input: "c" }', "NodeDef missing attr 'T'"),
        (CONST + CONST, "Node 'c' is not unique"),
        (node("a", "Neg", "b") + node("b", "Neg", "a"), "2 nodes in a cycle"),
        ('node { name: "a b" op: "NoOp" }', "Node name contains invalid characters"),
        ("versions { min_consumer: 999999 }", "min consumer version 999999 above"),
    ],
)
def test_what_is_no_graph_is_refused(text: str, advice: str) -> None:
    with pytest.raises(ValueError, match=advice):
        tf.import_graph_def(message(text))


def test_unknown_op_types_fail_by_name() -> None:
    with pytest.raises(tf.errors.NotFoundError, match=r"'MatMull'.*'y'.*Did you mean 'MatMul'"):
        tf.import_graph_def(message(CONST + node("y", "MatMull", "c")))


def test_functions_fail_by_name() -> None:
    text = 'library { function { signature { name: "twice" } } } node { name: "y" op: "twice" }'
    with pytest.raises(NotImplementedError, match="'y' calls the function 'twice'"):
        tf.import_graph_def(message(text))


def test_only_graph_defs_come_in() -> None:
    with pytest.raises(TypeError, match="must be a GraphDef proto"):
        tf.import_graph_def([1])


def test_left_out_attributes_take_their_defaults(new_graph: Any) -> None:
    tf.import_graph_def(
        message(
            CONST
            + 'node { name: "y" op: "Cast" input: "c" attr { key: "SrcT" value { type: DT_FLOAT } } attr { key: "DstT" value { type: DT_INT32 } } }'
        )
    )
    assert new_graph.get_operation_by_name("import/y").get_attr("Truncate") is False


def test_stated_shapes_are_taken_over() -> None:
    placeholder = 'node { name: "p" op: "Placeholder" attr { key: "dtype" value { type: DT_FLOAT } } attr { key: "_output_shapes" value { list { shape { dim { size: 3 } } } } } }'
    (p,) = tf.import_graph_def(message(placeholder), return_elements=["p:0"]) or []
    assert p.shape.as_list() == [3]
    assert "_output_shapes" not in p.op.attr
    with pytest.raises(ValueError, match="_output_shapes attribute inconsistent"):
        tf.import_graph_def(
            message(
                CONST.replace(
                    "attr", 'attr { key: "_output_shapes" value { list { shape { dim { size: 3 } } } } } attr', 1
                )
            )
        )


@pytest.mark.parametrize("as_text", [True, False])
def test_written_graphs_read_back(new_graph: Any, tmp_path: Path, as_text: bool) -> None:
    tf.constant(0.1, name="c")
    path = tf.io.write_graph(new_graph, str(tmp_path / "deep"), "graph.pb", as_text=as_text)
    content = Path(path).read_bytes()
    read = message(content.decode()) if as_text else tf.GraphDef.FromString(content)
    assert read == new_graph.as_graph_def()
