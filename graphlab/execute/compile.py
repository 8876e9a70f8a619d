"""Compiles a program for given feed shapes and variables into one XLA executable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import jax
import jax.numpy as jnp
import numpy as np

from graphlab.execute.program import Program, evaluate
from graphlab.graph.tensor import Operation

_LARGE_CONSTANT_BYTES: Final = 4096


class Compiled:
    """A program compiled for one set of feed shapes and variable shapes.

    Calling it with the current variables gives the fetched values and the new values of the written variables,
    whose old buffers it takes over.
    """

    def __init__(self, program: Program, feeds: Sequence[np.ndarray[Any, Any]], state: Mapping[str, Any]) -> None:
        """Compiles.

        Args:
            program: the program.
            feeds: arrays with the shapes and types of the fed values.
            state: the variables of the session.

        Raises:
            jax.errors.JAXTypeError: a shape depends on values that are known only while the program runs.
            jax.errors.JAXIndexError: likewise.
        """
        plan = program.plan
        known = [name for name in plan.variables if name in state]
        self.written = plan.written
        self._donated = tuple(name for name in known if name in plan.written)
        self._kept = tuple(name for name in known if name not in plan.written)
        self._constants = tuple(
            op for op in plan.operations if op.type == "Const" and op.attr["value"].nbytes >= _LARGE_CONSTANT_BYTES
        )
        self.samples: dict[Operation, int] = {}
        seeds = {op: (op.attr["seed"], op.attr["seed2"]) for op in plan.random}
        position = {op: i for i, op in enumerate(plan.random)}

        def step(donated: Any, kept: Any, constants: Any, fed: Any, offsets: Any) -> tuple[Any, Any]:
            variables = dict(zip(self._donated + self._kept, (*donated, *kept), strict=True))

            def draw(op: Operation, samples: int) -> tuple[int, int, Any]:
                self.samples[op] = samples
                pair = offsets[position[op]].astype(jnp.uint64)
                return (*seeds[op], pair[0] | pair[1] << jnp.uint64(32))

            results = evaluate(program, jnp, fed, variables, draw, dict(zip(self._constants, constants, strict=True)))
            return tuple(jnp.asarray(r) for r in results), tuple(variables[name] for name in self.written)

        with jax.enable_x64(True):
            self._arguments_on_device = tuple(_device_constant(op) for op in self._constants)
            arguments = (
                tuple(state[name] for name in self._donated),
                tuple(state[name] for name in self._kept),
                self._arguments_on_device,
                tuple(feeds),
                np.zeros((len(plan.random), 2), np.uint32),
            )
            self._call = jax.jit(step, donate_argnums=0).lower(*arguments).compile()

    def __call__(
        self, feeds: Sequence[Any], state: Mapping[str, Any], offsets: np.ndarray[Any, Any]
    ) -> tuple[Sequence[Any], Sequence[Any]]:
        """Runs the program.

        Args:
            feeds: the fed values.
            state: the variables.
            offsets: uint32 words of the position of each random stream, shape `[streams, 2]`.

        Returns:
            The fetched values and the new values of the variables in `written`.
        """
        with jax.enable_x64(True):
            result: tuple[Sequence[Any], Sequence[Any]] = self._call(
                tuple([state[name] for name in self._donated]),
                tuple([state[name] for name in self._kept]),
                self._arguments_on_device,
                tuple(feeds),
                offsets,
            )
        return result


def _device_constant(op: Operation) -> Any:
    return jnp.asarray(op.attr["value"])
