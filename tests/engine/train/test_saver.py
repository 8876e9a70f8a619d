"""Saver: what it writes, keeps, removes and restores."""

from __future__ import annotations

import contextlib
import errno
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import graphlab as tf
from graphlab.graph import dtypes
from graphlab.io import durable_files


@pytest.fixture(autouse=True)
def graph() -> Iterator[Any]:
    with tf.Graph().as_default() as graph:
        yield graph


def session_with(**values: Any) -> Any:
    for name, value in values.items():
        tf.Variable(value, name=name)
    sess = tf.Session()
    sess.run(tf.global_variables_initializer())
    return sess


def saved(folder: Path, **values: Any) -> str:
    sess = session_with(**values)
    path = tf.train.Saver().save(sess, str(folder / "m"))
    assert path is not None
    return path


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_restores_without_initializer(tmp_path: Path) -> None:
    sess = session_with(theta=[[1.0], [2.0]], count=3, flag=True, words=[b"a", b"", "ü".encode()])
    saver = tf.train.Saver()
    path = saver.save(sess, str(tmp_path / "model.ckpt"))
    assert path == str(tmp_path / "model.ckpt")
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "checkpoint",
        "model.ckpt.data-00000-of-00001",
        "model.ckpt.index",
        "model.ckpt.meta",
    ]
    with tf.Session() as other:
        saver.restore(other, path)
        values = other.run(["theta:0", "count:0", "flag:0", "words:0"])
    assert values[0].tolist() == [[1.0], [2.0]]
    assert (values[1], bool(values[2]), values[3].tolist()) == (3, True, [b"a", b"", "ü".encode()])


@pytest.mark.parametrize(
    "dtype",
    [*dtypes.NUMBERS, dtypes.bool_],
)
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 0), (2, 3)])
def test_every_type_and_shape_comes_back(dtype: Any, shape: tuple[int, ...], tmp_path: Path) -> None:
    value = np.arange(np.prod(shape, dtype=int)).reshape(shape).astype(dtype.as_numpy_dtype)
    sess = session_with(v=value)
    saver = tf.train.Saver()
    path = saver.save(sess, str(tmp_path / "m"), write_meta_graph=False)
    with tf.Session() as other:
        saver.restore(other, path)
        restored = other.run("v:0")
    assert restored.dtype == value.dtype
    assert np.array_equal(restored, value)


def test_dict_gives_names_in_the_checkpoint(tmp_path: Path) -> None:
    sess = session_with(theta=1.0, other=2.0)
    theta = tf.global_variables()[0]
    path = str(tf.train.Saver({"weights": theta}).save(sess, str(tmp_path / "m")))
    assert tf.train.list_variables(path) == [("weights", [])]
    assert tf.train.load_variable(path, "weights") == 1.0


def test_keeps_the_last_ones_and_the_state_file_names_them(tmp_path: Path) -> None:
    sess = session_with(v=1.0)
    saver = tf.train.Saver(max_to_keep=2)
    paths = [saver.save(sess, str(tmp_path / "m"), global_step=step) for step in range(4)]
    assert saver.last_checkpoints == paths[2:]
    assert tf.train.latest_checkpoint(tmp_path) == paths[3]
    assert list(tf.train.get_checkpoint_state(str(tmp_path)).all_model_checkpoint_paths) == paths[2:]
    assert sorted({p.name.partition(".")[0] for p in tmp_path.iterdir()}) == ["checkpoint", "m-2", "m-3"]


