"""Variables that are restored one after the other, so that old and new values are not all held at once."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import graphlab as tf
from graphlab.io import checkpoint_ops
from graphlab.io.bundle_reader import BundleReader
from graphlab.session import store

LARGEST_BYTES = 1 << 23
COUNT = 4


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes small variables count as large."""
    monkeypatch.setattr(checkpoint_ops, "_DEFERRED_BYTES", 0)


@pytest.fixture(autouse=True)
def graph() -> Iterator[Any]:
    with tf.Graph().as_default() as graph:
        yield graph


def saved(folder: Path, size: int) -> tuple[Any, Any, str]:
    """Saves variables of value 1, then makes it 7; a session, the Saver and the path."""
    variables = [tf.Variable(tf.fill([size], 1.0), name=f"v{n}") for n in range(COUNT)]
    saver = tf.train.Saver()
    sess = tf.Session()
    sess.run(tf.global_variables_initializer())
    path = saver.save(sess, str(folder / "m"), write_meta_graph=False)
    sess.run([tf.assign(v, tf.fill([size], 7.0)).op for v in variables])
    return sess, saver, str(path)


def values(sess: Any) -> list[list[float]]:
    return [np.unique(value).tolist() for value in sess.run(tf.global_variables())]


def damage(path: str, variable: int) -> None:
    """Flips a bit of a variable, in the file itself."""
    with Path(f"{path}.data-00000-of-00001").open("r+b") as file:
        size = file.seek(0, 2) // COUNT
        file.seek(size * variable + size // 2)
        (byte,) = file.read(1)
        file.seek(-1, 1)
        file.write(bytes([byte ^ 1]))


def after_checking(change: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Does something once all variables were found whole, before the first is read."""
    left = [COUNT]
    check = BundleReader.check

    def checked(reader: BundleReader, name: str) -> None:
        check(reader, name)
        left[0] -= 1
        if not left[0]:
            change()

    monkeypatch.setattr(BundleReader, "check", checked)
    # In one thread, so that the last check is the last, and variables have their turns in order.
    monkeypatch.setattr(store, "_THREADS", 1)


def test_old_and_new_values_are_not_all_held(tmp_path: Path) -> None:
    sess, saver, path = saved(tmp_path, LARGEST_BYTES // 4)
    tracemalloc.start()
    try:
        saver.restore(sess, path)
        state, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        saver.restore(sess, path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert state >= COUNT * LARGEST_BYTES
    assert peak - state <= 1.2 * LARGEST_BYTES
    assert values(sess) == [[1.0]] * COUNT


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("variable", range(COUNT))
def test_damage_anywhere_restores_nothing(variable: int, tmp_path: Path) -> None:
    sess, saver, path = saved(tmp_path, 1000)
    damage(path, variable)
    with pytest.raises(tf.errors.DataLossError, match=f"damaged: of tensor v{variable} its checksum"):
        saver.restore(sess, path)
    assert values(sess) == [[7.0]] * COUNT
    with tf.Session() as other:
        with pytest.raises(tf.errors.DataLossError, match="Nothing was restored"):
            saver.restore(other, path)
        assert other.run(tf.report_uninitialized_variables()).size == COUNT


@pytest.mark.usefixtures("small")
def test_other_writers_do_not_disturb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process saves to the same path in the midst of it."""
    sess, saver, path = saved(tmp_path, 1000)
    with tf.Session() as other:
        other.run([v.initializer for v in tf.global_variables()])
        other.run([tf.assign_add(v, tf.ones([1000])).op for v in tf.global_variables()])
        after_checking(lambda: saver.save(other, path, write_meta_graph=False), monkeypatch)
        saver.restore(sess, path)
    assert values(sess) == [[1.0]] * COUNT


@pytest.mark.usefixtures("small")
def test_file_that_changes_in_the_midst_leaves_no_mixture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sess, saver, path = saved(tmp_path, 1000)
    after_checking(lambda: damage(path, 2), monkeypatch)
    with pytest.raises(
        tf.errors.DataLossError, match=r"changed while it was restored: tensor v2 .*run the initializer"
    ):
        saver.restore(sess, path)
    uninitialised = {name.decode() for name in sess.run(tf.report_uninitialized_variables())}
    assert {"v0", "v1", "v2"} <= uninitialised
    for name in {"v3"} - uninitialised:
        assert sess.run(f"{name}:0")[0] == 7.0


@pytest.mark.usefixtures("small")
def test_same_run_reads_what_it_restored(tmp_path: Path, graph: Any) -> None:
    sess, saver, path = saved(tmp_path, 3)
    feeds = {saver.saver_def.filename_tensor_name: path}
    variable = tf.global_variables()[0]
    raw = graph.get_tensor_by_name("save/RestoreV2:1")
    with tf.control_dependencies([graph.get_operation_by_name("save/restore_all")]):
        cases = {
            tf.assign_add(variable, [1.0, 1.0, 1.0]): [2.0, 2.0, 2.0],
            tf.reduce_sum(variable): 3.0,
            tf.gather(variable, [0, 2]): [1.0, 1.0],
            tf.cast(raw, tf.int32): [1, 1, 1],
            variable[1:]: [1.0, 1.0],
        }
    for tensor, expected in cases.items():
        assert sess.run(tensor, feeds).tolist() == expected, tensor
        assert values(sess)[1:] == [[1.0]] * (COUNT - 1)


@pytest.mark.usefixtures("small")
def test_interrupt_leaves_no_mixture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sess, saver, path = saved(tmp_path, 1000)
    read = BundleReader.read

    def interrupted(reader: BundleReader, name: str) -> Any:
        if name == "v1":
            raise KeyboardInterrupt
        return read(reader, name)

    monkeypatch.setattr(BundleReader, "read", interrupted)
    with pytest.raises(KeyboardInterrupt):
        saver.restore(sess, path)
    initialized = {f"v{n}" for n in range(COUNT)} - {n.decode() for n in sess.run(tf.report_uninitialized_variables())}
    assert not {"v0", "v1"} & initialized
    assert all(sess.run(f"{name}:0")[0] == 7.0 for name in initialized)


@pytest.mark.usefixtures("small")
def test_restored_tensors_can_be_fetched_and_looked_at(tmp_path: Path) -> None:
    sess, saver, path = saved(tmp_path, 3)
    feeds = {saver.saver_def.filename_tensor_name: path}
    assert sess.run("save/RestoreV2:1", feeds).tolist() == [1.0] * 3
    shown = {step.operation.name: step.values for step in sess.steps("save/restore_all", feeds)}
    assert shown["save/RestoreV2"][0].tolist() == [1.0] * 3
    assert shown["save/Assign"][0].tolist() == [1.0] * 3
    assert values(sess) == [[1.0]] * COUNT
