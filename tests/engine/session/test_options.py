"""Options of sessions and runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import graphlab as tf


@pytest.fixture(autouse=True)
def graph() -> Iterator[tf.Graph]:
    with tf.Graph().as_default() as graph:
        yield graph


def test_traced_run_times_every_node() -> None:
    x = tf.placeholder(tf.float32, (None, 2), name="x")
    total = tf.reduce_sum(tf.square(x), name="total")
    metadata = tf.RunMetadata()
    with tf.Session() as sess:
        options = tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE)
        assert sess.run(total, {x: [[1.0, 2.0]]}, options=options, run_metadata=metadata) == 5.0
    (device,) = metadata.step_stats.dev_stats
    assert device.device.endswith("CPU:0")
    nodes = {node.node_name: node for node in device.node_stats}
    assert set(nodes) == {"Square", "Const", "total"}
    assert all(node.all_end_rel_micros > 0 for node in nodes.values())
    assert [d.size for d in nodes["Square"].output[0].tensor_description.shape.dim] == [1, 2]


def test_untraced_run_leaves_the_metadata_empty() -> None:
    metadata = tf.RunMetadata()
    with tf.Session() as sess:
        assert sess.run(tf.constant(1), options=tf.RunOptions(), run_metadata=metadata) == 1
    assert not metadata.step_stats.dev_stats


def test_configuration_of_threads_and_memory_is_accepted() -> None:
    config = tf.ConfigProto(allow_soft_placement=True, intra_op_parallelism_threads=1)
    config.gpu_options.allow_growth = True
    with tf.Session(config=config) as sess:
        assert sess.run(tf.constant(1)) == 1


@pytest.mark.parametrize(
    ("arguments", "kind", "advice"),
    [
        ({"config": 1}, TypeError, "tf.ConfigProto"),
        ({"config": tf.ConfigProto(log_device_placement=True)}, NotImplementedError, "log_device_placement; leave it"),
        ({"target": "grpc://host"}, NotImplementedError, "Leave it out"),
        ({"graph": 1}, TypeError, "tf.Graph"),
    ],
)
def test_session_says_what_it_cannot_be(arguments: Any, kind: type[Exception], advice: str) -> None:
    with pytest.raises(kind, match=advice):
        tf.Session(**arguments)


@pytest.mark.parametrize(
    ("arguments", "kind", "advice"),
    [
        ({"options": 1}, TypeError, "tf.RunOptions"),
        ({"run_metadata": 1}, TypeError, "tf.RunMetadata"),
        ({"options": tf.RunOptions(timeout_in_ms=5)}, NotImplementedError, "timeout_in_ms; leave it"),
    ],
)
def test_run_says_what_it_cannot_do(arguments: Any, kind: type[Exception], advice: str) -> None:
    with tf.Session() as sess, pytest.raises(kind, match=advice):
        sess.run(tf.constant(1), **arguments)
