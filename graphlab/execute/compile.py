"""Compiles a program for given feed shapes and variables into one XLA executable."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import jax
import jax.numpy as jnp
import numpy as np

from graphlab.execute.compilation_cache import persistent_cache
from graphlab.execute.plan import Plan
from graphlab.execute.program import Program, evaluate
from graphlab.graph.demands import collecting
from graphlab.graph.tensor import Operation

_LARGE_CONSTANT_BYTES: Final = 4096
_PRECISION: Final = "jax_default_matmul_precision"

Seeds = Callable[[Operation], tuple[int, int]]


class RefusedError(Exception):
    """A value is not what an operation of a compiled program demands; NumPy can tell which."""


class ReshapedError(Exception):
    """A variable no longer has the shape that a program was compiled for."""


class VariableShapes:
    """The shapes of the variables that a program was compiled for."""

    def __init__(self, names: Iterable[str], variables: Mapping[str, Any]) -> None:
        self._shapes = {name: np.shape(variables[name]) for name in names}

    def check(self, variables: Mapping[str, Any]) -> None:
        """Compares.

        Raises:
            ReshapedError: a variable has another shape now.
        """
        if any(np.shape(variables[name]) != shape for name, shape in self._shapes.items()):
            raise ReshapedError


class Compiled:
    """A program compiled for one set of feed shapes and variable shapes.

    Large constants stay out of the compiled code and are held once on the device. Variables that the run writes give
    their buffers to the new values; between its calls, the program holds them itself (see `take`).

    Attributes:
        samples: how many blocks of its random stream each random operation uses.
        is_checked: whether values may be refused.
        result_bytes: the size of what is fetched.
    """

    def __init__(
        self, program: Program, feeds: Sequence[np.ndarray[Any, Any]], variables: Mapping[str, Any], seeds: Seeds
    ) -> None:
        """Compiles.

        Args:
            program: the program.
            feeds: arrays with the shapes and types of the fed values.
            variables: the variables of the session.
            seeds: gives the seed pair of a random operation.

        Raises:
            jax.errors.JAXTypeError: a shape depends on values that are known only while the program runs.
            jax.errors.JAXIndexError: likewise.
            ReshapedError: the program itself changes the shape of a variable.
        """
        plan = program.plan
        self.samples: dict[Operation, int] = {}
        self.is_checked = False
        self.result_bytes = 0
        known = [name for name in plan.variables if name in variables]
        donated = [name for name in known if name in plan.written]
        self._donated = len(donated)
        self._written = [*donated, *(name for name in plan.written if name not in donated)]
        self._count = len(self._written)
        names = self._names = donated + [name for name in known if name not in plan.written]
        self._shapes = VariableShapes(names, variables)
        constants = large_constants(plan)
        # The values of the written variables; once the program has been called, they stand for those of the session.
        self._held: list[Sequence[Any]] = []
        self._fixed: list[Any] = []
        # Fed as NumPy arrays, 64-bit numbers need the wide mode at the call.
        self.is_wide = any(a.dtype.itemsize >= 8 and a.dtype.kind in "iufc" for a in feeds)

        def step(*arguments: Any) -> tuple[Any, ...]:
            # One flat list of arguments: JAX takes microseconds for each level of nesting.
            given = iter(arguments)
            state = {name: next(given) for name in names}
            substitutes = {op: next(given) for op in constants}
            fed = [next(given) for _ in feeds]
            for position in program.decisions:
                fed[position] = feeds[position]
            streams = {op: next(given) for op in plan.random}

            def draw(op: Operation, samples: int) -> tuple[int, int, Any]:
                self.samples[op] = samples
                low, high = streams[op].astype(jnp.uint64)
                return (*seeds(op), low | high << jnp.uint64(32))

            demands: list[Any] = []
            with collecting(demands):
                results = evaluate(program, jnp, fed, state, draw, substitutes)
            self._shapes.check(state)
            self.is_checked = bool(demands)
            checks = [jnp.all(jnp.stack(demands))] if demands else []
            fetched = [jnp.asarray(r) for r in results]
            self.result_bytes = sum(r.nbytes for r in fetched)
            return (*checks, *[state[name] for name in self._written], *fetched)

        with compiling():
            self._constants = on_device(constants)
            offsets = [np.zeros(2, np.uint32) for _ in plan.random]
            arguments = [*[variables[name] for name in names], *self._constants, *feeds, *offsets]
            lowered = jax.jit(step, donate_argnums=range(len(donated))).lower(*arguments)
            if self.is_checked:
                # NumPy may have to start again from the old values.
                lowered = jax.jit(step).lower(*arguments)
            self._executable: Any = lowered.compile()

    def take(self, variables: Mapping[str, Any]) -> None:
        """Takes over the variables: from now on the program holds the values of those that it writes.

        Raises:
            ReshapedError: a variable has another shape than when the program was compiled.
        """
        self._shapes.check(variables)
        with jax.enable_x64(True):
            values = [jnp.asarray(variables[name]) for name in self._names]
        self._held[:] = [values[: self._donated]]
        self._fixed = [*values[self._donated :], *self._constants]

    def give_back(self, variables: dict[str, Any]) -> None:
        """Stores the values of the variables that the program writes."""
        variables.update(zip(self._written, *self._held, strict=False))

    def forget(self) -> None:
        """Lets go of all values."""
        self._held.clear()
        self._fixed.clear()

    def __call__(self, feeds: Iterable[Any], offsets: Iterable[Any] = ()) -> Sequence[Any]:
        """Runs the program on the variables that it has taken.

        Args:
            feeds: the fed values.
            offsets: for each random operation the position of its stream, two uint32 words.

        Returns:
            The fetched values; they may still be on their way.

        Raises:
            RefusedError: a value is not what an operation demands; nothing has changed.
        """
        arguments = (*self._held[0][: self._donated], *self._fixed, *feeds, *offsets)
        if self.is_wide:
            with jax.enable_x64(True):
                return self._called(arguments)
        return self._called(arguments)

    def _called(self, arguments: Sequence[Any]) -> Sequence[Any]:
        # JAX's function in C++ behind the executable, there after the first call.
        call = self._executable._call or self._executable
        if self.is_checked:
            holds, *outputs = call(*arguments)
            if not holds:
                raise RefusedError
            self._held[0] = outputs
        else:
            # The call takes the old buffers away. Made from within the assignment, in C, no interrupt can part it from
            # the keeping of the new values.
            self._held[:] = itertools.starmap(call, (arguments,))
        outputs = self._held[0]
        if len(outputs) == self._count:
            return ()
        self._held[0] = outputs[: self._count]
        return outputs[self._count :]

    @property
    def cost(self) -> float:
        """How many floating point operations a call takes, as XLA estimates it; moving 16 bytes counts as one."""
        costs = self._executable.cost_analysis() or {}
        computed, moved = costs.get("flops", 0.0) + costs.get("transcendentals", 0.0), costs.get("bytes accessed", 0.0)
        return float(computed + moved / 16)

    def wait(self) -> None:
        """Waits until the last call is done with what it was fed."""
        for outputs in self._held:
            for value in outputs[:1]:
                value.block_until_ready()


@contextlib.contextmanager
def compiling() -> Iterator[None]:
    """What programs are traced and compiled under: types of 64 bits, the cache on disk, and whole factors in products.

    A GPU else rounds the factors of float32 products to ten bits, and the third run of a graph would tell another
    number than the first two, which NumPy makes. JAX's setting counts where the user has made it.
    """
    precision = getattr(jax.config, _PRECISION) or "highest"
    with (
        jax.enable_x64(True),
        jax.default_matmul_precision(precision),
        np.errstate(all="ignore"),
        persistent_cache(),
    ):
        yield


def on_device(constants: Iterable[Operation]) -> list[Any]:
    """The values of constants for the device, without a copy where the device can read them in place."""
    return [jax.device_put(op.attr["value"], may_alias=True) for op in constants]


def large_constants(plan: Plan) -> list[Operation]:
    """The constants that are passed to a compiled program rather than compiled into it."""
    return [op for op in plan.operations if op.type == "Const" and op.attr["value"].nbytes >= _LARGE_CONSTANT_BYTES]
