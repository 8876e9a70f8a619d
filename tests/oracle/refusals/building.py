"""Wrong names, scopes, variables, gradients and arguments while the graph is built."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

from tests.oracle.refusals.refusal import placeholder, refused, variable


def _twice(tf: ModuleType) -> None:
    tf.get_variable("w", [2])
    tf.get_variable("w", [2])


def _reused(first: Callable[[ModuleType], Any] | None, **arguments: Any) -> Callable[[ModuleType], Any]:
    def use(tf: ModuleType) -> Any:
        with tf.variable_scope("s"):
            if first is not None:
                first(tf)
        with tf.variable_scope("s", reuse=True):
            return tf.get_variable("w", **arguments)

    return use


def _inherited_reuse(tf: ModuleType) -> Any:
    with tf.variable_scope("s", reuse=True), tf.variable_scope("t", reuse=False):
        return tf.get_variable("w", [2])


def _reuse_switched_on(tf: ModuleType) -> Any:
    with tf.variable_scope("s") as scope:
        scope.reuse_variables()
        return tf.get_variable("w", [2])


def _finalized(tf: ModuleType) -> None:
    tf.get_default_graph().finalize()
    tf.constant(2)


def _mixed_graphs(tf: ModuleType) -> Any:
    with tf.Graph().as_default():
        stranger = tf.constant(1.0, name="y")
    return tf.add(tf.constant(1.0, name="z"), stranger)


def _device(tf: ModuleType) -> Any:
    with tf.device("/foo:0"):
        return tf.constant(1)


def _controlled_by_a_number(tf: ModuleType) -> None:
    with tf.control_dependencies([3]):
        tf.constant(1)


def _through_scatter(tf: ModuleType) -> Any:
    x = placeholder(tf, 1)
    return tf.gradients(tf.scatter_update(variable(tf), [0], x), x)


def _gradients(
    ys: Callable[[ModuleType, Any], Any], grad_ys: Callable[[ModuleType, Any], Any]
) -> Callable[[ModuleType], Any]:
    def use(tf: ModuleType) -> Any:
        x = placeholder(tf, 1)
        return tf.gradients(ys(tf, x), x, grad_ys=grad_ys(tf, x))

    return use


def _descent(tf: ModuleType) -> Any:
    return tf.train.GradientDescentOptimizer(0.1)


def _entered(scope: Callable[[ModuleType], Any]) -> Callable[[ModuleType], Any]:
    return lambda tf: scope(tf).__enter__()


NOT_A_NAME = "is not a valid node name"
NOT_A_SCOPE = "is not a valid root scope name"
CASES = {
    "a name with a blank": refused(lambda tf: tf.constant(1, name="a b"), "a b", NOT_A_NAME),
    "a name that starts with a dash": refused(lambda tf: tf.constant(1, name="-a"), "-a", NOT_A_NAME),
    "a name with a colon": refused(lambda tf: tf.constant(1, name="a:0"), "a:0", NOT_A_NAME),
    "a name scope with a blank": refused(_entered(lambda tf: tf.name_scope("a b")), "a b", NOT_A_SCOPE),
    "a variable's name with a blank": refused(lambda tf: tf.Variable(1.0, name="a b"), "a b", NOT_A_SCOPE),
    "a got variable's name with a blank": refused(lambda tf: tf.get_variable("a b", [1]), "a b", NOT_A_SCOPE),
    "the same variable twice": refused(
        _twice, "Variable w already exists, disallowed", "reuse=True or reuse=tf.AUTO_REUSE in VarScope"
    ),
    "reusing what is missing": refused(
        _reused(None, shape=[2]),
        "Variable s/w does not exist, or was not created with tf.get_variable()",
        "tf.AUTO_REUSE",
    ),
    "reusing what tf.Variable made": refused(
        _reused(lambda tf: tf.Variable(1.0, name="w")),
        "Variable s/w does not exist, or was not created with tf.get_variable()",
    ),
    "reusing in another shape": refused(
        _reused(lambda tf: tf.get_variable("w", [2]), shape=[3]), "s/w", "(3,)", "(2,)"
    ),
    "reusing in another type": refused(
        _reused(lambda tf: tf.get_variable("w", [2]), shape=[2], dtype="int32"), "s/w", "int32", "float32"
    ),
    "reuse is inherited": refused(_inherited_reuse, "Variable s/t/w does not exist"),
    "reuse_variables": refused(_reuse_switched_on, "Variable s/w does not exist"),
    "a variable scope without a name": refused(
        lambda tf: tf.variable_scope(None), "If default_name is None then name_or_scope is required"
    ),
    "a default name reused": refused(
        _entered(lambda tf: tf.variable_scope(None, default_name="a", reuse=True)),
        "reuse=True cannot be used without a name_or_scope",
    ),
    "a number as variable scope": refused(_entered(lambda tf: tf.variable_scope(3)), "string or VariableScope"),
    "a variable without a value": refused(lambda tf: tf.Variable(None), "initial_value must be specified"),
    "changing a finalised graph": refused(_finalized, "Graph is finalized and cannot be modified"),
    "a reset inside another graph": refused(
        lambda tf: tf.reset_default_graph(), "Do not use tf.reset_default_graph() to clear nested graphs"
    ),
    "tensors of two graphs": refused(_mixed_graphs, "y:0", "must be from the same graph as", "z:0"),
    "matrices that do not fit": refused(
        lambda tf: tf.matmul(placeholder(tf, 2, 3), placeholder(tf, 2, 3, name="y")), "[2,3]", "MatMul"
    ),
    "shapes that do not broadcast": refused(
        lambda tf: placeholder(tf, 2, 3) - placeholder(tf, 2, name="y"), "Sub", "[2,3]", "[2]"
    ),
    "an int and a float": refused(
        lambda tf: placeholder(tf, 2) + placeholder(tf, 2, dtype="int32", name="y"), "AddV2", "int32", "float32"
    ),
    "an axis out of range": refused(lambda tf: tf.reduce_sum(placeholder(tf, 2), axis=1), "dimension 1", "Sum"),
    "a shape that does not merge": refused(lambda tf: placeholder(tf, 2, 3).set_shape([3, 3]), "[2,3]", "[3,3]"),
    "a negative size": refused(lambda tf: tf.placeholder(tf.float32, shape=[-2]), "-2 must be >= 0"),
    "text as a size": refused(lambda tf: tf.placeholder(tf.float32, shape=["a"]), "must be integer or None"),
    "an unknown type": refused(lambda tf: tf.placeholder("float31"), "float31"),
    "an unknown type to cast to": refused(lambda tf: tf.cast(placeholder(tf), "nope"), "nope"),
    "an unknown device": refused(_device, "foo", "/foo:0"),
    "a number as control dependency": refused(
        _controlled_by_a_number, "Can not convert a int into a Tensor or Operation"
    ),
    "an operation without gradient": refused(_through_scatter, "No gradient defined for operation", "ScatterUpdate"),
    "too few output gradients": refused(
        _gradients(lambda _, x: [x * 1.0, x * 2.0], lambda _, x: [x]), "Passed 1 grad_ys for 2 ys"
    ),
    "output gradients of another type": refused(
        _gradients(lambda _, x: x * 1.0, lambda tf, _: [tf.constant([1])]), "int32", "float32"
    ),
    "nothing to optimise": refused(lambda tf: _descent(tf).minimize(tf.constant(1.0)), "No variables to optimize"),
    "a loss that no variable reaches": refused(
        lambda tf: (variable(tf), _descent(tf).minimize(tf.constant(1.0))),
        "No gradients provided for any variable",
        "v:0",
    ),
    "no gradients to apply": refused(lambda tf: _descent(tf).apply_gradients([]), "No variables provided"),
    "only missing gradients to apply": refused(
        lambda tf: _descent(tf).apply_gradients([(None, variable(tf))]), "No gradients provided for any variable", "v:0"
    ),
    "a whole number as loss": refused(
        lambda tf: (variable(tf), _descent(tf).minimize(tf.constant(1))), "Invalid type", "int32", "Const:0"
    ),
    "random ints without a limit": refused(
        lambda tf: tf.random_uniform([2], dtype=tf.int32), "Must specify maxval for integer dtype"
    ),
    "a misspelt function": refused(lambda tf: tf.reduce_men, "reduce_men"),
    "a misspelt function of nn": refused(lambda tf: tf.nn.rellu, "rellu"),
    "no argument": refused(lambda tf: tf.constant(), "missing 1 required positional argument: 'value'"),
    "an unknown argument": refused(lambda tf: tf.add(1, 2, nam="a"), "unexpected keyword argument 'nam'"),
    "a dense layer on a scalar": refused(lambda tf: tf.layers.dense(placeholder(tf), 3), "min_ndim=2", "ndim=0"),
    "a dense layer on unknown columns": refused(
        lambda tf: tf.layers.dense(placeholder(tf, None, None), 3), "last dimension"
    ),
    "a dense layer twice": refused(
        lambda tf: [tf.layers.dense(placeholder(tf, 2, 3), 3, name="d") for _ in range(2)], "d/kernel already exists"
    ),
    "mapping over a scalar": refused(
        lambda tf: tf.map_fn(lambda row: row, placeholder(tf)), "1+ dimensional Tensors, not scalars"
    ),
    "importing what is not there": refused(
        lambda tf: tf.import_graph_def(tf.GraphDef(), return_elements=["x:0"]), "x:0", "not found in graph def"
    ),
    "importing no graph": refused(lambda tf: tf.import_graph_def(3), "must be a GraphDef proto"),
}
