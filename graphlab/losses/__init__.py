"""Loss functions and the collection that keeps them. Mirrors `tf.losses`."""

from graphlab.graph.missing import refuse_unknown as _refuse_unknown
from graphlab.losses.collection import (
    add_loss,
    get_losses,
    get_regularization_loss,
    get_regularization_losses,
    get_total_loss,
)
from graphlab.losses.distances import (
    absolute_difference,
    cosine_distance,
    hinge_loss,
    huber_loss,
    log_loss,
    mean_squared_error,
)
from graphlab.losses.entropies import sigmoid_cross_entropy, softmax_cross_entropy, sparse_softmax_cross_entropy
from graphlab.losses.weighting import Reduction, compute_weighted_loss

__all__ = [
    "Reduction",
    "absolute_difference",
    "add_loss",
    "compute_weighted_loss",
    "cosine_distance",
    "get_losses",
    "get_regularization_loss",
    "get_regularization_losses",
    "get_total_loss",
    "hinge_loss",
    "huber_loss",
    "log_loss",
    "mean_squared_error",
    "sigmoid_cross_entropy",
    "softmax_cross_entropy",
    "sparse_softmax_cross_entropy",
]

__getattr__ = _refuse_unknown(globals())