def test_keeps_one_for_good_every_so_often(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr("time.time", lambda: now[0])
    sess = session_with(v=1.0)
    saver = tf.train.Saver(max_to_keep=1, keep_checkpoint_every_n_hours=2)
    for step in range(6):
        saver.save(sess, str(tmp_path / "m"), global_step=step, write_meta_graph=False)
        now[0] += 3600
    kept = sorted(path.name for path in tmp_path.glob("*.index"))
    assert kept == ["m-3.index", "m-5.index"]


def test_keeps_all_without_a_limit(tmp_path: Path) -> None:
    sess = session_with(v=1.0)
    saver = tf.train.Saver(max_to_keep=None)
    for step in range(7):
        saver.save(sess, str(tmp_path / "m"), global_step=step, write_meta_graph=False)
    assert len(list(tmp_path.glob("*.index"))) == 7
    assert saver.last_checkpoints == []


def test_step_may_be_a_tensor_and_padded(tmp_path: Path) -> None:
    sess = session_with(step=np.int64(12))
    saver = tf.train.Saver(pad_step_number=True)
    assert saver.save(sess, str(tmp_path / "m"), global_step=tf.global_variables()[0]) == str(tmp_path / "m-00000012")


def test_session_is_taken_before_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Two threads that save from one session into one folder else wait for each other.
    sess = session_with(theta=1.0)
    is_free = []

    def asking(path: str, content: bytes) -> contextlib.AbstractContextManager[None]:
        with ThreadPoolExecutor(1) as another:
            is_free.append(another.submit(sess.settle).result())
        return durable_files.prepared_file(path, content)

    monkeypatch.setattr("graphlab.train.saver.prepared_file", asking)
    tf.train.Saver().save(sess, tmp_path / "m")
    assert is_free == [False]


def test_number_is_that_of_the_saved_step_while_another_thread_trains(tmp_path: Path) -> None:
    sess = session_with(step=0)
    (step,) = tf.global_variables()
    saver, train, is_over = tf.train.Saver(), tf.assign_add(step, 1), threading.Event()

    def keep_training() -> None:
        while not is_over.is_set():
            sess.run(train)

    with ThreadPoolExecutor(1) as another:
        another.submit(keep_training)
        try:
            paths = [saver.save(sess, tmp_path / "m", global_step=step) for _ in range(5)]
        finally:
            is_over.set()
    for path in paths:
        saver.restore(sess, path)
        assert path == f"{tmp_path}/m-{sess.run(step)}"


def test_relative_folder_can_be_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "run").mkdir()
    sess = session_with(v=4.0)
    saver = tf.train.Saver()
    saver.save(sess, "run/m", global_step=1)
    assert 'model_checkpoint_path: "m-1"' in (tmp_path / "run" / "checkpoint").read_text()
    (tmp_path / "run").rename(tmp_path / "moved")
    latest = tf.train.latest_checkpoint("moved")
    assert latest == "moved/m-1"
    saver.restore(sess, latest)


def test_shards_are_one_checkpoint(tmp_path: Path) -> None:
    with tf.device("/cpu:0"):
        tf.Variable([1.0, 2.0], name="first")
    sess = session_with(second=3.0)
    saver = tf.train.Saver(sharded=True)
    for _ in range(2):
        path = str(saver.save(sess, str(tmp_path / "m")))
        assert dict(tf.train.list_variables(path)) == {"first": [2], "second": []}
    assert len(list(tmp_path.glob("m.data-*"))) == 2
    assert not list(tmp_path.glob("*_temp"))
    with tf.Session() as other:
        saver.restore(other, path)
        assert other.run("second:0") == 3.0


def test_reshape_takes_another_shape(tmp_path: Path) -> None:
    path = saved(tmp_path, v=[1.0, 2.0, 3.0, 4.0])
    with tf.Graph().as_default(), tf.Session() as other:
        tf.Variable([[0.0, 0.0], [0.0, 0.0]], name="v")
        tf.train.Saver(reshape=True).restore(other, path)
        assert other.run("v:0").tolist() == [[1.0, 2.0], [3.0, 4.0]]


def test_mismatches_are_listed_and_nothing_is_restored(tmp_path: Path) -> None:
    path = saved(tmp_path, a=[1.0, 2.0], b=[1.0, 2.0], c=3.0)
    with tf.Graph().as_default():
        sess = session_with(a=[7.0, 7.0], b=[[7.0]], c=7)
        with pytest.raises(tf.errors.InvalidArgumentError, match="a mismatch") as caught:
            tf.train.Saver().restore(sess, path)
        assert "b has shape [1, 1] in the graph, [2] in the checkpoint" in str(caught.value)
        assert "c is int32 in the graph, float32 in the checkpoint" in str(caught.value)
        assert sess.run("a:0").tolist() == [7.0, 7.0]
    with tf.Graph().as_default():
        sess = session_with(a=[7.0, 7.0], d=1.0, e=1.0)
        with pytest.raises(tf.errors.NotFoundError, match=r"Key d not .* It lacks: d, e. It has besides: b, c\."):
            tf.train.Saver().restore(sess, path)
        assert sess.run("a:0").tolist() == [7.0, 7.0]


