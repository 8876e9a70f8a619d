"""The curves of a plot as a Plotly figure, with every point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy.typing as npt

from labext.scalar_log import Points, ScalarLog

if TYPE_CHECKING:
    import plotly.graph_objects as go


def plotly_figure(log: ScalarLog, *, title: str, axis: str, is_log_x: bool, is_log_y: bool) -> go.Figure:
    """Returns one line for each curve, over the same axis as the live plot.

    Raises:
        ModuleNotFoundError: Plotly, an optional dependency, is not installed.
    """
    # Plotly is optional and slow to import: only whoever asks for a figure pays for it.
    try:
        import plotly.graph_objects as go  # noqa: PLC0415 - see above
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError("plot.figure() needs Plotly: pip install plotly") from error

    figure = go.Figure(layout={"title": {"text": title}, "hovermode": "x unified"})
    for curve in log.curves:
        points = log.points_of(curve)
        x = _places(axis, points, curve.started_s)
        figure.add_scatter(x=x, y=points.values, mode="lines", name=f"{curve.tag} · {curve.run}")
    figure.update_xaxes(type="log" if is_log_x else None, title_text=_AXIS_TITLES[axis])
    figure.update_yaxes(type="log" if is_log_y else None)
    return figure


def _places(axis: str, points: Points, started_s: float) -> npt.NDArray[Any]:
    if axis == "step":
        return points.steps
    if axis == "relative":
        return points.seconds - points.seconds[:1]
    return ((started_s + points.seconds) * 1e3).astype("datetime64[ms]")


_AXIS_TITLES = {"step": "step", "relative": "time since start (s)", "wall": "time of day"}
