"""Lets an interrupt end a run even if it comes while Python collects garbage."""

from __future__ import annotations

import functools
import gc
import operator
from typing import Final

import jax
from jaxlib import _jax

_MODULE: Final = f"{jax.__name__}._src.lib"
_CALLBACK: Final = "_xla_gc_callback"


class _Collector:
    """Has an attribute for each phase of a collection; reading one lets JAX collect."""

    collect = staticmethod(_jax.collect_garbage)
    start = stop = property(operator.methodcaller("collect"))


def let_interrupts_through() -> None:
    """Puts a callable without Python code in the place of JAX's callback of the garbage collector.

    JAX's is a Python function. An interrupt that comes during a collection, or while XLA computes and its results set
    one off, is raised where that function begins, and Python drops what a callback raises: the interrupt is lost
    (https://github.com/jax-ml/jax/issues/18246). Where JAX has no such callback, nothing is done.
    """
    for index, callback in enumerate(gc.callbacks):
        if (getattr(callback, "__module__", ""), getattr(callback, "__name__", "")) == (_MODULE, _CALLBACK):
            # It is called with the phase and a dictionary, which is the default value of an attribute that exists.
            gc.callbacks[index] = functools.partial(getattr, _Collector())
