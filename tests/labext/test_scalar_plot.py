"""The scalar plot on the Python side: curves, batches, figure, picture."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from typing import Any

import numpy as np
import pytest
from traitlets import TraitError

from labext import ScalarPlot
from labext.scalar_log import ScalarLog
from labext.widgets.scalar_picture import plain_curves

pytestmark = pytest.mark.usefixtures("still_flusher")


class Recording(ScalarPlot):
    """A plot whose messages to the page are kept."""

    def __init__(self, **traits: Any) -> None:
        self.messages: list[tuple[dict[str, Any], list[bytes]]] = []
        super().__init__(**traits)

    def send(self, content: dict[str, Any], buffers: list[bytes] | None = None) -> None:
        self.messages.append((content, buffers or []))


def test_appended_points_come_back() -> None:
    plot = ScalarPlot()
    for step in range(1000):
        plot.append("loss", step, step**0.5)
    steps, values = plot.values("loss")
    np.testing.assert_array_equal(steps, np.arange(1000))
    np.testing.assert_array_equal(values, np.arange(1000.0) ** 0.5)
    assert len(plot) == 1000


def test_smaller_step_begins_the_next_run() -> None:
    plot = ScalarPlot()
    for step in (0, 1, 1, 0, 1):
        plot.append("loss", step, 10.0 * step)
    assert [(curve.tag, curve.run) for curve in plot.curves] == [("loss", "run 1"), ("loss", "run 2")]
    assert plot.values("loss", "run 1")[0].tolist() == [0, 1, 1]
    assert plot.values("loss")[0].tolist() == [0, 1]


def test_unknown_curve_names_the_known_ones() -> None:
    plot = ScalarPlot()
    with pytest.raises(KeyError, match="none yet"):
        plot.values("loss")
    plot.append("loss", 0, 1.0)
    with pytest.raises(KeyError, match="'loss' of 'run 1'"):
        plot.values("mse")


def test_batches_hold_every_point_once_as_little_endian_columns() -> None:
    plot = Recording()
    plot._handle_custom_msg({"channel": "scalars", "epoch": 0, "resync": 0}, [])
    for step in range(5000):
        plot.append("a", step, step / 8)
        plot.append("b", step, -step)
        if step % 1000 == 999:
            plot._channel.flush()
    assert len(plot.messages) == 5
    place = 0
    curves: list[int] = []
    steps: list[int] = []
    values: list[float] = []
    for content, buffers in plot.messages:
        assert (content["channel"], content["since"]) == ("scalars", place)
        place = content["upto"]
        for curve, step, count in np.frombuffer(buffers[0], "<u4").reshape(-1, 3).tolist():
            curves += [curve] * count
            steps += range(step, step + count)
        assert len(buffers[1]) == 4 * (place - content["since"])
        values += np.frombuffer(buffers[2], "<f4").tolist()
    assert place == 10_000
    assert curves == [0, 1] * 5000
    assert steps == [step for step in range(5000) for _ in "ab"]
    assert values[:4] == [0.0, 0.0, 1 / 8, -1.0]
    labels = plot.messages[-1][0]["header"]["curves"]
    assert (labels["0"]["tag"], labels["1"]["run"]) == ("a", "run 1")


def test_consecutive_steps_travel_as_one_stretch() -> None:
    plot = Recording()
    curve = plot.open_curve("a", "run 1")
    for step in [*range(5, 105), 200, 201, 7]:
        curve.append(step, np.float32(0.1))
    plot._channel.flush()
    [(_, (stretches, seconds, values))] = plot.messages
    assert np.frombuffer(stretches, "<u4").tolist() == [0, 5, 100, 0, 200, 2, 0, 7, 1]
    assert (len(seconds), len(values)) == (4 * 103, 4 * 103)


def test_values_that_need_64_bits_travel_with_all_of_them() -> None:
    plot = Recording()
    numbers = [0.1, 1e300, float("nan"), 2.0]
    for step, number in enumerate(numbers):
        plot.append("a", step, number)
    plot._channel.flush()
    np.testing.assert_array_equal(np.frombuffer(plot.messages[0][1][2], "<f8"), numbers)


def test_page_that_comes_late_gets_everything() -> None:
    plot = Recording()
    for step in range(100):
        plot.append("a", step, step)
    plot._channel.flush()
    plot._handle_custom_msg({"channel": "scalars", "epoch": 0, "resync": 0}, [])
    plot._channel.flush()
    assert plot.messages[-1][0]["upto"] == 100
    assert sum(content["since"] == 0 for content, _ in plot.messages) >= 2


def test_closed_plot_has_sent_its_last_points_and_keeps_them() -> None:
    plot = Recording()
    plot.append("a", 0, 1.0)
    plot.close()
    assert plot.messages[-1][0]["upto"] == 1
    plot.append("a", 1, 2.0)
    plot._channel.flush()
    assert plot.messages[-1][0]["upto"] == 1
    assert plot.values("a")[1].tolist() == [1.0, 2.0]


def test_value_that_is_no_number_is_reported_on_the_page() -> None:
    plot = ScalarPlot()
    plot.append("theta", 0, np.zeros(3))
    plot._channel.flush()
    assert "'theta' is not a single number" in plot.notice


@pytest.mark.parametrize("change", [{"smoothing": 1.0}, {"smoothing": -0.1}, {"axis": "epoch"}], ids=str)
def test_settings_out_of_range_are_refused(change: dict[str, Any]) -> None:
    with pytest.raises(TraitError):
        ScalarPlot(**change)


def test_picture_is_well_formed_and_names_its_curves() -> None:
    plot = ScalarPlot(title="a <b> & c", smoothing=0.5, log_y=True)
    for step, value in enumerate([3.0, 2.0, float("nan"), float("inf"), 0.0, 1.0]):
        plot.append("loss", step, value)
    root = ET.fromstring(plot.picture_svg())
    assert root.get("id") == plot.picture_id
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "a <b> & c" in "".join(root.itertext())
    assert "run 1" in "".join(root.itertext())


def test_picture_of_many_points_keeps_a_single_peak() -> None:
    plot = ScalarPlot()
    for step in range(50_000):
        plot.append("loss", step, 1000.0 if step == 12_345 else 0.0)
    picture = plot.picture_svg()
    assert len(picture) < 200_000
    assert ">1000<" in picture


def test_picture_smooths_all_points_not_those_it_keeps() -> None:
    log = ScalarLog(lambda: None)
    curve = log.open_curve("loss", "run 1")
    values = np.random.default_rng(0).normal(size=9000)
    values[[0, 17, 5000, 8999]] = [np.nan, np.inf, -np.inf, np.nan]
    for step, value in enumerate(values):
        curve.append(step, value)
    expected, last, count = [], 0.0, 0
    for value in values:
        if np.isfinite(value):
            last, count = 0.99 * last + 0.01 * value, count + 1
        expected.append(last / (1 - 0.99**count) if np.isfinite(value) else value)
    (plain,) = plain_curves(log, 0.99)
    assert len(plain["steps"]) < 9000
    np.testing.assert_allclose(
        [float(value) for value in plain["smoothed"]], np.array(expected)[plain["steps"]], rtol=1e-9, atol=1e-12
    )


def test_script_that_has_drawn_comes_to_its_end() -> None:
    script = (
        "from labext import ScalarPlot\nplot = ScalarPlot()\nplot.append('a', 0, 1.0)\nprint(plot.picture_svg()[:4])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=300)
    assert done.stdout == "<svg\n"


def test_picture_content_changes_with_points_and_settings() -> None:
    plot = ScalarPlot()
    seen = [plot.picture_content()]
    plot.append("loss", 0, 1.0)
    seen.append(plot.picture_content())
    plot.log_x = True
    seen.append(plot.picture_content())
    assert len(set(map(str, seen))) == 3
    assert plot.picture_content() == seen[-1]


@pytest.mark.parametrize("axis", ["step", "relative", "wall"])
def test_figure_holds_every_point(axis: str) -> None:
    plot = ScalarPlot(axis=axis, log_y=True, title="training")
    for step in range(100):
        plot.append("loss", step, 2.0**-step)
        plot.append("error", step, step)
    figure = plot.figure()
    assert [line.name for line in figure.data] == ["loss · run 1", "error · run 1"]
    np.testing.assert_array_equal(figure.data[0].y, 2.0 ** -np.arange(100.0))
    assert len(figure.data[0].x) == 100
    assert figure.layout.yaxis.type == "log"
    assert figure.layout.title.text == "training"


def test_repr_is_stable() -> None:
    assert repr(ScalarPlot(title="mse")) == "ScalarPlot('mse')"
    plot = ScalarPlot()
    for tag in ("loss", "error", "loss"):
        plot.append(tag, 0, 1.0)
    assert repr(plot) == "ScalarPlot('loss, error')"
