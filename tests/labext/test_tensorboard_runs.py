"""`live.tensorboard` on event files written by TensorBoard's own writer."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.plugins.scalar.summary_v2 import scalar_pb
from tensorboard.summary.writer.event_file_writer import EventFileWriter

from labext import live


def write(folder: Path, summaries: list[Summary]) -> None:
    writer = EventFileWriter(str(folder))
    for step, summary in enumerate(summaries):
        writer.add_event(Event(wall_time=1_000.0 + step, step=step, summary=summary))
    writer.close()


@pytest.fixture
def logdir(tmp_path: Path) -> Path:
    write(tmp_path / "first", [Summary(value=[Summary.Value(tag="mse", simple_value=1.0 / n)]) for n in range(1, 21)])
    write(tmp_path / "second", [scalar_pb("mse", 2.0 * n) for n in range(5)])
    return tmp_path


def test_all_points_of_all_runs(logdir: Path) -> None:
    plot = live.tensorboard(logdir)
    assert [(curve.tag, curve.run) for curve in plot.curves] == [("mse", "first"), ("mse", "second")]
    steps, values = plot.values("mse", "first")
    np.testing.assert_array_equal(steps, np.arange(20))
    np.testing.assert_allclose(values, 1 / np.arange(1, 21), rtol=1e-6)
    np.testing.assert_allclose(plot.values("mse", "second")[1], 2.0 * np.arange(5))
    assert plot.curves[0].started_s == 1_000.0


def test_advice_where_nothing_is_found(logdir: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"no run in .* has a scalar 'loss'"):
        live.tensorboard(logdir, "loss")
    with pytest.raises(FileNotFoundError, match="there is no folder"):
        live.tensorboard(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(FileNotFoundError, match="flushed or closed"):
        live.tensorboard(tmp_path / "empty")
