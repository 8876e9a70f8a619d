"""Compiles a program for given feed shapes and variables into one XLA executable."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
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

Seeds = Callable[[Operation], tuple[int, int]]


class RefusedError(Exception):
    """A value is not what an operation of a compiled program demands; NumPy can tell which."""


class Compiled:
    """A program compiled for one set of feed shapes and variable shapes.

    Large constants stay out of the compiled code and are held once on the device. Variables that the run writes give
    their buffers to the new values.

    Attributes:
        samples: how many blocks of its random stream each random operation uses.
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
        """
        plan = program.plan
        self.samples: dict[Operation, int] = {}
        self._written = plan.written
        self._results = len(plan.fetches)
        self._is_checked = False
        known = [name for name in plan.variables if name in variables]
        donated = [name for name in known if name in plan.written]
        self._names = donated + [name for name in known if name not in plan.written]
        constants = large_constants(plan)
        # Only 64-bit NumPy arrays need the wide mode at the call: feeds, and variables that NumPy computed last.
        passed = [*feeds, *(variables[name] for name in self._names)]
        self._is_wide = any(a.dtype.itemsize >= 8 and a.dtype.kind in "iufc" for a in passed)

        def step(*arguments: Any) -> tuple[Any, ...]:
            # One flat list of arguments: JAX takes microseconds for each level of nesting.
            given = iter(arguments)
            state = {name: next(given) for name in self._names}
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
            self._is_checked = bool(demands)
            checks = [jnp.all(jnp.stack(demands))] if demands else []
            return (*[jnp.asarray(r) for r in results], *[state[name] for name in self._written], *checks)

        with jax.enable_x64(True), np.errstate(all="ignore"), persistent_cache():
            self._constants = on_device(constants)
            offsets = [np.zeros(2, np.uint32) for _ in plan.random]
            arguments = [*[variables[name] for name in self._names], *self._constants, *feeds, *offsets]
            lowered = jax.jit(step, donate_argnums=range(len(donated))).lower(*arguments)
            if self._is_checked:
                # NumPy may have to start again from the old values.
                lowered = jax.jit(step).lower(*arguments)
            self._executable: Any = lowered.compile()

    def __call__(self, variables: dict[str, Any], feeds: Iterable[Any], offsets: Iterable[Any] = ()) -> tuple[Any, ...]:
        """Runs the program.

        Args:
            variables: the variables of the session; receive their new values.
            feeds: the fed values.
            offsets: for each random operation the position of its stream, two uint32 words.

        Returns:
            The fetched values, possibly followed by others.

        Raises:
            RefusedError: a value is not what an operation demands; nothing has changed.
        """
        arguments = [variables[name] for name in self._names]
        arguments += self._constants
        arguments += feeds
        arguments += offsets
        # JAX's function in C++ behind the executable, there after the first call.
        call = self._executable._call or self._executable
        outcome: list[tuple[Any, ...]] = []
        try:
            # The call takes the old buffers away. Made from C code, it cannot be parted from the keeping of its
            # outcome by an interrupt, so the new state is never lost.
            if self._is_wide:
                with jax.enable_x64(True):
                    outcome.extend(itertools.starmap(call, (arguments,)))
            else:
                outcome.extend(itertools.starmap(call, (arguments,)))
        finally:
            if outcome and not (self._is_checked and not outcome[0][-1]):
                variables.update(zip(self._written, outcome[0][self._results :], strict=False))
        if self._is_checked and not outcome[0][-1]:
            raise RefusedError
        return outcome[0]


def on_device(constants: Iterable[Operation]) -> list[Any]:
    """The values of constants for the device, without a copy where the device can read them in place."""
    return [jax.device_put(op.attr["value"], may_alias=True) for op in constants]


def large_constants(plan: Plan) -> list[Operation]:
    """The constants that are passed to a compiled program rather than compiled into it."""
    return [op for op in plan.operations if op.type == "Const" and op.attr["value"].nbytes >= _LARGE_CONSTANT_BYTES]
