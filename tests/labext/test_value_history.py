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
    moments = recorded(100).since(0).moments
    assert [moment["step"] for moment in moments] == list(range(100))
    assert moments[7]["values"]["mse:0"]["mean"] == 7.0


def test_a_long_training_keeps_evenly_spaced_steps() -> None:
    history = recorded(100_000)
    steps = [moment["step"] for moment in history.since(0).moments]
    assert 50 <= len(steps) <= 100
    assert len(set(np.diff(steps))) == 1
    assert steps[-1] > 98_000


def test_who_drops_what_is_dropped_needs_only_the_new() -> None:
    history = ValueHistory(100)
    seen: list[tuple[int, int]] = []
    position = sent = 0
    for run in range(15):
        for step in range(0, 3000, 3):
            history.record(run, step, ["mse:0"], [[1.0, 2.0, 3.0]])
            if step % 70 == 0:
                news = history.since(position)
                position = news.upto
                sent += len(news.moments)
                kept = [(run, step) for run, step in seen if run >= news.first_run and step % news.stride == 0]
                seen = kept + [(moment["run"], moment["step"]) for moment in news.moments]
                assert seen == [(moment["run"], moment["step"]) for moment in history.since(0).moments]
    assert sent == position < 1500
    assert news.first_run == 5
    assert news.stride >= 512


def test_of_very_many_runs_the_newest_are_kept() -> None:
    history = ValueHistory(100)
    for run in range(1000):
        for step in range(3):
            history.record(run, step, ["mse:0"], [[1.0]])
    assert [moment["run"] for moment in history.since(0).moments if moment["step"] == 0] == list(range(990, 1000))
    history.record(1000, 0, ["mse:0"], [[1.0]])
    assert history.since(0).moments[0]["run"] == history.since(0).first_run == 991


def test_last_recorded_step_up_to_a_step() -> None:
    history = recorded(300)
    assert history.at(151)["mse:0"]["mean"] <= 151
    history.record(2, 0, ["mse:0"], [[9.0]])
    assert history.at(10)["mse:0"]["mean"] == 9.0
    assert history.at(8, run=1)["mse:0"]["mean"] == 8.0
    with pytest.raises(KeyError, match="nothing is recorded"):
        ValueHistory().at(3)
