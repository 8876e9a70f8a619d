"""Neural network functions. Mirrors `tf.nn`."""

from graphlab.ops.activations import elu, leaky_relu, log_sigmoid, relu, relu6, selu, sigmoid, softplus, softsign, tanh
from graphlab.ops.convolution import conv2d, conv2d_transpose, depthwise_conv2d
from graphlab.ops.pooling import avg_pool, max_pool

__all__ = [
    "avg_pool",
    "conv2d",
    "conv2d_transpose",
    "depthwise_conv2d",
    "elu",
    "leaky_relu",
    "log_sigmoid",
    "max_pool",
    "relu",
    "relu6",
    "selu",
    "sigmoid",
    "softplus",
    "softsign",
    "tanh",
]
