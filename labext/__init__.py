"""Graph and scalar views for notebooks."""

from labext.widgets.graph_view import GraphView as GraphView
from labext.widgets.scalar_plot import ScalarPlot as ScalarPlot

__all__ = ["GraphView", "ScalarPlot"]
