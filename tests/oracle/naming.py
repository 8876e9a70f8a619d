"""Small puzzles of names and scopes; each returns names in the order asked for."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

Puzzle = Callable[[ModuleType], list[str]]
PUZZLES: dict[str, Puzzle] = {}


def _puzzle(build: Puzzle) -> Puzzle:
    PUZZLES[build.__name__.replace("_", " ")] = build
    return build


@_puzzle
def repeated_names(tf: ModuleType) -> list[str]:
    return [tf.constant(1, name=name).op.name for name in ("x", "x", "x", "x_1", "x_1", "y", "x")]


@_puzzle
def case_does_not_tell_names_apart(tf: ModuleType) -> list[str]:
    return [tf.constant(1, name=name).op.name for name in ("abc", "ABC", "Abc", "abc_1", "aBc")]


@_puzzle
def suffixes_taken_before(tf: ModuleType) -> list[str]:
    return [tf.constant(1, name=name).op.name for name in ("x_1", "x", "x", "x_2", "x", "x_1_1", "x_1")]


@_puzzle
def scopes_made_unique(tf: ModuleType) -> list[str]:
    names = []
    for _ in range(3):
        with tf.name_scope("s") as scope:
            names += [scope, tf.constant(1, name="c").op.name]
    return names


@_puzzle
def scopes_and_operations_share_names(tf: ModuleType) -> list[str]:
    names = [tf.constant(1, name="s").op.name]
    with tf.name_scope("s") as scope:
        names += [scope, tf.constant(1, name="s").op.name]
    names.append(tf.constant(1, name="s").op.name)
    return names


@_puzzle
def nested_scopes(tf: ModuleType) -> list[str]:
    names = []
    with tf.name_scope("a") as outer:
        with tf.name_scope("b") as inner:
            names += [inner, tf.constant(1).op.name]
            with tf.name_scope(outer) as again:
                names += [again, tf.constant(1).op.name]
        with tf.name_scope("b") as second:
            names += [second, tf.constant(1).op.name]
        with tf.name_scope("a") as same:
            names += [same]
    return names


@_puzzle
def scopes_entered_again(tf: ModuleType) -> list[str]:
    names = []
    with tf.name_scope("a") as scope:
        names.append(tf.constant(1, name="c").op.name)
    with tf.name_scope("a/") as again:
        names += [again, tf.constant(1, name="c").op.name]
    with tf.name_scope(scope):
        names.append(tf.constant(1, name="c").op.name)
    with tf.name_scope("fresh/deep/"):
        names.append(tf.constant(1, name="c").op.name)
    with tf.name_scope("fresh"):
        names.append(tf.constant(1, name="c").op.name)
    return names


@_puzzle
def scopes_reset(tf: ModuleType) -> list[str]:
    names = []
    with tf.name_scope("a"):
        for reset in (None, ""):
            with tf.name_scope(reset) as scope:
                names += [str(scope), tf.constant(1, name="top").op.name]
        names.append(tf.constant(1, name="c").op.name)
    return names


@_puzzle
def scopes_with_slashes(tf: ModuleType) -> list[str]:
    with tf.name_scope("a/b/c") as scope:
        inside = tf.constant(1).op.name
    with tf.name_scope("a") as outer, tf.name_scope("b") as inner:
        return [scope, inside, outer, inner, tf.constant(1, name="d/e").op.name, tf.constant(1, name="d").op.name]


@_puzzle
def default_names_of_scopes(tf: ModuleType) -> list[str]:
    names = []
    for name in (None, "given", None):
        with tf.name_scope(name, "fallback", [1]) as scope:
            names.append(scope)
    return names


@_puzzle
def unique_names(tf: ModuleType) -> list[str]:
    graph = tf.get_default_graph()
    names = [
        graph.unique_name("u"),
        graph.unique_name("u"),
        graph.unique_name("u", mark_as_used=False),
        graph.unique_name("u"),
    ]
    with graph.name_scope("s"):
        names += [graph.unique_name("u"), graph.get_name_scope()]
    return names


@_puzzle
def names_ending_with_a_slash(tf: ModuleType) -> list[str]:
    with tf.name_scope("a"):
        return [tf.constant(1, name="whole/path/").op.name, tf.constant(1, name="part").op.name]


@_puzzle
def implicit_names(tf: ModuleType) -> list[str]:
    x = tf.placeholder(tf.float32, [2, 2])
    made = [
        x + x, x - 1.0, 1.0 - x, x * 2.0, x / 2.0, -x, abs(x), x**2.0, x > 0.0, x @ x, x[0], tf.add(x, x), tf.multiply(x, x),
        tf.matmul(x, x), tf.reduce_sum(x), tf.reduce_mean(x), tf.square(x), tf.sqrt(x), tf.exp(x), tf.transpose(x),
        tf.reshape(x, [-1]), tf.concat([x, x], 0), tf.stack([x, x]), tf.cast(x, tf.int32), tf.zeros([2]), tf.ones([2]),
        tf.zeros_like(x), tf.random_uniform([1]), tf.random_normal([1]), tf.truncated_normal([1]), tf.range(3), tf.identity(x),
        tf.nn.relu(x), tf.nn.softmax(x), tf.sigmoid(x), tf.maximum(x, 0.0), tf.argmax(x, 1), tf.one_hot([1], 2), tf.no_op(),
        tf.group(), tf.equal(x, x), tf.less(x, x), tf.where(x > 0.0), tf.expand_dims(x, 0), tf.squeeze(x), tf.fill([2], 1.0),
        tf.linspace(0.0, 1.0, 2), tf.shape(x), tf.size(x), tf.rank(x), tf.gather(x, [0]), tf.clip_by_value(x, 0.0, 1.0),
    ]  # fmt: skip
    return [(getattr(item, "op", None) or item).name for item in made]


@_puzzle
def names_of_variables(tf: ModuleType) -> list[str]:
    made = [tf.Variable(1.0), tf.Variable(1.0), tf.Variable(1.0, name="v"), tf.Variable(1.0, name="v")]
    with tf.name_scope("s"):
        made += [tf.Variable(1.0), tf.get_variable("g", [1]), tf.Variable(1.0, name="v")]
    with tf.variable_scope("s"):
        made += [tf.get_variable("g", [1]), tf.Variable(1.0, name="v"), tf.Variable(1.0, name="g")]
    with tf.variable_scope("s"):
        made += [tf.get_variable("h", [1]), tf.Variable(1.0, name="v")]
    return [name for item in made for name in (item.name, item.op.name, item.initializer.name)]


@_puzzle
def variable_scopes_and_name_scopes(tf: ModuleType) -> list[str]:
    names = []
    for _ in range(2):
        with tf.variable_scope("vs", reuse=tf.AUTO_REUSE) as scope:
            names += [scope.name, scope.original_name_scope, tf.constant(1).op.name, tf.get_variable("w", [1]).name]
            with tf.name_scope("ns"):
                names += [tf.constant(1).op.name, tf.get_variable("w", [1]).name]
    with tf.variable_scope(scope, auxiliary_name_scope=False):
        names.append(tf.constant(1).op.name)
    with tf.variable_scope("outer"), tf.variable_scope(scope):
        names += [tf.constant(1).op.name, tf.get_variable_scope().name]
    with tf.variable_scope("vs/deep"):
        names += [tf.get_variable("w", [1]).name, tf.constant(1).op.name]
    return names


@_puzzle
def default_names_of_variable_scopes(tf: ModuleType) -> list[str]:
    names = []
    for _ in range(3):
        with tf.variable_scope(None, default_name="d") as scope:
            names += [scope.name, tf.get_variable("w", [1]).name]
    with tf.variable_scope("given", default_name="d") as scope:
        names.append(scope.name)
    return names


@_puzzle
def names_of_gradients(tf: ModuleType) -> list[str]:
    x = tf.placeholder(tf.float32, [2], name="x")
    y = tf.square(x, name="y")
    made = [tf.gradients(y, x), tf.gradients(y, x), tf.gradients(y, x, name="mine")]
    with tf.name_scope("s"):
        z = tf.square(x, name="z")
        made.append(tf.gradients(z, x))
    return [gradient[0].name for gradient in made]


@_puzzle
def names_of_optimizers(tf: ModuleType) -> list[str]:
    v = tf.Variable([1.0], name="v")
    loss = tf.reduce_sum(v * v)
    made = [
        tf.train.GradientDescentOptimizer(0.1),
        tf.train.MomentumOptimizer(0.1, 0.9),
        tf.train.AdamOptimizer(name="A"),
    ]
    names = [optimizer.minimize(loss).name for optimizer in made]
    names.append(made[0].minimize(loss, name="again").name)
    with tf.name_scope("train"):
        names += [made[0].minimize(loss).name, tf.train.AdagradOptimizer(0.1).minimize(loss).name]
    return names + [item.name for item in tf.global_variables()]


@_puzzle
def names_of_layers(tf: ModuleType) -> list[str]:
    x = tf.placeholder(tf.float32, [None, 3], name="x")
    made = [tf.layers.dense(x, 2), tf.layers.dense(x, 2), tf.layers.dense(x, 2, name="mine", activation=tf.nn.relu)]
    with tf.name_scope("s"):
        made += [tf.layers.dense(x, 2), tf.layers.dense(x, 2, name="other")]
    with tf.variable_scope("t"):
        made.append(tf.layers.dense(x, 2))
    return [item.name for item in made] + [item.name for item in tf.global_variables()]


@_puzzle
def names_of_conditionals_and_loops(tf: ModuleType) -> list[str]:
    x = tf.placeholder(tf.float32, [], name="x")
    made = [tf.cond(x > 0.0, lambda: x, lambda: -x), tf.cond(x > 0.0, lambda: x, lambda: -x, name="c")]
    made += [tf.while_loop(lambda i: i < 3.0, lambda i: i + 1.0, [x]), tf.map_fn(lambda i: i, tf.constant([1.0]))]
    return [item.name for item in made]


@_puzzle
def printed_tensors(tf: ModuleType) -> list[str]:
    x = tf.placeholder(tf.float32, [None, 3], name="x")
    v = tf.Variable([1, 2], name="v")
    shown = [x, tf.placeholder(tf.int64), v, tf.constant("a"), x > 0.0, tf.placeholder(tf.bool, [])]
    return [text for item in shown for text in (str(item), repr(item))] + [
        str(x.shape),
        repr(x.shape),
        str(x.dtype),
        repr(x.dtype),
    ]


@_puzzle
def names_in_nested_graphs(tf: ModuleType) -> list[str]:
    with tf.Graph().as_default() as graph, graph.name_scope("a") as scope:
        inner = tf.constant(1, name="c")
        with tf.Graph().as_default():
            other = tf.constant(1, name="c")
        return [scope, inner.name, other.name, tf.constant(1, name="c").name]