def test_refusals_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="No variables to save"):
        tf.train.Saver()
    assert tf.train.Saver(allow_empty=True).save(tf.Session(), str(tmp_path / "m")) is None
    sess = session_with(v=1.0)
    saver = tf.train.Saver()
    cases: list[tuple[Any, Any, str]] = [
        (lambda: saver.save(sess, str(tmp_path / "checkpoint")), ValueError, "collides"),
        (lambda: saver.save(sess, str(tmp_path / "none" / "m")), ValueError, "Parent directory.*os.makedirs"),
        (lambda: saver.save(sess, str(tmp_path)), tf.errors.InvalidArgumentError, "it is a folder"),
        (lambda: saver.save(None, str(tmp_path / "m")), TypeError, "must be a Session"),
        (lambda: saver.restore(sess, None), ValueError, "None"),
        (lambda: saver.restore(sess, str(tmp_path / "m")), ValueError, "not a valid checkpoint"),
        (lambda: saver.restore(sess, str(tmp_path)), ValueError, "latest_checkpoint"),
        (lambda: saver.save(tf.Session(), str(tmp_path / "m")), tf.errors.FailedPreconditionError, "uninitialized"),
        (lambda: tf.train.Saver([1.0]), TypeError, "not a Variable"),
        (
            lambda: tf.train.Saver({"a": tf.global_variables()[0], "b": tf.global_variables()[0]}),
            ValueError,
            "two names",
        ),
        (lambda: tf.train.import_meta_graph(str(tmp_path / "none.meta")), OSError, "does not exist"),
    ]
    for call, kind, phrase in cases:
        with pytest.raises(kind, match=phrase):
            call()


FAILURES = {
    errno.ENOSPC: tf.errors.ResourceExhaustedError,
    errno.EROFS: tf.errors.PermissionDeniedError,
    errno.EACCES: tf.errors.PermissionDeniedError,
    errno.EIO: tf.errors.UnknownError,
}


@pytest.mark.parametrize("number", FAILURES)
@pytest.mark.parametrize("function", ["os.fsync", "os.replace"])
@pytest.mark.parametrize("call", range(12))
def test_failing_disk_leaves_a_whole_checkpoint(
    number: int, function: str, call: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk fails from one call on."""
    sess = session_with(v=[1.0, 1.0])
    variable = tf.global_variables()[0]
    saver = tf.train.Saver()
    saver.save(sess, str(tmp_path / "m"))
    variable.load([2.0, 2.0], sess)
    original = getattr(os, function.partition(".")[2])
    calls = [0]

    def fail(*arguments: Any, **keywords: Any) -> Any:
        calls[0] += 1
        if calls[0] > call:
            raise OSError(number, os.strerror(number))
        return original(*arguments, **keywords)

    error: tf.errors.OpError | None = None
    with monkeypatch.context() as patch:
        patch.setattr(function, fail)
        try:
            saver.save(sess, str(tmp_path / "m"))
        except tf.errors.OpError as raised:
            error = raised
    if calls[0] > call:
        assert isinstance(error, FAILURES[number]) or function == "os.replace", "only a spare name may fail silently"
        assert error is None or "Cannot write" in error.message
    else:
        assert error is None
    with tf.Session() as other:
        saver.restore(other, tf.train.latest_checkpoint(tmp_path))
        value = other.run("v:0").tolist()
    assert value in (([2.0, 2.0],) if error is None else ([1.0, 1.0], [2.0, 2.0]))
    assert [p.name for p in tmp_path.iterdir() if "tempstate" in p.name] == []
    saver.save(sess, str(tmp_path / "m"))
    assert tf.train.load_variable(tmp_path, "v").tolist() == [2.0, 2.0]


def test_no_room_while_writing_keeps_the_previous_checkpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sess = session_with(v=np.zeros(1000, np.float32))
    saver = tf.train.Saver()
    saver.save(sess, str(tmp_path / "m"))
    before = contents(tmp_path)

    def write_nothing(file: Any, content: Any, _: int) -> None:
        file.write(bytes(content)[:10])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("graphlab.io.bundle_writer.write_all", write_nothing)
    with pytest.raises(tf.errors.ResourceExhaustedError, match="Free some space"):
        saver.save(sess, str(tmp_path / "m"))
    assert contents(tmp_path) == before


@pytest.mark.skipif(os.name != "posix", reason="needs permissions of files")
def test_read_only_folder_keeps_the_previous_checkpoint() -> None:
    sess = session_with(v=1.0)
    saver = tf.train.Saver()
    with tempfile.TemporaryDirectory() as place, contextlib.ExitStack() as stack:
        folder = Path(place)
        saver.save(sess, str(folder / "m"))
        before = contents(folder)
        folder.chmod(0o555)
        stack.callback(folder.chmod, 0o700)
        if os.geteuid() == 0:  # who may write anywhere, so that somebody else must try
            os.seteuid(65534)
            stack.callback(os.seteuid, 0)
        for name in ("m", "other"):
            with pytest.raises(tf.errors.PermissionDeniedError, match="Choose a folder that you may write to"):
                saver.save(sess, str(folder / name))
        with pytest.raises(tf.errors.PermissionDeniedError, match=r"Cannot write .*Choose a folder"):
            tf.summary.FileWriter(str(folder / "run"))
        assert contents(folder) == before


@pytest.mark.parametrize("change", [False, True])
def test_no_room_for_the_graph_keeps_the_previous_checkpoint(
    change: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The graph's file is the larger one here, and has got a node more; the path is relative."""
    monkeypatch.chdir(tmp_path)
    path = f"../{tmp_path.name}/m"
    sess = session_with(v=1.0)
    saver = tf.train.Saver()
    saver.save(sess, path)
    before = contents(tmp_path)
    if change:
        tf.constant(1.0, name="later")
    sess.run(tf.global_variables()[0].assign(2.0))
    write_all = durable_files.write_all

    def fill(file: Any, content: Any, offset: int) -> None:
        if len(content) > 1000:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write_all(file, content, offset)

    with monkeypatch.context() as patch:
        patch.setattr(durable_files, "write_all", fill)
        with pytest.raises(tf.errors.ResourceExhaustedError, match=r"Cannot write \.\./.*m\.meta"):
            saver.save(sess, path)
    assert contents(tmp_path) == before
    saver.save(sess, path)
    assert sorted(contents(tmp_path)) == sorted(before)
    assert tf.train.load_variable(path, "v") == 2.0


FILLING = """
import resource, sys
import graphlab as tf

small = tf.Variable(1.0, name="small")
large = tf.Variable(tf.zeros([1000_000]), name="large")
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    tf.train.Saver([small]).save(sess, sys.argv[1])
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
    for name in ("", "-other"):
        try:
            tf.train.Saver().save(sess, sys.argv[1] + name)
        except tf.errors.ResourceExhaustedError as error:
            print(error)
"""


@pytest.mark.skipif(os.name != "posix", reason="needs a limit of the size of files")
def test_file_that_may_not_grow_keeps_the_previous_checkpoint(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FILLING, str(tmp_path / "m")], capture_output=True, text=True, check=True
    )
    assert done.stdout.count("File too large. Free some space") == 2
    assert sorted(contents(tmp_path)) == ["checkpoint", "m.data-00000-of-00001", "m.index", "m.meta"]
    assert tf.train.list_variables(str(tmp_path / "m")) == [("small", [])]
    assert tf.train.load_variable(str(tmp_path / "m"), "small") == 1.0


