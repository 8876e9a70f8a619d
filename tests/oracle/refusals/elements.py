"""Tensors taken for Python values, and nodes looked up under wrong names."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np

from tests.oracle.refusals.refusal import placeholder, refused, variable


def _set_item(tf: ModuleType) -> None:
    placeholder(tf, 2)[0] = 1.0


def _unpacked(tf: ModuleType) -> Any:
    first, second = placeholder(tf, 2)
    return first, second


def _graph(tf: ModuleType) -> Any:
    return tf.get_default_graph()


FORM = 'Tensor names must be of the form "<op_name>:<output_index>"'
CASES = {
    "bool of a tensor": refused(lambda tf: bool(placeholder(tf) > 1.0), "as a Python `bool` is not allowed"),
    "if of a tensor": refused(lambda tf: 1 if placeholder(tf) else 2, "as a Python `bool` is not allowed"),
    "and of tensors": refused(lambda tf: placeholder(tf) and placeholder(tf), "as a Python `bool` is not allowed"),
    "not of a tensor": refused(lambda tf: not placeholder(tf), "as a Python `bool` is not allowed"),
    "iterating over a tensor": refused(lambda tf: list(placeholder(tf, 3)), "Iterating over", "not allowed"),
    "iterating over a scalar": refused(lambda tf: list(placeholder(tf)), "Iterating over", "not allowed"),
    "iterating over a variable": refused(lambda tf: list(variable(tf)), "Iterating over", "not allowed"),
    "unpacking a tensor": refused(_unpacked, "Iterating over", "not allowed"),
    "len of a tensor": refused(lambda tf: len(placeholder(tf, 3)), "len is not well defined", "x:0", "x.shape"),
    "len of a variable": refused(lambda tf: len(variable(tf)), "has no len()"),
    "NumPy array of a tensor": refused(lambda tf: np.array(placeholder(tf, 2)), "x:0", "numpy array"),
    "NumPy function of a tensor": refused(lambda tf: np.sum(np.asarray(placeholder(tf, 2))), "x:0", "numpy array"),
    "float of a tensor": refused(lambda tf: float(placeholder(tf)), "float()"),
    "int of a tensor": refused(lambda tf: int(placeholder(tf)), "int()"),
    "range of a tensor": refused(lambda tf: range(placeholder(tf, dtype="int32")), "integer"),
    "a tensor as list index": refused(
        lambda tf: [1, 2][placeholder(tf, dtype="int32")], "list indices must be integers"
    ),
    "in a tensor": refused(lambda tf: 1 in placeholder(tf, 3), "not iterable"),
    "writing into a tensor": refused(_set_item, "does not support item assignment"),
    "calling a tensor": refused(lambda tf: placeholder(tf)(), "not callable"),
    "an attribute that tensors lack": refused(lambda tf: placeholder(tf).nope, "nope"),
    "numpy() of a tensor": refused(lambda tf: placeholder(tf).numpy(), "numpy"),
    "int of an unknown size": refused(lambda tf: int(placeholder(tf, None).shape[0])),
    "list of an unknown shape": refused(lambda tf: tf.placeholder(tf.float32).shape.as_list(), "unknown TensorShape"),
    "an attribute that the operation lacks": refused(
        lambda tf: placeholder(tf).op.get_attr("nope"), "Operation 'x' has no attr named 'nope'"
    ),
    "tensor by an operation's name": refused(
        lambda tf: placeholder(tf).graph.get_tensor_by_name("x"), "'x' refers to an Operation, not a Tensor", FORM
    ),
    "tensor by an unknown name": refused(
        lambda tf: _graph(tf).get_tensor_by_name("n:0"),
        "'n:0' refers to a Tensor which does not exist",
        "'n', does not exist in the graph",
    ),
    "tensor by a wrong output": refused(
        lambda tf: placeholder(tf).graph.get_tensor_by_name("x:1"), "'x:1'", "exists but only has 1 outputs"
    ),
    "tensor by a malformed name": refused(
        lambda tf: placeholder(tf).graph.get_tensor_by_name("x:y"),
        "'x:y' looks",
        "is not a valid one",
        FORM,
    ),
    "tensor by a name with two colons": refused(
        lambda tf: placeholder(tf).graph.get_tensor_by_name("x:0:0"),
        "'x:0:0' looks",
        "is not a valid one",
    ),
    "tensor by a number": refused(lambda tf: _graph(tf).get_tensor_by_name(3), "Tensor names are strings", "int"),
    "operation by a tensor's name": refused(
        lambda tf: placeholder(tf).graph.get_operation_by_name("x:0"),
        "'x:0' appears to refer to a Tensor, not a Operation",
    ),
    "operation by an unknown name": refused(
        lambda tf: _graph(tf).get_operation_by_name("n"), "'n' refers to an Operation not in the graph"
    ),
    "operation by a number": refused(
        lambda tf: _graph(tf).get_operation_by_name(3), "Operation names are strings", "int"
    ),
    "element by an object": refused(
        lambda tf: _graph(tf).as_graph_element(object()), "Can not convert a object into a Tensor or Operation"
    ),
    "element of no kind": refused(
        lambda tf: _graph(tf).as_graph_element("x", allow_tensor=False, allow_operation=False),
        "allow_tensor and allow_operation can't both be False",
    ),
    "a tensor where operations are wanted": refused(
        lambda tf: _graph(tf).as_graph_element(placeholder(tf), allow_tensor=False), "into a Operation"
    ),
    "an operation where tensors are wanted": refused(
        lambda tf: placeholder(tf).graph.as_graph_element("x", allow_operation=False),
        "'x' refers to an Operation, not a Tensor",
    ),
}
