"""Wrong fetches, feeds, sessions and states."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np

from tests.oracle.refusals.refusal import placeholder, refused, running, variable


def _closed(tf: ModuleType) -> Any:
    fetch, session = tf.constant(1.0), tf.Session()
    session.close()
    return session.run(fetch)


def _other_graph(tf: ModuleType) -> Any:
    with tf.Graph().as_default():
        stranger = tf.constant(1.0, name="y")
    tf.constant(1.0)
    return running(tf, stranger)


def _unfeedable(tf: ModuleType) -> Any:
    x = tf.constant(1.0, name="x")
    tf.get_default_graph().prevent_feeding(x)
    return running(tf, x, {x: 2.0})


def _fed(value: Any, *shape: int | None, dtype: str = "float32") -> Any:
    def use(tf: ModuleType) -> Any:
        x = placeholder(tf, *shape, dtype=dtype)
        return running(tf, tf.identity(x), {x: value})

    return use


def _raising(kind: type[Exception]) -> Any:
    def call(_: Any) -> Any:
        raise kind("my own")

    return lambda tf: running(tf, tf.py_func(call, [1.0], tf.float32))


def _fed_tensor(tf: ModuleType) -> Any:
    x = placeholder(tf)
    return running(tf, x, {x: tf.constant(1.0)})


CASES = {
    "fetching an unknown tensor": refused(
        lambda tf: (placeholder(tf), running(tf, "nope:0")), "nope:0", "does not exist in the graph"
    ),
    "fetching an unknown operation": refused(
        lambda tf: (placeholder(tf), running(tf, "nope")), "'nope' refers to an Operation not in the graph"
    ),
    "fetching an output that is not there": refused(
        lambda tf: (placeholder(tf), running(tf, "x:1")), "x:1", "exists but only has 1 outputs"
    ),
    "fetching None": refused(lambda tf: (placeholder(tf), running(tf, None)), "NoneType", "Cannot be None"),
    "fetching a list with None": refused(lambda tf: running(tf, [placeholder(tf), None]), "NoneType"),
    "fetching a number": refused(lambda tf: (placeholder(tf), running(tf, 3)), "invalid type", "int"),
    "fetching an array": refused(lambda tf: (placeholder(tf), running(tf, np.ones(2))), "invalid type", "ndarray"),
    "fetching from another graph": refused(_other_graph, "y:0", "is not an element of this graph"),
    "fetching in an empty graph": refused(lambda tf: running(tf, "x:0"), "The Session graph is empty"),
    "fetching nothing in an empty graph": refused(lambda tf: running(tf, []), "The Session graph is empty"),
    "feeding nothing": refused(
        lambda tf: running(tf, placeholder(tf, 2) + 1.0),
        "You must feed a value for placeholder tensor 'x' with dtype float",
        "shape [2]",
    ),
    "feeding nothing to a placeholder of any shape": refused(
        lambda tf: running(tf, tf.placeholder(tf.int32, name="p") + 1),
        "You must feed a value for placeholder tensor 'p' with dtype int32",
    ),
    "feeding nothing to a placeholder of some shape": refused(
        lambda tf: running(tf, placeholder(tf, None, 3) * 2.0), "placeholder tensor 'x'", "[?,3]"
    ),
    "feeding a wrong rank": refused(_fed([1.0, 2.0], None, 3), "Cannot feed value of shape (2,)", "x:0", "(?, 3)"),
    "feeding a wrong size": refused(_fed([[1.0, 2.0]], 2, 3), "Cannot feed value of shape (1, 2)", "x:0", "(2, 3)"),
    "feeding an unknown name": refused(
        lambda tf: running(tf, placeholder(tf), {"nope:0": 1.0}), "Cannot interpret feed_dict key as Tensor", "nope:0"
    ),
    "feeding a number as key": refused(
        lambda tf: running(tf, placeholder(tf), {3: 1.0}), "Cannot interpret feed_dict key as Tensor", "int"
    ),
    "feeding an operation's name": refused(
        lambda tf: running(tf, placeholder(tf), {"x": 1.0}),
        "refers to an Operation, not a Tensor",
        "<op_name>:<output_index>",
    ),
    "feeding a tensor": refused(_fed_tensor, "The value of a feed cannot be a tf.Tensor object", "x:0"),
    "feeding text as a number": refused(_fed("abc"), "abc"),
    "feeding a number too large": refused(_fed(2**40, dtype="int32"), "1099511627776", "int32"),
    "feeding ragged rows": refused(_fed([[1.0], [1.0, 2.0]], None, None), "inhomogeneous"),
    "feeding no dictionary": refused(lambda tf: running(tf, placeholder(tf), [1]), "list"),
    "feeding what may not be fed": refused(_unfeedable, "x:0", "may not be fed"),
    "reading an uninitialised variable": refused(
        lambda tf: running(tf, variable(tf)), "Attempting to use uninitialized value v"
    ),
    "computing with an uninitialised variable": refused(
        lambda tf: running(tf, variable(tf) + 1.0), "Attempting to use uninitialized value v"
    ),
    "adding to an uninitialised variable": refused(
        lambda tf: running(tf, variable(tf).assign_add([1.0, 1.0])), "Attempting to use uninitialized value v"
    ),
    "running in a closed session": refused(_closed, "Attempted to use a closed Session"),
    "eval without a session": refused(
        lambda tf: tf.constant(1.0).eval(), "Cannot evaluate tensor using `eval()`: No default session is registered"
    ),
    "run without a session": refused(
        lambda tf: tf.no_op().run(), "Cannot execute operation using `run()`: No default session is registered"
    ),
    "a session on no graph": refused(lambda tf: tf.Session(graph=1), "`graph` must be a tf.Graph", "int"),
    "a product of matrices that do not fit": refused(
        lambda tf: running(
            tf,
            tf.matmul(placeholder(tf, None, None), placeholder(tf, None, None, name="y")),
            {"x:0": np.ones((2, 3)), "y:0": np.ones((2, 3))},
        ),
        "[2,3]",
    ),
    "a sum of arrays that do not fit": refused(
        lambda tf: running(
            tf,
            tf.add(placeholder(tf, None), placeholder(tf, None, name="y")),
            {"x:0": np.ones(2), "y:0": np.ones(3)},
        ),
        "[2]",
        "[3]",
    ),
    "a sum along an axis that is not there": refused(
        lambda tf: running(tf, tf.reduce_sum(tf.placeholder(tf.float32, name="x"), axis=3), {"x:0": np.ones((2, 3))}),
        "Invalid reduction dimension",
        "3 for input with 2 dimension",
    ),
    "labels in another number than logits": refused(
        lambda tf: running(
            tf,
            tf.nn.in_top_k(placeholder(tf, None, 3), placeholder(tf, None, dtype="int32", name="y"), 1),
            {"x:0": np.ones((2, 3)), "y:0": [0, 1, 2]},
        ),
        "2",
        "3",
    ),
    "an assertion": refused(
        lambda tf: running(tf, tf.Assert(placeholder(tf) > 0.0, ["x is", tf.constant([[1.5, 2], [3, 4]])]), {"x:0": 0}),
        "assertion failed: [x is] [[1.5 2][3...]...]",
    ),
    "a function that raises ValueError": refused(_raising(ValueError), "ValueError: my own"),
    "a function that raises KeyError": refused(_raising(KeyError), "KeyError: 'my own'"),
    "a function that raises NotImplementedError": refused(_raising(NotImplementedError), "my own"),
}
