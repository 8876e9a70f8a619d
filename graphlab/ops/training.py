"""The ops that apply gradients to variables, one for each optimizer, with a sparse variant that changes some rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np

from graphlab.graph.dtypes import INDICES, NUMBERS
from graphlab.graph.registry import Effect, register
from graphlab.graph.shapes import TensorShape
from graphlab.graph.tensor import Operation
from graphlab.ops.gathering import check_indices

Formula = Callable[..., tuple[Any, ...]]
_GRADIENT_NAMES: Final = ("grad", "delta")


def _updated_shape(op: Operation) -> TensorShape:
    """The variable's shape, which its slots and the gradient share; a sparse gradient has rows of it."""
    shape = op.inputs[0].shape
    is_sparse = any(arg.name == "indices" for arg in op.definition.inputs)
    for arg, tensor in zip(op.definition.inputs, op.inputs, strict=True):
        if arg.is_ref or (arg.name in _GRADIENT_NAMES and not is_sparse):
            shape = shape.merge_with(tensor.shape)
        elif arg.name in _GRADIENT_NAMES and shape.ndims:
            tensor.shape.merge_with(TensorShape([None]).concatenate(shape[1:]))
    return shape


def _apply(op_type: str, arguments: str, formula: Formula, is_sparse_too: bool = True, **defaults: Any) -> None:
    """Registers `Apply<op_type>` and `SparseApply<op_type>`.

    Args:
        op_type: the name without its prefix.
        arguments: the signature's arguments: the variable, its slots, hyperparameters and the gradient.
        formula: maps the attributes holder and the values of the arguments to the new values of variable and slots.
        is_sparse_too: whether there is a sparse variant.
        **defaults: attributes.
    """
    references = arguments.count("Ref(T)")

    def lower(k: Any, *values: Any) -> str:
        names, others = values[:references], values[references:]
        _store(k, names, formula(k, *[k.state[name] for name in names], *others))
        return str(names[0])

    def lower_sparse(k: Any, *values: Any) -> str:
        names = values[:references]
        arguments_of_type = list(values[references:])
        indices = arguments_of_type.pop(position - references)
        old = [k.state[name] for name in names]
        check_indices(k, indices, old[0].shape[0])
        rows = formula(k, *[array[indices] for array in old], *arguments_of_type)
        _store(k, names, tuple(_with_rows(k.xp, a, indices, r) for a, r in zip(old, rows, strict=True)))
        return str(names[0])

    rules: dict[str, Any] = {"T": NUMBERS, "use_locking": False, "shape": _updated_shape, "effect": Effect.WRITES}
    register(f"Apply{op_type}", f"{arguments} -> out: Ref(T)", lower=lower, **rules, **defaults)
    if is_sparse_too:
        sparse_arguments = arguments.replace("grad: T", "grad: T, indices: Tindices")
        position = [a.split(":")[0].strip() for a in sparse_arguments.split(",")].index("indices")
        signature = f"{sparse_arguments} -> out: Ref(T)"
        register(f"SparseApply{op_type}", signature, Tindices=INDICES, lower=lower_sparse, **rules, **defaults)


def _store(k: Any, names: tuple[str, ...], values: tuple[Any, ...]) -> None:
    for name, value in zip(names, values, strict=True):
        k.state[name] = k.xp.asarray(value, dtype=k.out)


def _with_rows(xp: Any, array: Any, indices: Any, rows: Any) -> Any:
    if xp is np:
        new = np.array(array)
        new[indices] = rows
        return new
    return xp.asarray(array).at[indices].set(rows, mode="drop")


def _gradient_descent(_: Any, var: Any, alpha: Any, delta: Any) -> tuple[Any, ...]:
    return (var - alpha * delta,)


_apply("GradientDescent", "var: Ref(T), alpha: T, delta: T", _gradient_descent, is_sparse_too=False)


def _momentum(k: Any, var: Any, accum: Any, lr: Any, grad: Any, momentum: Any) -> tuple[Any, ...]:
    speed = accum * momentum + grad
    step = grad * lr + speed * momentum * lr if k.attr["use_nesterov"] else speed * lr
    return var - step, speed


_apply("Momentum", "var: Ref(T), accum: Ref(T), lr: T, grad: T, momentum: T", _momentum, use_nesterov=False)


def _adagrad(k: Any, var: Any, accum: Any, lr: Any, grad: Any) -> tuple[Any, ...]:
    total = accum + grad * grad if k.attr["update_slots"] else accum
    return var - grad * lr * (1 / k.xp.sqrt(total)), total


_apply("Adagrad", "var: Ref(T), accum: Ref(T), lr: T, grad: T", _adagrad, update_slots=True)


