"""What one sample of an operation is: an expression, and the arrays fed to it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

Shape = tuple[int | None, ...] | None
Array = np.ndarray[Any, Any]

SAME: Any = "the shape of the array"


@dataclasses.dataclass(frozen=True)
class Input:
    """A placeholder and the array fed to it.

    Attributes:
        array: What is fed.
        static: The shape that the graph knows: with None for unknown sizes, or None for an unknown rank.
    """

    array: Array
    static: Shape = SAME

    @property
    def placeholder_shape(self) -> Shape:
        return self.array.shape if self.static is SAME else self.static

    def known_as(self, *static: int | None) -> Input:
        """Return the same array behind a placeholder of another static shape."""
        return dataclasses.replace(self, static=static)

    def unranked(self) -> Input:
        """Return the same array behind a placeholder of unknown rank."""
        return dataclasses.replace(self, static=None)

    def __str__(self) -> str:
        def sizes(shape: Sequence[int | None]) -> str:
            return "x".join("?" if size is None else str(size) for size in shape) or "scalar"

        static = "" if self.static is SAME else " as " + ("*" if self.static is None else sizes(self.static))
        return f"{self.array.dtype} {sizes(self.array.shape)}{static}"


@dataclasses.dataclass(frozen=True)
class Sample:
    """An expression over placeholders.

    Attributes:
        name: Unique within its family.
        build: Called with the module (TensorFlow or the engine) and the placeholders; returns a tensor, a list of
            tensors, or an operation.
        inputs: The placeholders, which are named x, y, z, u, v, w.
        gradient: Whether the gradient of the outputs' sum by the floating point inputs belongs to the sample.
        tolerance: Relative tolerance of values and gradients where the default is too tight.
        phrases: What an error's message has to contain, in TensorFlow and here.
    """

    name: str
    build: Callable[..., Any]
    inputs: tuple[Input, ...] = ()
    gradient: bool = True
    tolerance: float | None = None
    phrases: tuple[str, ...] = ()


def sample(
    name: str,
    build: Callable[..., Any],
    *inputs: Input,
    gradient: bool = True,
    tolerance: float | None = None,
    phrases: tuple[str, ...] = (),
) -> Sample:
    """Return a sample whose name ends with what is fed to it."""
    fed = ", ".join(map(str, inputs))
    return Sample(f"{name} ({fed})" if fed else name, build, inputs, gradient, tolerance, phrases)


def numbers(dtype: str, *shape: int, low: float = -3, high: float = 3, seed: int = 0) -> Input:
    """Return an array of numbers between low and high that depends on the arguments alone."""
    generator = np.random.RandomState(seed)
    if dtype == "bool":
        return Input(generator.randint(0, 2, size=shape).astype(bool))
    if dtype.startswith(("int", "uint")):
        least = max(int(low), 0) if dtype.startswith("u") else int(low)
        return Input(np.asarray(generator.randint(least, int(high) + 1, size=shape), dtype=dtype))
    drawn = np.asarray(generator.uniform(low, high, size=shape))
    if dtype.startswith("complex"):
        drawn = drawn + 1j * generator.uniform(low, high, size=shape)
    return Input(np.asarray(drawn, dtype=dtype))


def given(values: Any, dtype: str = "float32") -> Input:
    """Return an input of the values written down."""
    return Input(np.array(values, dtype=dtype))


def f32(*shape: int, low: float = -3, high: float = 3, seed: int = 0) -> Input:
    """Return float32 numbers."""
    return numbers("float32", *shape, low=low, high=high, seed=seed)


def f64(*shape: int, low: float = -3, high: float = 3, seed: int = 0) -> Input:
    """Return float64 numbers."""
    return numbers("float64", *shape, low=low, high=high, seed=seed)


def i32(*shape: int, low: float = -3, high: float = 3, seed: int = 0) -> Input:
    """Return int32 numbers."""
    return numbers("int32", *shape, low=low, high=high, seed=seed)


def i64(*shape: int, low: float = -3, high: float = 3, seed: int = 0) -> Input:
    """Return int64 numbers."""
    return numbers("int64", *shape, low=low, high=high, seed=seed)


def boolean(*shape: int, seed: int = 0) -> Input:
    """Return truth values."""
    return numbers("bool", *shape, seed=seed)
