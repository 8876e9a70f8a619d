"""The losses of a graph: each loss function adds its result to a collection, from which the total is made."""

from __future__ import annotations

from graphlab.graph.collections import GraphKeys
from graphlab.graph.graph import get_default_graph
from graphlab.graph.tensor import Tensor
from graphlab.ops import arithmetic
from graphlab.ops.constant import constant


def add_loss(loss: Tensor, loss_collection: str | None = GraphKeys.LOSSES) -> None:
    """Adds a loss to a collection, to none when that is None. Mirrors `tf.losses.add_loss`."""
    if loss_collection:
        get_default_graph().add_to_collection(loss_collection, loss)


def get_losses(scope: str | None = None, loss_collection: str = GraphKeys.LOSSES) -> list[Tensor]:
    """Returns the losses of a collection, with a scope only those under it. Mirrors `tf.losses.get_losses`."""
    return get_default_graph().get_collection(loss_collection, scope)


def get_regularization_losses(scope: str | None = None) -> list[Tensor]:
    """Returns the penalties on variables. Mirrors `tf.losses.get_regularization_losses`."""
    return get_default_graph().get_collection(GraphKeys.REGULARIZATION_LOSSES, scope)


def get_regularization_loss(scope: str | None = None, name: str = "total_regularization_loss") -> Tensor:
    """Returns the sum of the penalties on variables, 0 without any. Mirrors `tf.losses.get_regularization_loss`."""
    losses = get_regularization_losses(scope)
    return arithmetic.add_n(losses, name=name) if losses else constant(0.0)


def get_total_loss(
    add_regularization_losses: bool = True, name: str = "total_loss", scope: str | None = None
) -> Tensor:
    """Returns the sum of all losses. Mirrors `tf.losses.get_total_loss`.

    Args:
        add_regularization_losses: whether penalties on variables count.
        name: the name of the operation.
        scope: only losses whose names start with this count.

    Raises:
        ValueError: there is no loss.
    """
    losses = get_losses(scope)
    if add_regularization_losses:
        losses += get_regularization_losses(scope)
    return arithmetic.add_n(losses, name=name)
