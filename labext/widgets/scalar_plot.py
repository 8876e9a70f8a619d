"""The live plot of scalars: what Python keeps of it and what it tells the page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import traitlets

from labext.awaited import Awaited
from labext.channel import Batch, Channel
from labext.display import PicturedWidget
from labext.picture import draw
from labext.scalar_log import Curve, ScalarLog
from labext.widgets.plotly_figure import plotly_figure
from labext.widgets.scalar_picture import HEIGHT_PX, WIDTH_PX, plain_curves

if TYPE_CHECKING:
    import plotly.graph_objects as go

_STATIC = Path(__file__).parents[1] / "static"


class ScalarPlot(PicturedWidget):
    """Plots scalars over steps while they are computed.

    Every point is kept and every point is drawn: where there are more points than pixels, each
    pixel column shows its smallest and largest value.

    On the page a box drawn with the mouse is zoomed to, and dragging with Alt or the middle button
    moves the window; so do Page up, Page down, plus and minus on the keyboard.

    Args:
        title: the heading; the tags by default.
        smoothing: weight of the past in the smoothed curve, 0 (off) to 0.999.
        log_x: logarithmic horizontal axis.
        log_y: logarithmic vertical axis.
        ignore_outliers: fit the vertical axis to the values between the fifth and the ninety-fifth percentile.
        axis: what runs along the horizontal axis: ``step``, ``relative`` (seconds since the
            curve's first point) or ``wall`` (time of day).

    Example:
        >>> plot = ScalarPlot()
        >>> for step in range(3):
        ...     plot.append("loss", step, 1.0 / (step + 1))
        >>> plot  # The last expression of a cell shows.
        ScalarPlot('loss')
    """

    # A text: of a path anywidget keeps each widget alive.
    _esm = (_STATIC / "scalars.js").read_text(encoding="utf-8")

    title = traitlets.Unicode().tag(sync=True)
    notice = traitlets.Unicode().tag(sync=True)
    """What keeps the plot from showing values; the page shows it above the curves."""
    smoothing = traitlets.Float(0.0, min=0.0, max=0.999).tag(sync=True)
    log_x = traitlets.Bool(default_value=False).tag(sync=True)
    log_y = traitlets.Bool(default_value=False).tag(sync=True)
    ignore_outliers = traitlets.Bool(default_value=False).tag(sync=True)
    axis = traitlets.Enum(["step", "relative", "wall"], "step").tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        # First, since a plot whose settings are refused is closed when it is freed.
        self._channel = Channel(self.send, self._collect, name="scalars")
        self._log = ScalarLog(self._channel.touch)
        self._newest: dict[str, tuple[Curve, int]] = {}
        super().__init__(**traits)
        self.on_msg(lambda _widget, content, _buffers: self._channel.receive(content))

    def __repr__(self) -> str:
        return f"ScalarPlot({self._heading()!r})"

    def __len__(self) -> int:
        """Returns the number of points of all curves."""
        return len(self._log)

    @property
    def awaited(self) -> Awaited:
        """Where steps are noted that wait and will bring points; whatever reads the points has them made first."""
        return self._log.awaited

    @property
    def curves(self) -> tuple[Curve, ...]:
        """All curves, oldest first."""
        return tuple(self._log.curves)

    def open_curve(self, tag: str, run: str, started_s: float | None = None) -> Curve:
        """Begins a curve, now or at an earlier Unix time; its ``append(step, value)`` is the fast way in for a loop."""
        return self._log.open_curve(tag, run, started_s)

    def open_curves(self, tag: str, run: str, shape: tuple[int, ...]) -> Curve:
        """Begins a curve for each element of arrays of a shape, or, of large ones, for their min, mean and max.

        Returns:
            The first of the curves, whose ``append(step, array)`` feeds all of them.
        """
        return self._log.open_curves(tag, run, shape)

    def append(self, tag: str, step: int, value: Any) -> None:
        """Adds a point to the tag's newest curve.

        A step below the tag's last one begins its next run, so a loop that is run again draws a
        curve beside the earlier one.

        Args:
            tag: what is plotted.
            step: number of the training step, 0 to 2**32 - 1.
            value: a number or an array with one element, which may still be being computed.
        """
        curve, last_step = self._newest.get(tag, (None, -1))
        if curve is None or step < last_step:
            runs = sum(earlier.tag == tag for earlier in self._log.curves)
            curve = self.open_curve(tag, f"run {runs + 1}")
        self._newest[tag] = (curve, step)
        curve.append(step, value)

    def values(self, tag: str, run: str | None = None) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.float64]]:
        """Returns steps and values of a curve, by default of the tag's newest run.

        Raises:
            KeyError: there is no such curve.
        """
        for curve in reversed(self._log.curves):
            if curve.tag == tag and run in (None, curve.run):
                points = self._log.points_of(curve)
                return points.steps, points.values
        known = ", ".join(f"{curve.tag!r} of {curve.run!r}" for curve in self._log.curves) or "none yet"
        raise KeyError(f"no curve {tag!r} of run {run!r}; the curves are: {known}")

    def close(self) -> None:
        """Ends the view on the page after its last points; the data stay here."""
        self._channel.close()
        super().close()

    def figure(self) -> go.Figure:
        """Returns a Plotly figure of all points.

        Raises:
            ModuleNotFoundError: Plotly is not installed.
        """
        return plotly_figure(self._log, title=self._heading(), axis=self.axis, is_log_x=self.log_x, is_log_y=self.log_y)

    def picture_svg(self) -> str:
        """Returns the plot as SVG text, with the present settings."""
        return draw(
            "scalarPlotSvg",
            {
                "id": self.picture_id,
                "title": self._heading(),
                "curves": plain_curves(self._log, self.smoothing),
                "settings": {
                    "axis": self.axis,
                    "isLogX": self.log_x,
                    "isLogY": self.log_y,
                    "smoothing": self.smoothing,
                    "ignoresOutliers": self.ignore_outliers,
                },
                "widthPx": WIDTH_PX,
                "heightPx": HEIGHT_PX,
            },
        )

    def picture_content(self) -> object:
        """Returns what the picture depends on."""
        return len(self._log), self.title, self.axis, self.log_x, self.log_y, self.smoothing, self.ignore_outliers

    def _heading(self) -> str:
        return self.title or ", ".join(dict.fromkeys(curve.tag for curve in self._log.curves))

    def _collect(self, since: int) -> Batch:
        points = self._log.points(since)
        if self._log.problem is not None:
            self.notice = self._log.problem
        if not len(points.values):
            return Batch(since)
        # A loop brings one curve's consecutive steps: two numbers stand for many.
        is_first = (np.diff(points.curves) != 0) | (np.diff(points.steps) != 1)
        starts = np.concatenate([[0], np.flatnonzero(is_first) + 1])
        counts = np.diff(starts, append=len(points.values))
        with np.errstate(over="ignore"):
            narrow = points.values.astype(np.float32)
        is_exact = np.array_equal(narrow, points.values, equal_nan=True)
        curves = {
            str(index): {"tag": curve.tag, "run": curve.run, "startedS": curve.started_s}
            for index in np.unique(points.curves[starts]).tolist()
            for curve in [self._log.curves[index]]
        }
        return Batch(
            upto=since + len(points.values),
            header={"curves": curves},
            buffers=[
                np.stack(
                    [points.curves[starts], points.steps[starts], counts], axis=1, dtype=np.uint32, casting="unsafe"
                ).tobytes(),
                points.seconds.astype(np.float32).tobytes(),
                (narrow if is_exact else points.values).tobytes(),
            ],
        )