def test_meta_graph_brings_back_collections_and_scopes(tmp_path: Path, graph: Any) -> None:
    with tf.name_scope("part"):
        x = tf.placeholder(tf.float32, [], name="x")
        y = tf.multiply(x, 2.0, name="y")
    with tf.device("/cpu:0"):
        v = tf.Variable(1.0, name="v", trainable=False)
    for key, value in {"tensors": y, "ops": v.initializer, "numbers": 3, "fractions": 0.5, "words": "hello"}.items():
        graph.add_to_collection(key, value)
    saver = tf.train.Saver()
    saver.export_meta_graph(str(tmp_path / "g.meta"))
    saver.export_meta_graph(str(tmp_path / "g.txt"), as_text=True, clear_devices=True)
    part = tf.train.export_meta_graph(export_scope="part")
    assert [node.name for node in part.graph_def.node] == ["x", "y/y", "y"]
    for name in ("g.meta", "g.txt"):
        with tf.Graph().as_default() as other:
            assert tf.train.import_meta_graph(str(tmp_path / name)) is not None
            assert [n.name for n in other.as_graph_def().node] == [n.name for n in graph.as_graph_def().node]
            assert other.get_collection("tensors") == [other.get_tensor_by_name("part/y:0")]
            assert other.get_collection("ops") == [other.get_operation_by_name("v/Assign")]
            assert other.get_collection("numbers") == [3]
            assert other.get_collection("fractions") == [0.5]
            assert other.get_collection("words") == ["hello"]
            assert tf.trainable_variables() == []
            assert other.get_tensor_by_name("v:0").device == ("/device:CPU:0" if name == "g.meta" else "")
    with tf.Graph().as_default() as other:
        tf.train.import_meta_graph(str(tmp_path / "g.meta"), clear_devices=True)
        assert other.get_tensor_by_name("v:0").device == ""
    with tf.Graph().as_default() as other, tf.Session() as sess:
        assert tf.train.import_meta_graph(part, import_scope="again") is None
        assert sess.run("again/y:0", {"again/x:0": 3.0}) == 6.0


def test_nodes_of_other_savers_can_stay_out() -> None:
    tf.Variable(1.0, name="v")
    tf.train.Saver()
    second = tf.train.Saver()
    exported = second.export_meta_graph(clear_extraneous_savers=True, strip_default_attrs=True)
    names = [node.name for node in exported.graph_def.node]
    assert not any(name.startswith("save/") for name in names)
    assert "save_1/SaveV2" in names
    assert exported.meta_info_def.stripped_default_attrs
