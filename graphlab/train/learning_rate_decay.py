"""Learning rates that fall with the steps. Mirrors `tf.train.exponential_decay` and its kin."""

from __future__ import annotations

import math
from typing import Any

from graphlab.graph.tensor import Tensor
from graphlab.ops import arithmetic, comparisons, division, elementwise, rounding, selecting, trigonometry
from graphlab.ops.constant import constant
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import name_scope


def exponential_decay(
    learning_rate: Any,
    global_step: Any,
    decay_steps: Any,
    decay_rate: Any,
    staircase: bool = False,
    name: str | None = None,
) -> Tensor:
    """Returns `learning_rate * decay_rate ** (global_step / decay_steps)`. Mirrors `tf.train.exponential_decay`.

    Args:
        learning_rate: the rate at step 0, a number or a scalar tensor.
        global_step: the number of steps so far.
        decay_steps: the number of steps after which the rate has fallen by `decay_rate`.
        decay_rate: the factor.
        staircase: whether the rate stays the same in between.
        name: the name of the operation.

    Returns:
        A scalar of the type of `learning_rate`.

    Raises:
        ValueError: there is no `global_step`.
    """
    with name_scope(name, "ExponentialDecay") as scope:
        rate = convert_to_tensor(learning_rate, name="initial_learning_rate")
        steps = elementwise.cast(decay_steps, rate.dtype)
        factor = elementwise.cast(decay_rate, rate.dtype)
        exponent = _done(global_step, rate, steps, staircase)
        return arithmetic.multiply(rate, arithmetic.power(factor, exponent), name=scope)


def natural_exp_decay(
    learning_rate: Any,
    global_step: Any,
    decay_steps: Any,
    decay_rate: Any,
    staircase: bool = False,
    name: str | None = None,
) -> Tensor:
    """Returns `learning_rate * exp(-decay_rate * global_step / decay_steps)`. Mirrors `tf.train.natural_exp_decay`.

    See `exponential_decay` for the arguments.
    """
    factor = elementwise.exp(elementwise.negative(decay_rate))
    return exponential_decay(learning_rate, global_step, decay_steps, factor, staircase, name)


def inverse_time_decay(
    learning_rate: Any,
    global_step: Any,
    decay_steps: Any,
    decay_rate: Any,
    staircase: bool = False,
    name: str | None = None,
) -> Tensor:
    """Returns `learning_rate / (1 + decay_rate * global_step / decay_steps)`. Mirrors `tf.train.inverse_time_decay`.

    See `exponential_decay` for the arguments.
    """
    with name_scope(name, "InverseTimeDecay") as scope:
        rate = convert_to_tensor(learning_rate, name="initial_learning_rate")
        steps = elementwise.cast(decay_steps, rate.dtype)
        factor = elementwise.cast(decay_rate, rate.dtype)
        done = _done(global_step, rate, steps, staircase)
        one = elementwise.cast(constant(1), rate.dtype)
        return division.divide(rate, arithmetic.add(one, arithmetic.multiply(factor, done)), name=scope)


def polynomial_decay(
    learning_rate: Any,
    global_step: Any,
    decay_steps: Any,
    end_learning_rate: Any = 0.0001,
    power: Any = 1.0,
    cycle: bool = False,
    name: str | None = None,
) -> Tensor:
    """Returns a rate that falls to `end_learning_rate` within `decay_steps`. Mirrors `tf.train.polynomial_decay`.

    The rate is `(learning_rate - end) * (1 - global_step / decay_steps) ** power + end`.

    Args:
        learning_rate: the rate at step 0, a number or a scalar tensor.
        global_step: the number of steps so far.
        decay_steps: the number of steps to the end.
        end_learning_rate: the rate at the end.
        power: the exponent; 1 falls on a straight line.
        cycle: whether `decay_steps` grow by a multiple once they are over, rather than the rate staying.
        name: the name of the operation.

    Raises:
        ValueError: there is no `global_step`.
    """
    with name_scope(name, "PolynomialDecay") as scope:
        rate = convert_to_tensor(learning_rate, name="initial_learning_rate")
        end = elementwise.cast(end_learning_rate, rate.dtype)
        exponent = elementwise.cast(power, rate.dtype)
        step = _as_rate(global_step, rate)
        steps = elementwise.cast(decay_steps, rate.dtype)
        if cycle:
            is_start = comparisons.equal(step, 0)
            rounds = selecting.where_v2(is_start, 1.0, rounding.ceil(step / decay_steps))
            steps = arithmetic.multiply(steps, rounds)
        else:
            step = arithmetic.minimum(step, steps)
        done = division.divide(step, steps)
        # The difference comes first, as in TensorFlow, so that the nodes have its names.
        span = rate - end
        return arithmetic.add(arithmetic.multiply(span, arithmetic.power(1 - done, exponent)), end, name=scope)


def cosine_decay(
    learning_rate: Any, global_step: Any, decay_steps: Any, alpha: float = 0.0, name: str | None = None
) -> Tensor:
    """Returns a rate that falls on half a cosine to `alpha * learning_rate`. Mirrors `tf.train.cosine_decay`.

    See `polynomial_decay` for the arguments.
    """
    with name_scope(name, "CosineDecay"):
        rate = convert_to_tensor(learning_rate, name="initial_learning_rate")
        steps = elementwise.cast(decay_steps, rate.dtype)
        step = arithmetic.minimum(_as_rate(global_step, rate), steps)
        done = step / steps
        share = 0.5 * (1.0 + trigonometry.cos(constant(math.pi) * done))
        return arithmetic.multiply(rate, (1 - alpha) * share + alpha)


def _done(global_step: Any, rate: Tensor, steps: Tensor, staircase: bool) -> Tensor:
    """Which part of the steps is done, in whole numbers if `staircase`."""
    done: Tensor = _as_rate(global_step, rate) / steps
    return rounding.floor(done) if staircase else done


def _as_rate(global_step: Any, rate: Tensor) -> Tensor:
    if global_step is None:
        raise ValueError("global_step is required for a learning rate that falls with the steps.")
    return elementwise.cast(global_step, rate.dtype)
