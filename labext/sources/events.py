"""Scalars of event files, read by TensorBoard's own reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tensorboard.backend.event_processing import event_accumulator, event_multiplexer
from tensorboard.util import tensor_util

_EVERYTHING = {event_accumulator.SCALARS: 0, event_accumulator.TENSORS: 0}
_PLUGIN = "scalars"


@dataclass(frozen=True, slots=True)
class ScalarEvents:
    """The values of one tag during one run.

    Attributes:
        run: the run's folder, below the one that was read.
        tag: what was written.
        steps: numbers of the steps, in the order in which they were written.
        times_s: Unix times.
        values: the values.
    """

    run: str
    tag: str
    steps: list[int]
    times_s: list[float]
    values: list[float]


def read_scalars(logdir: str | Path) -> Iterator[ScalarEvents]:
    """Reads every scalar of every run under a folder, those of TensorFlow 1 and those of 2.

    Raises:
        FileNotFoundError: there is no such folder, or no run in it.
    """
    if not Path(logdir).is_dir():
        raise FileNotFoundError(
            f"there is no folder {str(logdir)!r}; give the folder that a tf.summary.FileWriter wrote"
        )
    multiplexer = event_multiplexer.EventMultiplexer(size_guidance=_EVERYTHING)
    multiplexer.AddRunsFromDirectory(str(logdir))
    multiplexer.Reload()
    runs = multiplexer.Runs()
    if not runs:
        raise FileNotFoundError(f"{str(logdir)!r} holds no event files; was the FileWriter flushed or closed?")
    for run in sorted(runs):
        for tag in runs[run][event_accumulator.SCALARS]:
            events = multiplexer.Scalars(run, tag)
            yield ScalarEvents(
                run, tag, [e.step for e in events], [e.wall_time for e in events], [e.value for e in events]
            )
        for tag in multiplexer.GetAccumulator(run).PluginTagToContent(_PLUGIN) if _has_plugin(multiplexer, run) else ():
            tensors = multiplexer.Tensors(run, tag)
            values = [float(np.asarray(tensor_util.make_ndarray(e.tensor_proto)).item()) for e in tensors]
            yield ScalarEvents(run, tag, [e.step for e in tensors], [e.wall_time for e in tensors], values)


def _has_plugin(multiplexer: event_multiplexer.EventMultiplexer, run: str) -> bool:
    return any(
        multiplexer.SummaryMetadata(run, tag).plugin_data.plugin_name == _PLUGIN
        for tag in multiplexer.Runs()[run][event_accumulator.TENSORS]
    )
