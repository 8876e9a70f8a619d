"""The ops that apply gradients to variables, one for each optimizer."""

from __future__ import annotations

from typing import Any

from graphlab.graph.dtypes import NUMBERS
from graphlab.graph.registry import Effect, register
from graphlab.ops.shape_rules import unchanged


def _apply(op_type: str, arguments: str, lower: Any, **defaults: Any) -> None:
    register(op_type, f"{arguments} -> out: Ref(T)", T=NUMBERS, use_locking=False, shape=unchanged, lower=lower, effect=Effect.WRITES, **defaults)


def _gradient_descent(k: Any, var: str, alpha: Any, delta: Any) -> str:
    k.state[var] = k.state[var] - alpha * delta
    return var


_apply("ApplyGradientDescent", "var: Ref(T), alpha: T, delta: T", _gradient_descent)


def _momentum(k: Any, var: str, accum: str, lr: Any, grad: Any, momentum: Any) -> str:
    speed = k.state[accum] * momentum + grad
    k.state[accum] = speed
    step = grad * lr + speed * momentum * lr if k.attr["use_nesterov"] else speed * lr
    k.state[var] = k.state[var] - step
    return var


_apply("ApplyMomentum", "var: Ref(T), accum: Ref(T), lr: T, grad: T, momentum: T", _momentum, use_nesterov=False)


def _adagrad(k: Any, var: str, accum: str, lr: Any, grad: Any) -> str:
    total = k.state[accum] + grad * grad if k.attr["update_slots"] else k.state[accum]
    k.state[accum] = total
    k.state[var] = k.state[var] - lr * grad / k.xp.sqrt(total)
    return var


_apply("ApplyAdagrad", "var: Ref(T), accum: Ref(T), lr: T, grad: T", _adagrad, update_slots=True)


def _rms_prop(k: Any, var: str, ms: str, mom: str, lr: Any, rho: Any, momentum: Any, epsilon: Any, grad: Any) -> str:
    mean_square = k.state[ms] + (grad * grad - k.state[ms]) * (1 - rho)
    k.state[ms] = mean_square
    speed = k.state[mom] * momentum + lr * grad / k.xp.sqrt(mean_square + epsilon)
    k.state[mom] = speed
    k.state[var] = k.state[var] - speed
    return var


_apply("ApplyRMSProp", "var: Ref(T), ms: Ref(T), mom: Ref(T), lr: T, rho: T, momentum: T, epsilon: T, grad: T", _rms_prop)


def _adam(k: Any, var: str, m: str, v: str, beta1_power: Any, beta2_power: Any, lr: Any, beta1: Any, beta2: Any, epsilon: Any, grad: Any) -> str:
    alpha = lr * k.xp.sqrt(1 - beta2_power) / (1 - beta1_power)
    mean = k.state[m] + (grad - k.state[m]) * (1 - beta1)
    square = k.state[v] + (grad * grad - k.state[v]) * (1 - beta2)
    k.state[m], k.state[v] = mean, square
    direction = grad * (1 - beta1) + beta1 * mean if k.attr["use_nesterov"] else mean
    k.state[var] = k.state[var] - alpha * direction / (k.xp.sqrt(square) + epsilon)
    return var


_apply(
    "ApplyAdam",
    "var: Ref(T), m: Ref(T), v: Ref(T), beta1_power: T, beta2_power: T, lr: T, beta1: T, beta2: T, epsilon: T, grad: T",
    _adam,
    use_nesterov=False,
)
