"""Graph and scalar views for notebooks."""

from labext.comparison import Comparison as Comparison
from labext.comparison import compare as compare
from labext.formatter import show_graphs_at_cell_ends
from labext.jax_view import show_jax as show_jax
from labext.language import set_language as set_language
from labext.tracebacks import shorten_tracebacks
from labext.widgets.graph_view import GraphView as GraphView
from labext.widgets.scalar_plot import ScalarPlot as ScalarPlot

__all__ = ["Comparison", "GraphView", "ScalarPlot", "compare", "set_language", "show_jax"]

show_graphs_at_cell_ends()
shorten_tracebacks()
