"""Exercises of "Modularity"."""

from __future__ import annotations

from typing import Any

import numpy as np

import graphlab as tf
from labext.language import tr
from labext.lessons.answers import expect_tensor, expect_variable, initialized_session, reject
from labext.lessons.exercise import WrongAnswerError, exercise


@exercise(
    title="The node that nobody uses",
    hints=(
        "Look for a box without an arrow out of it, besides the output.",
        "A `z` of the second unit is computed; who takes it?",
        "Both `relu11` and `relu22` take their arrow from `z11`.",
    ),
    solution='unused = "z22"',
)
def unused_node(unused: Any) -> None:
    """The node whose value goes nowhere because of the planted bug."""
    name = unused.op.name if isinstance(unused, tf.Tensor) else unused
    if not isinstance(name, str):
        raise reject("unused", repr(unused), tr("the name of a node"))
    name = name.strip().partition(":")[0]
    known = {
        "relu22": tr("It is used by the output; the question is what it takes in."),
        "z11": tr("It is used twice, that is the other half of the bug."),
        "output": tr("It is the result: nothing in this graph needs to use it."),
        "weights22": tr("It is used by the product that leads to z22. Follow it further."),
        "bias22": tr("It is used by z22. Follow it further."),
    }
    if name != "z22":
        raise reject(
            "unused", repr(name), tr("another node"), known.get(name, tr("Look for a box that no arrow leaves."))
        )


@exercise(
    title="The bug mended",
    hints=(
        "One character is wrong in one line.",
        "`relu2` must be made of the second unit's `z`.",
        '`relu2 = tf.maximum(z2, 0., name="relu22")`, and `output` after it.',
    ),
    solution="""
reset_graph()
X = tf.placeholder(tf.float32, shape=(None, 3), name="XX")
w1 = tf.Variable(tf.random_normal((3, 1)), name="weights11")
w2 = tf.Variable(tf.random_normal((3, 1)), name="weights22")
b1 = tf.Variable(0.0, name="bias11")
b2 = tf.Variable(0.0, name="bias22")
z1 = tf.add(tf.matmul(X, w1), b1, name="z11")
z2 = tf.add(tf.matmul(X, w2), b2, name="z22")
relu1 = tf.maximum(z1, 0., name="relu11")
relu2 = tf.maximum(z2, 0., name="relu22")
output = tf.add(relu1, relu2, name="output")
""",
)
def mended(X: Any, w1: Any, w2: Any, output: Any) -> None:  # noqa: N803  the book's names
    """The sum of two rectified units, each with its own weights."""
    for name, variable in (("w1", w1), ("w2", w2)):
        expect_variable(name, variable)
    first, second = np.array([[1.0], [0.0], [-1.0]]), np.array([[0.0], [2.0], [1.0]])
    rows = np.array([[1.0, 2.0, 3.0], [3.0, -1.0, 1.0]])
    feeds = {X: rows, w1.value(): first, w2.value(): second}
    with initialized_session(w1.graph) as session:
        got = session.run(expect_tensor("output", output), feed_dict=feeds)
    relu1, relu2 = (np.maximum(rows @ weights, 0) for weights in (first, second))
    if np.allclose(got, 2 * relu1):
        raise WrongAnswerError(tr("`output` is twice the first unit: relu2 still takes z1."))
    if np.allclose(got, 2 * relu2):
        raise WrongAnswerError(tr("`output` is twice the second unit: now relu1 takes z2."))
    if not np.allclose(got, relu1 + relu2):
        raise reject("output", np.ravel(got), f"{np.ravel(relu1 + relu2)}", tr("It is the sum of both units."))


@exercise(
    title="A layer as a function",
    hints=(
        "It is `relu` of this lesson with `n_neurons` columns instead of 1, and a bias for each.",
        "The weights' shape is `(int(X.get_shape()[1]), n_neurons)`, the bias's `(n_neurons,)`.",
        "`return tf.maximum(tf.add(tf.matmul(X, w), b), 0.)`, all under `with tf.name_scope(name):`",
    ),
    solution="""
def layer(X, n_neurons, name):
    with tf.name_scope(name):
        w = tf.Variable(tf.random_normal((int(X.get_shape()[1]), n_neurons)), name="weights")
        b = tf.Variable(tf.zeros((n_neurons,)), name="bias")
        return tf.maximum(tf.add(tf.matmul(X, w), b), 0., name="relu")
""",
)
def layer_function(layer: Any) -> None:
    """A function that builds a layer of rectified units in a scope of its own."""
    if not callable(layer):
        raise reject("layer", repr(layer), tr("a function"))
    graph = tf.Graph()
    with graph.as_default():
        rows = tf.placeholder(tf.float32, shape=(None, 3), name="rows")
        hidden = layer(rows, 4, "hidden")
        if hidden is None:
            raise WrongAnswerError(tr("`{call}` returned nothing. Use `return`.", call="layer(X, 4, 'hidden')"))
        out = expect_tensor("layer(hidden, 2, 'out')", layer(hidden, 2, "out"))
    shape = expect_tensor("layer(X, 4, 'hidden')", hidden).shape.as_list()
    if shape != [None, 4]:
        raise reject(tr("the shape of layer(X, 4, 'hidden')"), shape, "[None, 4]", tr("One column for each neuron."))
    stray = [
        each.name for each in graph.get_operations() if each.name.partition("/")[0] not in {"rows", "hidden", "out"}
    ]
    if stray:
        raise WrongAnswerError(tr("`layer` builds nodes outside its scope: {names}.", names=", ".join(stray)))
    variables = graph.get_collection(tf.GraphKeys.GLOBAL_VARIABLES)
    if len(variables) != 4:
        raise reject(tr("the number of variables of two layers"), len(variables), "4", tr("Weights and bias for each."))
    with initialized_session(graph) as session:
        values = session.run(out, feed_dict={rows: np.arange(60.0).reshape(20, 3) - 30})
    if (values < 0).any():
        raise reject(
            tr("the smallest output"), f"{values.min():g}", tr("no negative number"), tr("Rectify with tf.maximum.")
        )


EXERCISES = (unused_node, mended, layer_function)
