"""Properties of random graphs: values are NumPy's, pruning changes none, names are unique, GraphDef keeps everything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import graphlab as tf

# What a node does, in the graph and in NumPy; all are total on numbers of moderate size.
UNARY: dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    "negative": (lambda x: -x, np.negative),
    "tanh": (tf.tanh, np.tanh),
    "square": (lambda x: tf.square(tf.tanh(x)), lambda x: np.square(np.tanh(x))),
    "transpose": (tf.transpose, np.transpose),
    "reverse": (lambda x: x[::-1], lambda x: x[::-1]),
    "sum": (
        lambda x: tf.reduce_sum(x, 0, keepdims=True) / 8.0 + tf.zeros_like(x),
        lambda x: np.sum(x, 0, keepdims=True) / 8 + np.zeros_like(x),
    ),
}
BINARY: dict[str, tuple[Callable[[Any, Any], Any], Callable[[Any, Any], Any]]] = {
    "add": (lambda x, y: (x + y) / 2.0, lambda x, y: (x + y) / 2),
    "subtract": (lambda x, y: (x - y) / 2.0, lambda x, y: (x - y) / 2),
    "multiply": (lambda x, y: tf.tanh(x) * y, lambda x, y: np.tanh(x) * y),
    "maximum": (tf.maximum, np.maximum),
    "matmul": (lambda x, y: tf.matmul(x, y) / 8.0, lambda x, y: x @ y / 8),
    "where": (lambda x, y: tf.where(tf.less(x, y), x, y), lambda x, y: np.where(x < y, x, y)),
}
SIZE = 3
Recipe = list[tuple[str, int, int]]

steps = st.tuples(st.sampled_from([*UNARY, *BINARY]), st.integers(0, 30), st.integers(0, 30))
recipes = st.lists(steps, min_size=1, max_size=12)
matrices = st.lists(st.floats(-2, 2, width=32), min_size=SIZE * SIZE, max_size=SIZE * SIZE).map(
    lambda values: np.array(values, np.float64).reshape(SIZE, SIZE)
)


def grown(recipe: Recipe, start: list[Any], side: int) -> list[Any]:
    """Apply the steps of a recipe, each to values that are there already; side 0 builds nodes, 1 computes by NumPy."""
    values = list(start)
    for kind, first, second in recipe:
        x, y = values[first % len(values)], values[second % len(values)]
        values.append(UNARY[kind][side](x) if kind in UNARY else BINARY[kind][side](x, y))
    return values


@settings(max_examples=40, deadline=None)
@given(recipes, matrices, matrices)
def test_values_are_those_of_numpy(recipe: Recipe, a: Any, b: Any) -> None:
    with tf.Graph().as_default(), tf.Session() as session:
        x, y = tf.placeholder(tf.float64, (SIZE, SIZE)), tf.placeholder(tf.float64, (None, None))
        nodes = grown(recipe, [x, y], 0)
        values = session.run(nodes, {x: a, y: b})
    for found, wanted in zip(values, grown(recipe, [a, b], 1), strict=True):
        np.testing.assert_allclose(found, wanted, rtol=1e-12, atol=1e-12)


@settings(max_examples=25, deadline=None)
@given(recipes, matrices, st.data())
def test_pruning_changes_no_value(recipe: Recipe, a: Any, data: st.DataObject) -> None:
    with tf.Graph().as_default(), tf.Session() as session:
        nodes = grown(recipe, [tf.constant(a), tf.constant(a.T)], 0)
        every = session.run(nodes)
        chosen = data.draw(st.lists(st.integers(0, len(nodes) - 1), min_size=1, max_size=4))
        for place, value in zip(chosen, session.run([nodes[i] for i in chosen]), strict=True):
            np.testing.assert_array_equal(value, every[place])


@settings(max_examples=25, deadline=None)
@given(recipes, matrices)
def test_a_fed_node_stands_for_what_it_was_computed_from(recipe: Recipe, a: Any) -> None:
    with tf.Graph().as_default(), tf.Session() as session:
        nodes = grown(recipe, [tf.constant(a), tf.constant(a.T)], 0)
        middle = nodes[len(nodes) // 2]
        np.testing.assert_array_equal(session.run(nodes[-1], {middle: session.run(middle)}), session.run(nodes[-1]))


names = st.text("aAbB_1", min_size=1, max_size=4).filter(lambda name: name[0] != "_")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.lists(names, max_size=2), names), max_size=20))
def test_names_are_unique_whatever_their_case(wanted: list[tuple[list[str], str]]) -> None:
    with tf.Graph().as_default() as graph:
        for scopes, name in wanted:
            build_in(scopes, name)
        found = [op.name for op in graph.get_operations()]
    assert len({name.lower() for name in found}) == len(found) == len(wanted)


def build_in(scopes: list[str], name: str) -> None:
    if not scopes:
        tf.no_op(name=name)
        return
    with tf.name_scope(scopes[0]):
        build_in(scopes[1:], name)


@settings(max_examples=25, deadline=None)
@given(recipes, matrices)
def test_graph_def_keeps_nodes_and_values(recipe: Recipe, a: Any) -> None:
    with tf.Graph().as_default() as graph, tf.Session() as session:
        last = grown(recipe, [tf.constant(a), tf.constant(a.T)], 0)[-1]
        message, value = graph.as_graph_def(), session.run(last)
    with tf.Graph().as_default() as copy, tf.Session() as session:
        tf.import_graph_def(message, name="")
        assert copy.as_graph_def().SerializeToString(deterministic=True) == message.SerializeToString(
            deterministic=True
        )
        np.testing.assert_array_equal(session.run(last.name), value)
