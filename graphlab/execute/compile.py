"""Compiles a program for given feed shapes and variables into one XLA executable."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import jax
import jax.numpy as jnp
import numpy as np

from graphlab.execute.plan import Plan
from graphlab.execute.program import Program, evaluate
from graphlab.graph.tensor import Operation

_LARGE_CONSTANT_BYTES: Final = 4096
_DONATED_BYTES: Final = 1 << 20

Seeds = Callable[[Operation], tuple[int, int]]


class Compiled:
    """A program compiled for one set of feed shapes and variable shapes.

    Large constants stay out of the compiled code and are held once on the device. Variables that the run writes and
    that are large give their buffers to the new values; small ones do not, so that an interrupt cannot lose them.

    Attributes:
        written: the names of the variables that a call gives new values.
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
        known = [name for name in plan.variables if name in variables]
        large = {name for name in known if name in plan.written and variables[name].nbytes >= _DONATED_BYTES}
        self.written = plan.written
        self.samples: dict[Operation, int] = {}
        self.donates = bool(large)
        self._donated = tuple(name for name in known if name in large)
        self._kept = tuple(name for name in known if name not in large)
        constants = large_constants(plan)
        # Only 64-bit NumPy arrays need the wide mode at the call; everything else is on the device already.
        self._mode = jax.enable_x64 if any(a.dtype.itemsize == 8 and a.dtype.kind in "iufc" for a in feeds) else _narrow

        def step(donated: Any, kept: Any, constant_values: Any, fed: Any, offsets: Any) -> tuple[Any, Any]:
            state = dict(zip(self._donated + self._kept, (*donated, *kept), strict=True))
            streams = dict(zip(plan.random, offsets, strict=True))

            def draw(op: Operation, samples: int) -> tuple[int, int, Any]:
                self.samples[op] = samples
                low, high = streams[op].astype(jnp.uint64)
                return (*seeds(op), low | high << jnp.uint64(32))

            results = evaluate(program, jnp, fed, state, draw, dict(zip(constants, constant_values, strict=True)))
            return [jnp.asarray(r) for r in results], [state[name] for name in self.written]

        with jax.enable_x64(True):
            self._constants = [jnp.asarray(op.attr["value"]) for op in constants]
            arguments = (
                [variables[name] for name in self._donated],
                [variables[name] for name in self._kept],
                self._constants,
                list(feeds),
                np.zeros((len(plan.random), 2), np.uint32),
            )
            self._call = jax.jit(step, donate_argnums=0).lower(*arguments).compile()

    def __call__(
        self, variables: Mapping[str, Any], feeds: list[Any], offsets: np.ndarray[Any, Any]
    ) -> tuple[list[Any], list[Any]]:
        """Runs the program.

        Args:
            variables: the variables of the session.
            feeds: the fed values.
            offsets: uint32 words of the position of each random stream, shape `[streams, 2]`.

        Returns:
            The fetched values, and the new values of the variables in `written`.
        """
        with self._mode(True):
            result: tuple[list[Any], list[Any]] = self._call(
                [variables[name] for name in self._donated],
                [variables[name] for name in self._kept],
                self._constants,
                feeds,
                offsets,
            )
        return result


def large_constants(plan: Plan) -> list[Operation]:
    """The constants that are passed to a compiled program rather than compiled into it."""
    return [op for op in plan.operations if op.type == "Const" and op.attr["value"].nbytes >= _LARGE_CONSTANT_BYTES]


def _narrow(_: bool) -> contextlib.AbstractContextManager[None]:
    return contextlib.nullcontext()
