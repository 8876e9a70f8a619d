"""Layers, initializers and regularizers under their older names. Mirrors `tf.contrib.layers`."""

from collections.abc import Callable
from typing import Any, Final

from graphlab.contrib.framework import add_arg_scope
from graphlab.graph.collections import GraphKeys
from graphlab.graph.dtypes import float32
from graphlab.graph.missing import refuse_unknown as _refuse_unknown
from graphlab.graph.tensor import Tensor
from graphlab.initializers import VarianceScaling, Zeros
from graphlab.layers.core import Dense, Dropout
from graphlab.ops.activations import relu
from graphlab.regularizers import l1_l2_regularizer, l1_regularizer, l2_regularizer, sum_regularizer
from graphlab.variable_scope import variable_scope
from graphlab.variable_scope_stack import VariableScope
from graphlab.variables import Variable

__all__ = [
    "dropout",
    "fully_connected",
    "l1_l2_regularizer",
    "l1_regularizer",
    "l2_regularizer",
    "sum_regularizer",
    "variance_scaling_initializer",
    "xavier_initializer",
]

_OLD_NAMES: Final = {"kernel": "weights", "bias": "biases"}


def xavier_initializer(uniform: bool = True, seed: int | None = None, dtype: Any = float32) -> VarianceScaling:
    """Returns Glorot's (Xavier's) initializer. Mirrors `tf.contrib.layers.xavier_initializer`."""
    return VarianceScaling(1.0, "fan_avg", "uniform" if uniform else "truncated_normal", seed, dtype)


def variance_scaling_initializer(
    factor: float = 2.0, mode: str = "FAN_IN", uniform: bool = False, seed: int | None = None, dtype: Any = float32
) -> VarianceScaling:
    """Returns He's initializer. Mirrors `tf.contrib.layers.variance_scaling_initializer`.

    The truncated normal distribution is corrected by its exact deviation, as in `tf.variance_scaling_initializer`;
    TensorFlow's contrib rounded that factor to 1.3, so its numbers differ by 0.3 %.

    Args:
        factor: a positive factor of the variance.
        mode: `FAN_IN`, `FAN_OUT` or `FAN_AVG`: what the variance is divided by.
        uniform: whether to draw from a uniform distribution instead of a truncated normal one.
        seed: the op-level seed.
        dtype: the element type where the call names none.
    """
    return VarianceScaling(factor, mode.lower(), "uniform" if uniform else "truncated_normal", seed, dtype)


@add_arg_scope
def fully_connected(
    inputs: Any,
    num_outputs: int,
    activation_fn: Callable[[Any], Any] | None = relu,
    normalizer_fn: Callable[..., Any] | None = None,
    normalizer_params: dict[str, Any] | None = None,
    weights_initializer: Any = None,
    weights_regularizer: Callable[[Any], Any] | None = None,
    biases_initializer: Any = Zeros,
    biases_regularizer: Callable[[Any], Any] | None = None,
    reuse: Any = None,
    trainable: bool = True,
    scope: str | VariableScope | None = None,
) -> Any:
    """Returns activation(inputs @ weights + biases) with variables of its own. Mirrors `tf.contrib.layers.fully_connected`.

    Args:
        inputs: shape `[batch, ..., features]`; the number of features must be known.
        num_outputs: how many outputs each example has.
        activation_fn: a function such as the default `tf.nn.relu`; None for none.
        normalizer_fn: a function of the product that takes the place of the biases, called with `normalizer_params`.
        normalizer_params: its further arguments.
        weights_initializer: default `xavier_initializer()`.
        weights_regularizer: maps the weights to a penalty.
        biases_initializer: None for no biases.
        biases_regularizer: maps the biases to a penalty.
        reuse: True to share the variables of an earlier layer of that scope.
        trainable: whether optimizers may change the variables.
        scope: the variable scope; default `fully_connected`, made unique.

    Raises:
        ValueError: the number of features is unknown, or the variables exist already.
    """
    with variable_scope(scope, "fully_connected", [inputs], reuse=reuse, custom_getter=_model_variable) as opened:
        layer = Dense(
            num_outputs,
            use_bias=normalizer_fn is None and biases_initializer is not None,
            kernel_initializer=weights_initializer or xavier_initializer(),
            bias_initializer=biases_initializer,
            kernel_regularizer=weights_regularizer,
            bias_regularizer=biases_regularizer,
            trainable=trainable,
            scope=opened,
        )
        outputs: Any = layer(inputs)
        if normalizer_fn is not None:
            outputs = normalizer_fn(outputs, **(normalizer_params or {}))
        return outputs if activation_fn is None else activation_fn(outputs)


def _model_variable(getter: Callable[..., Variable], name: str, **arguments: Any) -> Variable:
    """Makes a variable of `tf.layers` under the name that it has in `tf.contrib.layers`."""
    scope, _, last = name.rpartition("/")
    arguments["collections"] = [GraphKeys.GLOBAL_VARIABLES, GraphKeys.MODEL_VARIABLES]
    return getter(f"{scope}/{_OLD_NAMES.get(last, last)}", **arguments)


@add_arg_scope
def dropout(
    inputs: Any,
    keep_prob: float = 0.5,
    noise_shape: Any = None,
    is_training: Any = True,
    scope: str | VariableScope | None = None,
    seed: int | None = None,
) -> Tensor:
    """Returns the inputs with a random part set to zero while training. Mirrors `tf.contrib.layers.dropout`.

    Args:
        inputs: a floating point tensor.
        keep_prob: how probable it is that an element stays.
        noise_shape: the shape of the random choice.
        is_training: whether to drop at all: a truth value, or one in the graph.
        scope: the variable scope; default `Dropout`, made unique.
        seed: the op-level seed.
    """
    with variable_scope(scope, "Dropout", [inputs]) as opened:
        return Dropout(1 - keep_prob, noise_shape, seed, scope=opened)(inputs, training=is_training)


__getattr__ = _refuse_unknown(globals())
