"""FileWriter: everything reaches the file, nothing waits for the disk, two writers do not meet."""

from __future__ import annotations

import errno
import io
import multiprocessing
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from tensorboard.backend.event_processing.event_file_loader import EventFileLoader
from tensorboard.compat.proto import config_pb2

import graphlab as tf
from graphlab.summary import event_file_writer


def scalar(value: float, tag: str = "MSE") -> tf.Summary:
    return tf.Summary(value=[tf.Summary.Value(tag=tag, simple_value=value)])


def events_in(folder: Path) -> list[Any]:
    """The events of a folder's files, as TensorBoard's own reader reads them, without the versions of the files."""
    found = [event for path in sorted(folder.glob("events*")) for event in EventFileLoader(str(path)).Load()]
    return [event for event in found if not event.file_version]


def hang_up(writer: tf.summary.FileWriter, goes_on: threading.Event, monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes the writer's thread wait for an event before each write to the disk."""
    original = writer._events._written

    def slow(batch: list[bytes]) -> Any:
        goes_on.wait()
        return original(batch)

    monkeypatch.setattr(writer._events, "_written", slow)


def test_close_writes_everything_in_order(tmp_path: Path) -> None:
    writer = tf.summary.FileWriter(tmp_path / "run", max_queue=7, filename_suffix=".mine")
    for step in range(1000):
        writer.add_summary(scalar(step), step)
    writer.close()
    writer.close()
    assert [event.step for event in events_in(tmp_path / "run")] == list(range(1000))
    (path,) = (tmp_path / "run").iterdir()
    assert path.name.endswith(".mine")


def test_flush_makes_events_visible(tmp_path: Path) -> None:
    with tf.summary.FileWriter(str(tmp_path)) as writer:
        writer.add_summary(scalar(1.0).SerializeToString(), 1)
        writer.flush()
        assert len(events_in(tmp_path)) == 1


def test_queue_is_written_without_flush(tmp_path: Path) -> None:
    with tf.summary.FileWriter(str(tmp_path), flush_secs=0.01) as writer:
        writer.add_summary(scalar(1.0), 1)
        waited = threading.Event()
        while not events_in(tmp_path):
            waited.wait(0.01)


def test_graph_and_metadata(tmp_path: Path) -> None:
    with tf.Graph().as_default() as graph:
        tf.constant([1.0, 2.0], name="c")
        with tf.summary.FileWriter(str(tmp_path), graph) as writer:
            writer.add_run_metadata(config_pb2.RunMetadata(), "step 1", 1)
            with pytest.raises(ValueError, match="already used"):
                writer.add_run_metadata(config_pb2.RunMetadata(), "step 1", 2)
            with pytest.raises(TypeError, match="Graph"):
                writer.add_graph("graph")
            with pytest.raises(TypeError, match="MetaGraphDef"):
                writer.add_meta_graph(graph)
    (path,) = tmp_path.iterdir()
    _, drawn, meta, run = tf.train.summary_iterator(path)
    (node,) = tf.GraphDef.FromString(drawn.graph_def).node
    assert node.attr["_output_shapes"].list.shape[0].dim[0].size == 2
    assert tf.MetaGraphDef.FromString(meta.meta_graph_def).graph_def.node[0].name == "c"
    assert run.tagged_run_metadata.tag == "step 1"


def test_metadata_of_a_tag_is_written_once(tmp_path: Path) -> None:
    summary = scalar(1.0)
    summary.value[0].metadata.display_name = "shown"
    content = summary.SerializeToString()
    with tf.summary.FileWriter(str(tmp_path)) as writer:
        for step in range(2):
            writer.add_summary(content, step)
    path = next(tmp_path.iterdir())
    first, second = list(tf.train.summary_iterator(path))[1:]
    assert first.summary.value[0].metadata.display_name == "shown"
    assert not second.summary.value[0].HasField("metadata")


def test_closed_writer_warns_and_reopens(tmp_path: Path) -> None:
    writer = tf.summary.FileWriter(str(tmp_path))
    writer.close()
    with pytest.warns(UserWarning, match="closed FileWriter"):
        writer.add_summary(scalar(1.0), 1)
    writer.reopen()
    writer.add_summary(scalar(2.0), 2)
    writer.close()
    assert [event.step for event in events_in(tmp_path)] == [2]


def test_cache_gives_one_writer_for_a_folder(tmp_path: Path) -> None:
    first = tf.summary.FileWriterCache.get(str(tmp_path))
    assert tf.summary.FileWriterCache.get(str(tmp_path)) is first
    tf.summary.FileWriterCache.clear()
    assert tf.summary.FileWriterCache.get(str(tmp_path)) is not first
    tf.summary.FileWriterCache.clear()


def test_loop_does_not_wait_for_a_slow_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The thread hangs in its first write; 10,000 events are queued meanwhile, and none is lost."""
    goes_on = threading.Event()
    writer = tf.summary.FileWriter(str(tmp_path), max_queue=10)

    hang_up(writer, goes_on, monkeypatch)
    for step in range(10_000):
        writer.add_summary(scalar(step), step)
    goes_on.set()
    writer.close()
    assert len(events_in(tmp_path)) == 10_000


def test_queue_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_file_writer, "_MOST_WAITING_BYTES", 1000)
    goes_on = threading.Event()
    writer = tf.summary.FileWriter(str(tmp_path), max_queue=1)

    hang_up(writer, goes_on, monkeypatch)
    added = []

    def add() -> None:
        for step in range(500):
            writer.add_summary(scalar(step), step)
            added.append(step)

    loop = threading.Thread(target=add)
    loop.start()
    loop.join(0.5)
    assert loop.is_alive()
    assert len(added) < 100
    goes_on.set()
    loop.join()
    writer.close()
    assert len(events_in(tmp_path)) == 500


def test_full_disk_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = tf.summary.FileWriter(str(tmp_path))

    class Full(io.RawIOBase):
        def write(self, _: Any) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    writer._events._file.close()
    monkeypatch.setattr(writer._events, "_file", Full())
    writer.add_summary(scalar(1.0), 1)
    with pytest.raises(tf.errors.ResourceExhaustedError, match=r"events.out.tfevents.*Free some space"):
        writer.flush()
    with pytest.raises(tf.errors.ResourceExhaustedError):
        writer.add_summary(scalar(2.0), 2)
    with pytest.raises(tf.errors.ResourceExhaustedError):
        writer.close()


def test_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "run").touch()
    with pytest.raises(tf.errors.OpError, match="Cannot write"):
        tf.summary.FileWriter(str(tmp_path / "run"))


def test_bytes_that_are_no_summary(tmp_path: Path) -> None:
    with (
        tf.summary.FileWriter(str(tmp_path)) as writer,
        pytest.raises(tf.errors.DataLossError, match="what running a summary node returned"),
    ):
        writer.add_summary(b"\xff\xff", 1)


def write_many(folder: str, start: int) -> None:
    with tf.summary.FileWriter(folder) as writer:
        for step in range(start, start + 500):
            writer.add_summary(scalar(step), step)


def test_two_processes_share_a_folder(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=write_many, args=(str(tmp_path), start)) for start in (0, 500)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    assert sorted(event.step for event in events_in(tmp_path)) == list(range(1000))


def test_writers_of_one_name_get_files_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As of two containers with one host name and process number."""
    monkeypatch.setattr(event_file_writer, "_numbers", iter([0, 0, 1]))
    monkeypatch.setattr("time.time", lambda: 1e9)
    first, second = (tf.summary.FileWriter(str(tmp_path)) for _ in range(2))
    first.close()
    second.close()
    assert len(list(tmp_path.iterdir())) == 2


def test_program_that_forgets_to_close_loses_nothing(tmp_path: Path) -> None:
    program = (
        "import sys, graphlab as tf\n"
        "writer = tf.summary.FileWriter(sys.argv[1])\n"
        "writer.add_summary(tf.Summary(value=[tf.Summary.Value(tag='MSE', simple_value=1)]), 5)\n"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True)
    assert [event.step for event in events_in(tmp_path)] == [5]
