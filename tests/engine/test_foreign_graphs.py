"""GraphDefs that TensorFlow wrote are imported whole and compute the numbers that they compute there."""

from __future__ import annotations

import functools

import pytest
from tensorboard.compat.proto.graph_pb2 import GraphDef

import graphlab
from tests.oracle import storage
from tests.oracle.comparison import TRAINED_TOLERANCE, node_differences, value_differences
from tests.oracle.execution import value_json
from tests.oracle.graph_json import graph_nodes
from tests.oracle.recording import Recording, from_json, replay

NAMES = sorted(storage.stored("graphs"))


@functools.cache
def recording(name: str) -> Recording:
    return from_json(storage.load(name))


@pytest.mark.parametrize("name", NAMES)
def test_import_keeps_every_node(name: str) -> None:
    written = recording(name).graph_def
    with graphlab.Graph().as_default() as graph:
        graphlab.import_graph_def(GraphDef.FromString(written), name="")
        imported = graph.as_graph_def().SerializeToString()
    # Importing may order the nodes anew, as TensorFlow itself does.
    expected, actual = (
        sorted(graph_nodes(nodes, GraphDef), key=lambda node: str(node["name"])) for nodes in (written, imported)
    )
    differences = node_differences(expected, actual)
    assert not differences, "\n".join(differences)


@pytest.mark.parametrize("name", NAMES)
def test_imported_graph_computes_the_numbers_of_tensorflow(name: str) -> None:
    recorded = recording(name)
    results = replay(GraphDef.FromString(recorded.graph_def), recorded.runs, graphlab)
    for run, values in zip(recorded.runs, results, strict=True):
        for fetch, wanted, got in zip(run.fetches, run.values, values, strict=True):
            if wanted is not None:
                differences = value_differences(wanted, value_json(got), TRAINED_TOLERANCE)
                assert not differences, f"{fetch}: {differences[0]}"
