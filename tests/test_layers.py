"""Imports go down only, JAX and notebook packages stay in their layers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.layers import Layer, Picture, read_sources, violations

ROOT = Path(__file__).parent.parent
NOWHERE: frozenset[str] = frozenset()


def layer(title: str, package: str, *names: str) -> Layer:
    return Layer(title, frozenset(f"{package}.{name}" if name else package for name in names))


ENGINE = Picture(
    package="graphlab",
    layers=[
        layer("data", "graphlab", "graph", "datasets", "lesson_files"),
        layer("op records", "graphlab", "ops"),
        layer(
            "building",
            "graphlab",
            "get_variable",
            "gradient_aggregation",
            "gradients",
            "initialized_values",
            "initializers",
            "loop_gradients",
            "loop_history",
            "regularizers",
            "variable_collections",
            "variable_scope",
            "variable_scope_stack",
            "variable_store",
            "variable_updates",
            "variables",
        ),
        layer("pure execution", "graphlab", "execute"),
        layer("state", "graphlab", "session"),
        layer("services", "graphlab", "train", "summary", "io"),
        layer("facades", "graphlab", "", "cli", "contrib", "inspection", "layers", "linalg", "losses", "math", "nn"),
    ],
    reserved={
        "jax": frozenset({"op records", "pure execution", "state"}),
        "jaxlib": frozenset({"op records", "pure execution", "state"}),
        **dict.fromkeys(("labext", "IPython", "ipykernel", "ipywidgets", "anywidget", "traitlets"), NOWHERE),
    },
)

_NOTEBOOK = frozenset({"border", "support", "facade"})
EXTENSION = Picture(
    package="labext",
    layers=[
        layer(
            "pure",
            "labext",
            "attributes",
            "awaited",
            "graph_messages",
            "graphviz",
            "jupyterlab_locale",
            "language",
            "node_kinds",
            "payload",
            "picture",
            "run_log",
            "scalar_log",
            "source_lines",
            "sources",
            "step_log",
            "tables",
            "value_history",
            "value_summary",
            "web_page",
            "wire",
        ),
        layer(
            "border",
            "labext",
            "cells",
            "channel",
            "comparison",
            "display",
            "dock",
            "flusher",
            "formatter",
            "jax_view",
            "tracebacks",
            "view",
            "widgets",
        ),
        layer("support", "labext", "live", "lessons"),
        layer("facade", "labext", ""),
    ],
    reserved={
        **dict.fromkeys(("IPython", "ipywidgets", "anywidget", "traitlets"), _NOTEBOOK),
        "graphlab": frozenset({"support"}),
    },
    closed=frozenset({"graphlab"}),
)


@pytest.mark.parametrize("picture", [ENGINE, EXTENSION], ids=lambda picture: picture.package)
def test_imports_go_down_only(picture: Picture) -> None:
    sources = read_sources(ROOT, picture.package)
    assert sources
    assert violations(sources, picture) == []


@pytest.mark.parametrize(
    ("module", "source", "complaint"),
    [
        ("graphlab.graph.graph", "import graphlab.session.session", "data may not import state"),
        ("graphlab.ops.math", "from graphlab.session import session", "op records may not import state"),
        ("graphlab.ops.math", "from ..session.session import Session", "op records may not import state"),
        ("graphlab.ops", "from .. import session", "op records may not import state"),
        ("graphlab.graph.graph", "from graphlab import nn", "data may not import facades"),
        ("graphlab.graph.graph", "import graphlab", "data may not import facades"),
        ("graphlab.graph.graph", "import jax.numpy as jnp", "data may not import jax"),
        ("graphlab.train.saver", "from jax import numpy", "services may not import jax"),
        ("graphlab.session.session", "import labext", "state may not import labext"),
        ("graphlab.session.session", "from IPython.display import display", "may not import IPython"),
        ("graphlab.session.session", "def f():\n    from graphlab.graph import graph", "top of the file"),
        ("graphlab.session.session", "def f():\n    __import__('graphlab.ops.math')", "top of the file"),
        ("graphlab.graph.graph", "import importlib\nimportlib.import_module('graphlab.ops.math')", "op records"),
        ("graphlab.odds.ends", "", "is in no layer"),
    ],
)
def test_checker_sees_what_is_wrong(module: str, source: str, complaint: str) -> None:
    names = ["graphlab", "graphlab.nn", "graphlab.ops", "graphlab.ops.math", "graphlab.graph.graph"]
    names += ["graphlab.session", "graphlab.session.session", "graphlab.train.saver"]
    (found,) = violations({**dict.fromkeys(names, ""), module: source}, ENGINE)
    assert complaint in found


@pytest.mark.parametrize(
    ("module", "source", "complaint"),
    [
        ("labext.payload", "import graphlab", "pure may not import graphlab"),
        ("labext.live", "from graphlab.session import Session", "use the public names of graphlab"),
        ("labext.payload", "import ipywidgets", "pure may not import ipywidgets"),
    ],
)
def test_checker_sees_what_is_wrong_in_the_extension(module: str, source: str, complaint: str) -> None:
    (found,) = violations({module: source}, EXTENSION)
    assert complaint in found


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("graphlab.ops.math", "import jax\nfrom graphlab.graph import graph\nfrom . import array"),
        ("graphlab.session.session", "from ..graph.graph import Graph\nimport numpy"),
        ("graphlab", "from graphlab.train import saver"),
        ("graphlab.cli", "def main():\n    import argparse"),
    ],
)
def test_checker_allows_what_is_right(module: str, source: str) -> None:
    names = ["graphlab.graph.graph", "graphlab.ops.math", "graphlab.ops.array", "graphlab.train.saver"]
    assert violations({**dict.fromkeys(names, ""), module: source}, ENGINE) == []
