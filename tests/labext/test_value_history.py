"""Values over steps in bounded memory."""

from __future__ import annotations

import numpy as np
import pytest

from labext.value_history import ValueHistory


def recorded(steps: int, capacity: int = 100) -> ValueHistory:
    history = ValueHistory(capacity)
    for step in range(steps):
        history.record(1, step, ["mse:0"], [[np.float32(step)]])
    return history


def test_every_step_is_kept_while_there_is_room() -> None:
    moments = recorded(100).since(0)
    assert [moment["step"] for moment in moments] == list(range(100))
    assert moments[7]["values"]["mse:0"]["mean"] == 7.0


def test_a_long_training_keeps_evenly_spaced_steps() -> None:
    history = recorded(100_000)
    steps = [moment["step"] for moment in history.since(0)]
    assert 50 <= len(steps) <= 100
    assert len(set(np.diff(steps))) == 1
    assert steps[-1] > 98_000


def test_thinning_begins_a_new_epoch_and_growth_does_not() -> None:
    history = recorded(60)
    history.since(0)
    history.record(1, 60, ["mse:0"], [[1.0]])
    assert (len(history.since(60)), history.epoch) == (1, 0)
    for step in range(61, 130):
        history.record(1, step, ["mse:0"], [[1.0]])
    history.since(0)
    assert history.epoch == 1


def test_of_very_many_runs_the_newest_are_kept() -> None:
    history = ValueHistory(100)
    for run in range(1000):
        for step in range(3):
            history.record(run, step, ["mse:0"], [[1.0]])
    assert [moment["run"] for moment in history.since(0) if moment["step"] == 0] == list(range(990, 1000))
    history.record(1000, 0, ["mse:0"], [[1.0]])
    before = history.epoch
    assert history.since(0)[0]["run"] == 991
    assert history.epoch > before


def test_last_recorded_step_up_to_a_step() -> None:
    history = recorded(300)
    assert history.at(151)["mse:0"]["mean"] <= 151
    history.record(2, 0, ["mse:0"], [[9.0]])
    assert history.at(10)["mse:0"]["mean"] == 9.0
    assert history.at(8, run=1)["mse:0"]["mean"] == 8.0
    with pytest.raises(KeyError, match="nothing is recorded"):
        ValueHistory().at(3)
