"""What TensorFlow saved opens here and goes on training as it does there."""

from __future__ import annotations

import base64
from pathlib import Path

import numpy as np
import pytest
from google.protobuf import text_format

import graphlab as tf
from graphlab.cli import main
from graphlab.io.bundle_reader import BundleReader
from graphlab.io.bundle_writer import write_bundle
from tests.oracle import saving, storage
from tests.oracle.execution import value_json
from tests.oracle.models import MODELS


@pytest.mark.parametrize("name", MODELS)
def test_training_goes_on_from_files_of_tensorflow(name: str, tmp_path: Path) -> None:
    stored = storage.load(f"saved/{name}")
    feeds = saving.unpack(stored, tmp_path)
    assert saving.differences(stored["resumed"], saving.resume(tf, tmp_path, feeds)) == []


@pytest.mark.parametrize("name", MODELS)
def test_training_goes_on_from_own_files(name: str, tmp_path: Path) -> None:
    feeds = saving.save(tf, name, tmp_path)
    stored = storage.load(f"saved/{name}")["resumed"]
    assert (
        saving.differences({**stored, "restored": None}, {**saving.resume(tf, tmp_path, feeds), "restored": None}) == []
    )


@pytest.mark.parametrize("name", MODELS)
def test_bundles_are_those_of_tensorflow_byte_for_byte(name: str, tmp_path: Path) -> None:
    saving.unpack(storage.load(f"saved/{name}"), tmp_path)
    theirs, ours = tmp_path / saving.PREFIX, tmp_path / "ours"
    reader = BundleReader(str(theirs))
    names = list(reader.entries)
    write_bundle(str(ours), names, [reader.read(n) for n in names])
    for ending in ("index", "data-00000-of-00001"):
        assert Path(f"{ours}.{ending}").read_bytes() == Path(f"{theirs}.{ending}").read_bytes()


def test_code_that_builds_the_model_restores_it(tmp_path: Path) -> None:
    stored = storage.load("saved/deep_network")
    feeds = saving.unpack(stored, tmp_path)
    with tf.Graph().as_default() as graph, tf.Session() as sess:
        MODELS["deep_network"](tf)
        tf.train.Saver().restore(sess, str(tmp_path / saving.PREFIX))
        loss = sess.run(graph.get_tensor_by_name("loss:0"), feeds)
        slots = [v.op.name for v in tf.global_variables() if "Adam" in v.op.name]
    assert np.isclose(loss, stored["resumed"]["losses"]["values"][0], rtol=1e-6)
    assert len(slots) == 12


def test_import_scope_keeps_two_models_apart(tmp_path: Path) -> None:
    feeds = saving.unpack(storage.load("saved/linear_regression"), tmp_path)
    meta = str(tmp_path / f"{saving.PREFIX}.meta")
    with tf.Graph().as_default() as graph:
        savers = [tf.train.import_meta_graph(meta, import_scope=scope) for scope in ("first", "second")]
        with tf.Session() as sess:
            for saver in savers:
                assert saver is not None
                saver.restore(sess, str(tmp_path / saving.PREFIX))
            sess.run(graph.get_collection("train_op")[0], {f"first/{k}": v for k, v in feeds.items()})
            first, second = sess.run(["first/theta:0", "second/theta:0"])
        assert [v.op.name for v in tf.global_variables()] == ["first/theta", "second/theta"]
    assert not np.array_equal(first, second)


def test_first_format_is_read_and_restored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stored = storage.load("first_format")
    path = tmp_path / "old.ckpt"
    path.write_bytes(base64.b64decode(stored["file"]))
    assert main(["inspect", str(path)]) == 0
    assert "ints      int32    [2, 3]" in capsys.readouterr().out
    reader = tf.train.load_checkpoint(path)
    assert {name: value_json(reader.get_tensor(name)) for name in stored["values"]} == stored["values"]
    with tf.Graph().as_default(), tf.Session() as sess:
        tf.Variable(tf.zeros([2, 1]), name="floats")
        tf.train.Saver().restore(sess, str(path))
        assert sess.run("floats:0").tolist() == [[0.5], [-1.5]]
        tf.Variable(tf.zeros([2]), name="ints")
        with pytest.raises(
            tf.errors.InvalidArgumentError, match="ints is float32 in the graph, int32 in the checkpoint"
        ):
            tf.train.Saver().restore(sess, str(path))


NODES_OF_THE_FIRST_FORMAT = """
node { name: "x" op: "Placeholder" attr { key: "dtype" value { type: DT_FLOAT } } attr { key: "shape" value { shape {} } } }
node { name: "file" op: "Placeholder" attr { key: "dtype" value { type: DT_STRING } } }
node { name: "name" op: "Const" attr { key: "dtype" value { type: DT_STRING } }
       attr { key: "value" value { tensor { dtype: DT_STRING tensor_shape {} string_val: "floats" } } } }
node { name: "whole" op: "Const" attr { key: "dtype" value { type: DT_STRING } }
       attr { key: "value" value { tensor { dtype: DT_STRING tensor_shape {} string_val: "" } } } }
node { name: "wholes" op: "Const" attr { key: "dtype" value { type: DT_STRING } }
       attr { key: "value" value { tensor { dtype: DT_STRING tensor_shape { dim { size: 1 } } string_val: "" } } } }
node { name: "restored" op: "RestoreSlice" input: "file" input: "name" input: "whole" attr { key: "dt" value { type: DT_FLOAT } } }
node { name: "saved" op: "SaveSlices" input: "file" input: "wholes" input: "wholes" input: "x"
       attr { key: "T" value { list { type: DT_FLOAT } } } }
versions { producer: 5 }
"""


def test_nodes_of_the_first_format_restore_and_do_not_save(tmp_path: Path) -> None:
    path = tmp_path / "old.ckpt"
    path.write_bytes(base64.b64decode(storage.load("first_format")["file"]))
    with tf.Graph().as_default() as graph, tf.Session() as sess:
        tf.import_graph_def(text_format.Parse(NODES_OF_THE_FIRST_FORMAT, tf.GraphDef()), name="")
        assert sess.run("restored:0", {"file:0": str(path)}).tolist() == [[0.5], [-1.5]]
        # So early a scalar's shape stood for any.
        assert graph.get_tensor_by_name("x:0").shape.ndims is None
        with pytest.raises(tf.errors.UnimplementedError, match="Save with a new"):
            sess.run("saved", {"file:0": str(path), "x:0": [1.0]})


def test_inspect_lists_variables_and_ops(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    saving.unpack(storage.load("saved/deep_network"), tmp_path)
    assert main(["inspect", str(tmp_path / saving.PREFIX)]) == 0
    assert "layer0/kernel/Adam_1  float32  [4, 8]" in capsys.readouterr().out
    assert main(["inspect", str(tmp_path / f"{saving.PREFIX}.meta")]) == 0
    shown = capsys.readouterr().out
    assert "written by TensorFlow 2.21" in shown
    assert "ApplyAdam" in shown
    assert "This engine can run all of them." in shown
    assert main(["inspect", str(tmp_path / "nothing")]) == 1
    assert "There is no checkpoint" in capsys.readouterr().err
