"""Exercises of "Name scopes"."""

from __future__ import annotations

from typing import Any

from labext.language import tr
from labext.lessons.answers import evaluate, expect_names, expect_number, expect_tensor, reject
from labext.lessons.exercise import WrongAnswerError, exercise


@exercise(
    title="Names in nested scopes",
    hints=(
        "Scopes nest: the name begins with all the scopes around it.",
        "The second scope `a` is another scope; its name is taken.",
        "The first two are `a/b/c` and `a/c`.",
    ),
    solution='names = ["a/b/c", "a/c", "a_1/c"]',
)
def nested_names(names: Any) -> None:
    """The names of three constants in nested scopes."""
    why = tr("Read the `with` lines from the outside in; a scope whose name is taken gets a number.")
    expect_names("names", names, ["a/b/c", "a/c", "a_1/c"], why)


@exercise(
    title="A loss in its scope",
    hints=(
        "All lines that build the loss go under one `with`.",
        '`with tf.name_scope("loss"):`, and then difference, square and mean.',
        "Take care that the subtraction is inside, too.",
    ),
    solution="""
reset_graph()
y_pred = tf.constant([1., 2., 3.], name="y_pred")
y = tf.constant([1., 2., 6.], name="y")
with tf.name_scope("loss"):
    mse = tf.reduce_mean(tf.square(y_pred - y), name="mse")
""",
)
def scoped_loss(mse: Any) -> None:
    """A mean squared error all of whose operations are in the scope loss."""
    tensor = expect_tensor("mse", mse)
    expect_number("mse", evaluate("mse", tensor), 3.0, mistakes={9.0: tr("That is the sum, not the mean.")})
    pending, outside = [tensor.op], set()
    while pending:
        operation = pending.pop()
        if operation.name not in {"y", "y_pred"}:
            if not operation.name.startswith("loss/"):
                outside.add(operation.name)
            pending += [each.op for each in operation.inputs]
    if outside:
        listing = ", ".join(sorted(outside))
        raise WrongAnswerError(
            tr("Every node of the loss belongs into the scope 'loss', but outside are: {names}.", names=listing)
        )


@exercise(
    title="Into a scope again",
    hints=(
        "Entering by the same name makes a new scope, `loss_1`.",
        "`with ... as scope:` gives you the scope's full name, `loss/`, with a slash at its end.",
        "A name that ends with a slash is taken as it is: `with tf.name_scope(scope):`",
    ),
    solution="""
reset_graph()
with tf.name_scope("loss") as scope:
    a = tf.constant(1.0, name="a")
with tf.name_scope(scope):
    b = tf.constant(2.0, name="b")
""",
)
def scope_again(b: Any) -> None:
    """A node in a scope that was left before."""
    name = expect_tensor("b", b).op.name
    if name == "loss_1/b":
        raise reject(tr("the name of b"), repr(name), "'loss/b'", tr("By its plain name you get a new scope."))
    if name != "loss/b":
        raise reject(tr("the name of b"), repr(name), "'loss/b'")


EXERCISES = (nested_names, scoped_loss, scope_again)
