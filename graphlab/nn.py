"""Neural network functions. Mirrors `tf.nn`."""

from graphlab.ops.activations import elu, leaky_relu, log_sigmoid, relu, relu6, selu, sigmoid, softplus, softsign, tanh

__all__ = [
    "elu",
    "leaky_relu",
    "log_sigmoid",
    "relu",
    "relu6",
    "selu",
    "sigmoid",
    "softplus",
    "softsign",
    "tanh",
]