def _adadelta(
    k: Any, var: Any, accum: Any, accum_update: Any, lr: Any, rho: Any, epsilon: Any, grad: Any
) -> tuple[Any, ...]:
    total = accum * rho + grad * grad * (1 - rho)
    update = k.xp.sqrt(accum_update + epsilon) * (1 / k.xp.sqrt(total + epsilon)) * grad
    return var - update * lr, total, accum_update * rho + update * update * (1 - rho)


_apply(
    "Adadelta",
    "var: Ref(T), accum: Ref(T), accum_update: Ref(T), lr: T, rho: T, epsilon: T, grad: T",
    _adadelta,
)


def _rms_prop(
    k: Any, var: Any, ms: Any, mom: Any, lr: Any, rho: Any, momentum: Any, epsilon: Any, grad: Any
) -> tuple[Any, ...]:
    mean_square = ms + (grad * grad - ms) * (1 - rho)
    speed = mom * momentum + (grad * lr) / k.xp.sqrt(mean_square + epsilon)
    return var - speed, mean_square, speed


_apply(
    "RMSProp",
    "var: Ref(T), ms: Ref(T), mom: Ref(T), lr: T, rho: T, momentum: T, epsilon: T, grad: T",
    _rms_prop,
)


def _centered_rms_prop(
    k: Any, var: Any, mg: Any, ms: Any, mom: Any, lr: Any, rho: Any, momentum: Any, epsilon: Any, grad: Any
) -> tuple[Any, ...]:
    mean_square = ms + (grad * grad - ms) * (1 - rho)
    mean = mg + (grad - mg) * (1 - rho)
    variance = (mean_square - mean * mean) + epsilon
    speed = mom * momentum + (grad * lr) / k.xp.sqrt(variance)
    return var - speed, mean, mean_square, speed


_apply(
    "CenteredRMSProp",
    "var: Ref(T), mg: Ref(T), ms: Ref(T), mom: Ref(T), lr: T, rho: T, momentum: T, epsilon: T, grad: T",
    _centered_rms_prop,
)


def _adam(
    k: Any,
    var: Any,
    m: Any,
    v: Any,
    beta1_power: Any,
    beta2_power: Any,
    lr: Any,
    beta1: Any,
    beta2: Any,
    epsilon: Any,
    grad: Any,
) -> tuple[Any, ...]:
    alpha = lr * k.xp.sqrt(1 - beta2_power) / (1 - beta1_power)
    mean = m + (grad - m) * (1 - beta1)
    square = v + (grad * grad - v) * (1 - beta2)
    direction = grad * (1 - beta1) + beta1 * mean if k.attr["use_nesterov"] else mean
    return var - (direction * alpha) / (k.xp.sqrt(square) + epsilon), mean, square


_apply(
    "Adam",
    "var: Ref(T), m: Ref(T), v: Ref(T), beta1_power: T, beta2_power: T, lr: T, beta1: T, beta2: T, epsilon: T, grad: T",
    _adam,
    is_sparse_too=False,
    use_nesterov=False,
)


def _ftrl(
    k: Any, var: Any, accum: Any, linear: Any, grad: Any, lr: Any, l1: Any, l2: Any, lr_power: Any
) -> tuple[Any, ...]:
    return _shrunk_ftrl(k, var, accum, linear, grad, lr, l1, l2, 0, lr_power)


def _shrunk_ftrl(
    k: Any, var: Any, accum: Any, linear: Any, grad: Any, lr: Any, l1: Any, l2: Any, l2_shrinkage: Any, lr_power: Any
) -> tuple[Any, ...]:
    if k.attr["multiply_linear_by_lr"]:
        raise NotImplementedError("multiply_linear_by_lr=True is not supported.")
    total = accum + grad * grad
    new, old = k.xp.power(total, -lr_power), k.xp.power(accum, -lr_power)
    slope = linear + grad + 2 * l2_shrinkage * var - (new - old) / lr * var
    step = (k.xp.sign(slope) * l1 - slope) / (new / lr + 2 * l2)
    return k.xp.where(k.xp.abs(slope) > l1, step, k.xp.zeros_like(step)), total, slope


_FTRL: Final = "var: Ref(T), accum: Ref(T), linear: Ref(T), grad: T, lr: T, l1: T, l2: T"
_apply("Ftrl", f"{_FTRL}, lr_power: T", _ftrl, multiply_linear_by_lr=False)
_apply("FtrlV2", f"{_FTRL}, l2_shrinkage: T, lr_power: T", _shrunk_ftrl, multiply_linear_by_lr=False)
