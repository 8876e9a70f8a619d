"""Neural network functions. Mirrors `tf.nn`."""

from graphlab.graph.missing import refuse_unknown as _refuse_unknown
from graphlab.ops.activations import (
    crelu,
    elu,
    leaky_relu,
    log_sigmoid,
    relu,
    relu6,
    selu,
    sigmoid,
    softplus,
    softsign,
    tanh,
)
from graphlab.ops.biases import bias_add, relu_layer, xw_plus_b
from graphlab.ops.clipping import l2_loss
from graphlab.ops.convolution import conv2d, conv2d_transpose, depthwise_conv2d
from graphlab.ops.cross_entropy import (
    sigmoid_cross_entropy_with_logits,
    softmax_cross_entropy_with_logits,
    softmax_cross_entropy_with_logits_v2,
    sparse_softmax_cross_entropy_with_logits,
    weighted_cross_entropy_with_logits,
)
from graphlab.ops.dropout import dropout
from graphlab.ops.embedding import embedding_lookup
from graphlab.ops.normalization import (
    batch_normalization,
    fused_batch_norm,
    l2_normalize,
    local_response_normalization,
    moments,
)
from graphlab.ops.normalization import local_response_normalization as lrn
from graphlab.ops.pooling import avg_pool, max_pool
from graphlab.ops.ranking import in_top_k, top_k
from graphlab.ops.softmax import log_softmax, softmax
from graphlab.ops.sparsity import zero_fraction
from graphlab.ops.swish import swish

__all__ = [
    "avg_pool",
    "batch_normalization",
    "bias_add",
    "conv2d",
    "conv2d_transpose",
    "crelu",
    "depthwise_conv2d",
    "dropout",
    "elu",
    "embedding_lookup",
    "fused_batch_norm",
    "in_top_k",
    "l2_loss",
    "l2_normalize",
    "leaky_relu",
    "local_response_normalization",
    "log_sigmoid",
    "log_softmax",
    "lrn",
    "max_pool",
    "moments",
    "relu",
    "relu6",
    "relu_layer",
    "selu",
    "sigmoid",
    "sigmoid_cross_entropy_with_logits",
    "softmax",
    "softmax_cross_entropy_with_logits",
    "softmax_cross_entropy_with_logits_v2",
    "softplus",
    "softsign",
    "sparse_softmax_cross_entropy_with_logits",
    "swish",
    "tanh",
    "top_k",
    "weighted_cross_entropy_with_logits",
    "xw_plus_b",
    "zero_fraction",
]

__getattr__ = _refuse_unknown(globals())
