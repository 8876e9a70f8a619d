"""Files that are damaged or made to harm give a clear error, quickly and within bounds of memory; nothing changes."""

from __future__ import annotations

import base64
import contextlib
import functools
import struct
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from google.protobuf import text_format
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tensorboard.compat.proto import graph_pb2, meta_graph_pb2

import graphlab as tf
from graphlab.io import checkpoint_ops, checksums, table_writer, varints
from graphlab.io.bundle_reader import BundleReader
from graphlab.io.checkpoint_files import open_checkpoint
from graphlab.io.message_files import read_message
from graphlab.io.messages import BundleEntryProto, BundleHeaderProto
from tests.oracle import saving, storage

MOST_BYTES = 64 << 20
FUZZED = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@functools.cache
def seeds() -> dict[str, bytes]:
    """Real files: what TensorFlow saved, in both formats, the same graph as text, and an event file."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        saving.unpack(storage.load("saved/linear_regression"), folder)
        found = {path.suffix: path.read_bytes() for path in folder.iterdir()}
        found = {".data" if ending.startswith(".data") else ending: content for ending, content in found.items()}
        graph = meta_graph_pb2.MetaGraphDef.FromString(found[".meta"]).graph_def
        found[".pbtxt"] = text_format.MessageToString(graph).encode()
        with tf.Graph().as_default(), tf.summary.FileWriter(place) as writer:
            writer.add_graph(graph)
            for step in range(3):
                writer.add_summary(tf.Summary(value=[tf.Summary.Value(tag="MSE", simple_value=step)]), step)
        (events,) = folder.glob("events*")
        found[".events"] = events.read_bytes()
        found[".old"] = base64.b64decode(storage.load("first_format")["file"])
    return found


def changed(content: bytes, draw: st.DrawFn) -> bytes:
    """A file with bits flipped, bytes cut out, doubled or put in."""
    data = bytearray(content)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        kind = draw(st.sampled_from(["flip", "cut", "end", "insert", "double"]))
        if kind == "flip" and data:
            data[at] ^= 1 << draw(st.integers(0, 7))
        elif kind == "cut":
            del data[at : at + draw(st.integers(1, 64))]
        elif kind == "end":
            del data[at:]
        elif kind == "insert":
            data[at:at] = draw(st.binary(min_size=1, max_size=16))
        else:
            data[at:at] = data[at : at + draw(st.integers(1, 64))]
    return bytes(data)


@st.composite
def damaged(draw: st.DrawFn, ending: str) -> bytes:
    return changed(seeds()[ending], draw)


@contextlib.contextmanager
def bounded_memory() -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < MOST_BYTES


def outcome(call: Callable[[], Any], file: Path) -> Any:
    """The result, or the error, which must be one of the two classes and name the file."""
    with bounded_memory():
        try:
            result = call()
        except (tf.errors.DataLossError, tf.errors.InvalidArgumentError, tf.errors.UnimplementedError) as error:
            result = error
    assert not isinstance(result, Exception) or file.name in str(result)
    return result


@FUZZED
@given(index=damaged(".index"))
def test_damaged_index_restores_nothing_by_halves(index: bytes) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "m.index").write_bytes(index)
        (folder / "m.data-00000-of-00001").write_bytes(seeds()[".data"])
        check_restore(folder, is_changed=index != seeds()[".index"])


@FUZZED
@given(data=damaged(".data"), is_large=st.booleans())
def test_damaged_data_restores_nothing_by_halves(data: bytes, is_large: bool) -> None:
    """Large variables are restored one after the other."""
    with tempfile.TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        patch.setattr(checkpoint_ops, "_DEFERRED_BYTES", 0 if is_large else 1 << 24)
        folder = Path(place)
        (folder / "m.index").write_bytes(seeds()[".index"])
        (folder / "m.data-00000-of-00001").write_bytes(data)
        size = len(seeds()[".data"])
        check_restore(folder, is_changed=data[:size] != seeds()[".data"])


def check_restore(folder: Path, is_changed: bool) -> None:
    with tf.Graph().as_default(), tf.Session() as sess:
        theta = tf.Variable(np.full([4, 1], 7, np.float32), name="theta")
        saver = tf.train.Saver()
        sess.run(theta.initializer)
        result = outcome(lambda: saver.restore(sess, str(folder / "m")), folder / "m")
        value = sess.run(theta)
    if isinstance(result, Exception) and is_changed:
        assert (value == 7).all()
    else:
        # Bytes between the blocks carry no meaning; whatever is accepted is what was saved.
        assert np.array_equal(value.tobytes(), seeds()[".data"])


@FUZZED
@given(content=damaged(".old"))
def test_damaged_first_format(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "old"
        file.write_bytes(content)
        reader = outcome(lambda: open_checkpoint(str(file)), file)
        if not isinstance(reader, Exception):
            for name, entry in reader.entries.items():
                value = outcome(functools.partial(reader.read, name), file)
                assert isinstance(value, Exception) or value.shape == entry.shape


@FUZZED
@given(content=damaged(".meta"))
@example(content=b"")
def test_damaged_meta_graph(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "g.meta"
        file.write_bytes(content)
        outcome(lambda: read_message(file, meta_graph_pb2.MetaGraphDef), file)


@FUZZED
@given(content=damaged(".pbtxt"))
@example(content=b"node { " * 5000)
@example(content=b"node {name: 'a' name: 'b'}")
def test_damaged_graph_text(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "g.pbtxt"
        file.write_bytes(content)
        outcome(lambda: read_message(file, graph_pb2.GraphDef), file)


@FUZZED
@given(content=damaged(".events"))
def test_damaged_events(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "events"
        file.write_bytes(content)
        outcome(lambda: list(tf.train.summary_iterator(file)), file)


@FUZZED
@given(content=st.binary(max_size=300))
def test_any_bytes(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "m.index"
        file.write_bytes(content)
        assert isinstance(outcome(lambda: BundleReader(str(file.with_suffix(""))), file), tf.errors.DataLossError)
        if content:
            assert isinstance(outcome(lambda: list(tf.train.summary_iterator(file)), file), tf.errors.DataLossError)


def entry(**fields: Any) -> bytes:
    message = BundleEntryProto(**{"dtype": 1, **fields})
    return bytes(message.SerializeToString())


def huge_shape() -> bytes:
    message = BundleEntryProto(dtype=1, size=4)
    for _ in range(8):
        message.shape.dim.add(size=1 << 40)
    return bytes(message.SerializeToString())


HEADER = BundleHeaderProto(num_shards=1).SerializeToString()
HOSTILE_TABLES: dict[str, bytes] = {
    "a shape of 2^320 elements": table_writer.encoded_table([(b"", HEADER), (b"v", huge_shape())]),
    "bytes beyond the file": table_writer.encoded_table([(b"", HEADER), (b"v", entry(size=4, offset=1 << 60))]),
    "a negative offset": table_writer.encoded_table([(b"", HEADER), (b"v", entry(size=4, offset=-8))]),
    "overlapping tensors": table_writer.encoded_table(
        [(b"", HEADER), (b"u", entry(size=4)), (b"v", entry(size=4, offset=2))]
    ),
    "another shard": table_writer.encoded_table([(b"", HEADER), (b"v", entry(size=4, shard_id=3))]),
    "very many shards": table_writer.encoded_table([(b"", BundleHeaderProto(num_shards=1 << 30).SerializeToString())]),
    "no header": table_writer.encoded_table([(b"v", entry(size=4))]),
    "an entry that is no message": table_writer.encoded_table([(b"", HEADER), (b"v", b"\xff\xff\xff")]),
    "keys twice": table_writer.encoded_table([(b"", HEADER), (b"v", entry(size=4)), (b"v", entry(size=4))]),
}


@pytest.mark.parametrize("name", HOSTILE_TABLES)
def test_hostile_index(name: str, tmp_path: Path) -> None:
    (tmp_path / "m.index").write_bytes(HOSTILE_TABLES[name])
    (tmp_path / "m.data-00000-of-00001").write_bytes(bytes(16))

    def read() -> None:
        reader = BundleReader(str(tmp_path / "m"))
        for key in reader.entries:
            reader.read(key)

    assert isinstance(outcome(read, tmp_path / "m"), tf.errors.DataLossError)


def table_of(block: bytes, compression: int = 0) -> bytes:
    """A table with one block of data, as it is."""

    def framed(content: bytes, kind: int) -> bytes:
        body = content + bytes([kind])
        return body + struct.pack("<I", checksums.masked_crc32c(body))

    file = framed(block, compression)
    handle = varints.encoded(0) + varints.encoded(len(block))
    index = b"\0\1" + varints.encoded(len(handle)) + b"z" + handle + struct.pack("<II", 0, 1)
    place = varints.encoded(len(file)) + varints.encoded(len(index))
    file += framed(index, 0)
    return file + (varints.encoded(0) * 2 + place).ljust(40, b"\0") + struct.pack("<Q", table_writer.MAGIC)


def test_keys_that_grow_out_of_bounds(tmp_path: Path) -> None:
    """Each key repeats the one before and adds a byte: quadratic memory in the size of the file."""
    rows = b"".join(varints.encoded(n) + b"\1\0x" for n in range(60_000))
    (tmp_path / "m.index").write_bytes(table_of(rows + struct.pack("<II", 0, 1)))
    assert isinstance(outcome(lambda: BundleReader(str(tmp_path / "m")), tmp_path / "m"), tf.errors.DataLossError)


@pytest.mark.parametrize(
    "content",
    [
        varints.encoded(1 << 40) + b"\0x",  # says that it unpacks to a terabyte
        varints.encoded(1 << 20) + b"\0x" + b"\xfe\x01\x00" * 20_000,  # repeats one byte
        varints.encoded(8) + b"\0x\x0e\x09\x00",  # refers to before its start
        varints.encoded(8) + b"\xf0",
    ],
)
def test_hostile_compression(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "m.index").write_bytes(table_of(content, 1))
    assert isinstance(outcome(lambda: BundleReader(str(tmp_path / "m")), tmp_path / "m"), tf.errors.DataLossError)


def test_constant_far_larger_than_its_file(tmp_path: Path) -> None:
    graph = graph_pb2.GraphDef()
    node = graph.node.add(name="c", op="Const")
    node.attr["dtype"].type = 1
    node.attr["value"].tensor.dtype = 1
    node.attr["value"].tensor.float_val.append(1.0)
    for _ in range(3):
        node.attr["value"].tensor.tensor_shape.dim.add(size=1 << 20)
    file = tmp_path / "g.pb"
    file.write_bytes(graph.SerializeToString())
    result = outcome(lambda: read_message(file, graph_pb2.GraphDef), file)
    assert isinstance(result, tf.errors.InvalidArgumentError)
    assert "'c'" in str(result)


READERS: dict[str, Callable[[Path], Any]] = {
    "m.index": lambda file: BundleReader(str(file.with_suffix(""))),
    "old": lambda file: open_checkpoint(str(file)),
    "g.meta": lambda file: read_message(file, meta_graph_pb2.MetaGraphDef),
    "g.pbtxt": lambda file: read_message(file, graph_pb2.GraphDef),
    "events": lambda file: list(tf.train.summary_iterator(file)),
}


@pytest.mark.parametrize("name", READERS)
def test_files_larger_than_they_can_be(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    with file.open("wb") as hole:
        hole.truncate(1 << 33)
    assert isinstance(outcome(lambda: READERS[name](file), file), tf.errors.DataLossError)


def test_missing_data_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "m.index").write_bytes(seeds()[".index"])
    reader = BundleReader(str(tmp_path / "m"))
    with pytest.raises(tf.errors.DataLossError, match="data-00000-of-00001"):
        reader.read("theta")


def test_damaged_state_file_is_no_checkpoint(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "checkpoint").write_bytes(b"\xff\x00 model")
    assert tf.train.latest_checkpoint(tmp_path) is None
    assert "Checkpoint ignored" in caplog.text
