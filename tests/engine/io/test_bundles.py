"""Tables, bundles and records: what is written comes back, and is laid out as TensorFlow lays it out."""

from __future__ import annotations

import multiprocessing
import struct
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import graphlab as tf
from graphlab.io import checksums, snappy, varints
from graphlab.io.bundle_entries import data_name
from graphlab.io.bundle_reader import BundleReader
from graphlab.io.bundle_writer import stored_shards, write_bundle
from graphlab.io.records import framed, read_records
from graphlab.io.table_reader import table_entries
from graphlab.io.table_writer import encoded_table

KEYS = st.binary(max_size=20)
ARRAYS = hnp.arrays(
    st.sampled_from([np.float32, np.float64, np.int32, np.int64, np.uint8, np.bool_, np.complex64]),
    hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4),
)


@given(st.dictionaries(KEYS, st.binary(max_size=200)))
def test_tables_come_back(entries: dict[bytes, bytes]) -> None:
    assert list(table_entries(encoded_table(sorted(entries.items())))) == sorted(entries.items())


def test_tables_of_many_blocks_come_back() -> None:
    entries = [(f"layer{n:06}/weights".encode(), bytes(100)) for n in range(20_000)]
    assert list(table_entries(encoded_table(entries))) == entries


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=10), ARRAYS, max_size=5))
def test_bundles_come_back(arrays: dict[str, Any]) -> None:
    arrays = {name: array for name, array in arrays.items() if not name.startswith("\0")}
    with tempfile.TemporaryDirectory() as folder:
        prefix = str(Path(folder) / "m")
        write_bundle(prefix, list(arrays), list(arrays.values()))
        reader = BundleReader(prefix)
        assert reader.entries.keys() == arrays.keys()
        for name, array in arrays.items():
            found = reader.read(name)
            assert found.dtype == array.dtype
            assert found.shape == array.shape
            assert found.tobytes() == array.tobytes()


def test_layout_of_strings(tmp_path: Path) -> None:
    """Lengths, their checksum, the strings; as TensorFlow's own file has it."""
    array = np.array([b"abc", b"", b"x" * 300], object)
    write_bundle(str(tmp_path / "m"), ["c"], [array])
    content = (tmp_path / "m.data-00000-of-00001").read_bytes()
    assert content == b"\x03\x00\xac\x02\xb8\xfa]\xdeabc" + b"x" * 300
    reader = BundleReader(str(tmp_path / "m"))
    assert reader.entries["c"].checksum == 2115453264
    assert reader.read("c").tolist() == array.tolist()


def test_arrays_in_any_order_of_memory(tmp_path: Path) -> None:
    array = np.arange(12.0).reshape(3, 4)
    write_bundle(str(tmp_path / "m"), ["a", "b", "c"], [array.T, array[:, ::2], array.astype(">f8")])
    reader = BundleReader(str(tmp_path / "m"))
    assert np.array_equal(reader.read("a"), array.T)
    assert np.array_equal(reader.read("b"), array[:, ::2])
    assert np.array_equal(reader.read("c"), array)


def test_overwriting_ends_with_the_usual_names(tmp_path: Path) -> None:
    prefix = str(tmp_path / "m")
    for value in range(3):
        write_bundle(prefix, ["v"], [np.full(3, value)])
        assert sorted(p.name for p in tmp_path.iterdir()) == ["m.data-00000-of-00001", "m.index"]
        reader = BundleReader(prefix)
        assert reader.read("v").tolist() == [value] * 3


def test_without_hard_links_the_spare_name_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: Any) -> None:
        raise OSError

    monkeypatch.setattr("os.link", no_links)
    prefix = str(tmp_path / "m")
    for value, shards in enumerate((1, 2, 1, 2)):
        write_bundle(prefix, ["v"], [np.full(3, value)])
        assert stored_shards(prefix) == shards
        assert sorted(p.name for p in tmp_path.iterdir()) == [Path(data_name(prefix, 0, shards)).name, "m.index"]
        reader = BundleReader(prefix)
        assert reader.read("v").tolist() == [value] * 3


def test_names_with_wildcards_are_plain_names(tmp_path: Path) -> None:
    other = tmp_path / "m1.data-00000-of-00001"
    other.touch()
    for _ in range(2):
        write_bundle(str(tmp_path / "m[1]"), ["v"], [np.zeros(1)])
    assert other.exists()


def save_often(prefix: str, value: int) -> None:
    for _ in range(20):
        write_bundle(prefix, ["a", "b"], [np.full(1000, value), np.full(1000, value)])


def test_two_processes_write_one_checkpoint(tmp_path: Path) -> None:
    prefix = str(tmp_path / "m")
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=save_often, args=(prefix, value)) for value in (1, 2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    reader = BundleReader(prefix)
    values = np.concatenate([reader.read("a"), reader.read("b")])
    assert np.unique(values).size == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["m.data-00000-of-00001", "m.index"]


@given(st.integers(0, 2**64 - 1), st.binary(max_size=4))
def test_varints_come_back(number: int, rest: bytes) -> None:
    encoded = varints.encoded(number)
    assert varints.decoded(encoded + rest, 0) == (number, len(encoded))


@pytest.mark.parametrize(
    ("compressed", "content"),
    [
        (b"\x00", b""),
        (b"\x03\x08abc", b"abc"),
        (b"\x0a\x08abc\x0d\x03", b"abc" + b"abcabca"),  # a repetition that reaches into itself
        (b"\x08\x0cabcd\x0e\x04\x00", b"abcdabcd"),
        (b"\x08\x0cabcd\x0f\x04\x00\x00\x00", b"abcdabcd"),
        (b"\x46\xf0\x45" + b"z" * 70, b"z" * 70),
    ],
)
def test_snappy(compressed: bytes, content: bytes) -> None:
    assert snappy.decompressed(compressed, 1000) == content


def test_checksums() -> None:
    # RFC 3720, B.4, and the mask of LevelDB's tests.
    assert checksums.extended(0, bytes(32)) == 0x8A9136AA
    assert checksums.extended(checksums.extended(0, b"123"), b"456789") == 0xE3069283
    assert checksums.masked(0) == 0xA282EAD8


@given(st.lists(st.binary(max_size=100)))
def test_records_come_back(records: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "records"
        file.write_bytes(b"".join(map(framed, records)))
        assert list(read_records(file)) == records


def test_record_of_a_length_beyond_the_file(tmp_path: Path) -> None:
    length = struct.pack("<Q", 1 << 50)
    file = tmp_path / "records"
    file.write_bytes(framed(b"first") + length + struct.pack("<I", checksums.masked_crc32c(length)) + b"x")
    found: list[bytes] = []
    with pytest.raises(tf.errors.DataLossError, match="ends inside a record"):
        found.extend(read_records(file))
    assert list(zip(range(1), read_records(file), strict=False)) == [(0, b"first")]
