"""Sessions. Mirrors `tf.Session` and `tf.InteractiveSession`."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any, Final, Self, TypeVar

from graphlab.execute.feed import fed_tensors
from graphlab.graph import context
from graphlab.graph.graph import Graph, get_default_graph
from graphlab.graph.tensor import Operation, Tensor
from graphlab.session.options import check_config, is_traced, record
from graphlab.session.runner import Runner
from graphlab.session.stepping import Stepper, chunks, joined
from graphlab.session.stepwise import Steps
from graphlab.session.store import Store

_MAX_RUNNERS: Final = 256

T = TypeVar("T")


class _BaseSession:
    """Runs operations of one graph and holds the values of its variables."""

    def __init__(self, target: str = "", graph: Graph | None = None, config: Any = None) -> None:
        """Makes a session.

        Args:
            target: must be empty: sessions run in this process.
            graph: the graph to run; default the default graph.
            config: a `tf.ConfigProto` that asks for soft placement, threads or memory, which are managed anyway.

        Raises:
            TypeError: `graph` is not a graph.
            NotImplementedError: a target is given, or the configuration asks for something else.
        """
        if target:
            raise NotImplementedError(
                f"Session target {target!r} is not supported; sessions run in this process. Leave it out."
            )
        check_config(config)
        if graph is not None and not isinstance(graph, Graph):
            raise TypeError(f"Argument `graph` must be a tf.Graph, but got type {type(graph).__name__!r}.")
        self.graph: Graph = graph or get_default_graph()
        self.store = Store()
        self._lock = threading.RLock()
        self._runners: dict[Any, Runner] = {}
        self._hot: dict[Any, Runner] = {}
        self._steppers: dict[Any, Stepper] = {}
        self._closed = False

    @property
    def graph_def(self) -> Any:
        """The graph as a `GraphDef` message."""
        return self.graph.as_graph_def()

    @property
    def sess_str(self) -> bytes:
        """The target; empty."""
        return b""

    def run(self, fetches: Any, feed_dict: Any = None, options: Any = None, run_metadata: Any = None) -> Any:
        """Evaluates what is fetched, each operation that it needs once. Mirrors `tf.Session.run`.

        Args:
            fetches: a tensor, operation, variable or name, or a nest (list, tuple, named tuple, dict) of them.
            feed_dict: maps tensors to the values that they have in this run.
            options: a `tf.RunOptions`; with `trace_level=tf.RunOptions.FULL_TRACE` the run is made node by node on
                NumPy, without hooks, and timed.
            run_metadata: a `tf.RunMetadata`, whose `step_stats` receive the times of a traced run.

        Returns:
            For each fetched tensor its value as a NumPy array or scalar, for each operation None, in the form of `fetches`.

        Raises:
            RuntimeError: the session is closed.
            TypeError: something cannot be fetched, fed or used as a key.
            ValueError: a fetch is not in the graph, or a fed value has the wrong shape.
            tf.errors.InvalidArgumentError: a placeholder is not fed, or an operation cannot work with its inputs.
            tf.errors.FailedPreconditionError: a variable is not initialised.
            NotImplementedError: the options ask for something else than a trace.
        """
        if options is None and run_metadata is None:
            try:
                runner = self._hot.get(_hot_key(fetches, feed_dict))
            except TypeError:
                runner = None
            if runner is not None and runner.hooks is self.graph.run_hooks:
                with self._lock:
                    return runner.run(tuple(feed_dict.values()) if feed_dict else ())
        return self._run(fetches, feed_dict, options, run_metadata)

    def _run(self, fetches: Any, feed_dict: Any, options: Any, run_metadata: Any) -> Any:
        """Runs what was not run before in exactly this way, with all checks."""
        if self._closed:
            raise RuntimeError("Attempted to use a closed Session. Make a new one with tf.Session().")
        if is_traced(options, run_metadata):
            with self._lock:
                return record(self.steps(fetches, feed_dict), run_metadata)
        feeds = fed_tensors(self.graph, feed_dict) if feed_dict else {}
        with self._lock:
            runner = self._runner(fetches, tuple(feeds))
            result = runner.run(tuple(feeds.values()))
            # Kept only after it has succeeded: what hooks may add depends on which variables are initialised.
            _keep(self._runners, (_key(fetches), *feeds), runner)
            with contextlib.suppress(TypeError):
                if len(feeds) == len(feed_dict or ()):
                    _keep(self._hot, _hot_key(fetches, feed_dict), runner)
            return result

    def _runner(self, fetches: Any, feeds: tuple[Tensor, ...]) -> Runner:
        """The runner for these fetches and feeds, with the hooks that the graph has now."""
        runner = self._runners.get((_key(fetches), *feeds))
        if runner is not None and runner.hooks is self.graph.run_hooks:
            return runner
        if not self.graph.version:
            raise RuntimeError(
                "The Session graph is empty. Add operations to the graph before calling run(). "
                "What was built before tf.reset_default_graph() is in another graph: build it again."
            )
        return Runner(self, fetches, feeds, self.graph.run_hooks)

    def make_callable(self, fetches: Any, feed_list: Any = None, accept_options: bool = False) -> Callable[..., Any]:
        """Returns a function that does one kind of run with less overhead. Mirrors `tf.Session.make_callable`.

        Args:
            fetches: what to fetch, see `run`.
            feed_list: the tensors to feed; the function takes their values as positional arguments.
            accept_options: not supported.

        Returns:
            A function from the fed values to the results.

        Raises:
            NotImplementedError: options are to be accepted.
        """
        if accept_options:
            raise NotImplementedError("make_callable(accept_options=True) is not supported; leave it out.")
        keys = list(feed_list or ())
        feeds = tuple(fed_tensors(self.graph, dict.fromkeys(keys)))
        runner = self._runner(fetches, feeds)

        def call(*values: Any) -> Any:
            nonlocal runner
            if len(values) != len(keys):
                raise TypeError(
                    f"This function takes {len(keys)} values, one for each fed tensor, but got {len(values)}."
                )
            if self._closed:
                raise RuntimeError("Attempted to use a closed Session. Make a new one with tf.Session().")
            with self._lock:
                if runner.hooks is not self.graph.run_hooks:
                    runner = self._runner(fetches, feeds)
                return runner.run(values)

        return call

    def run_steps(self, target: Any, steps: int | None = None, feeds: Any = None, metrics: Any = ()) -> Any:
        """Runs a training operation many times as one compiled loop: the fast form of a Python loop around `run`.

        Each step does what `run([target, metrics], feed_dict)` does, and hooks receive every step's values. The
        variables change when a loop is done: one loop for the whole of `feeds` if that is a dict of arrays, or for
        every 128 batches of an iterable.

        Args:
            target: the operation to run in each step.
            steps: how many steps; default as many as are fed.
            feeds: None, a dict from tensors to arrays whose first axis counts the steps, or an iterable of feed
                dicts, one for each step.
            metrics: tensors to return for each step, in any nest that `run` takes.

        Returns:
            The values of the metrics, each with a first axis that counts the steps, in the form of `metrics`.

        Raises:
            ValueError: nothing says how many steps to make, or the fed arrays have other lengths.
            RuntimeError: the session is closed.

        Example:
            >>> import numpy as np
            >>> import graphlab as tf
            >>> graph = tf.Graph()
            >>> with graph.as_default():
            ...     total = tf.Variable(0.0)
            ...     x = tf.placeholder(tf.float32, shape=())
            ...     update = tf.assign_add(total, x)
            ...     init = tf.global_variables_initializer()
            >>> with tf.Session(graph=graph) as sess:
            ...     sess.run(init)
            ...     print(sess.run_steps(update.op, feeds={x: np.array([1.0, 2.0, 3.0])}, metrics=update))
            [1. 3. 6.]
        """
        if self._closed:
            raise RuntimeError("Attempted to use a closed Session. Make a new one with tf.Session().")
        parts = []
        with self._lock:
            for tensors, stacked, count in chunks(self.graph, feeds, steps):
                fetches = (target, metrics)
                runner = self._runner(fetches, tensors)
                key = (_key(fetches), *tensors)
                stepper = self._steppers.get(key)
                if stepper is None or stepper.runner is not runner:
                    stepper = Stepper(runner)
                    _keep(self._steppers, key, stepper)
                parts.append(stepper.run(stacked, count))
                _keep(self._runners, key, runner)
        if not parts:
            raise ValueError("run_steps was fed no batch.")
        return runner.assemble(joined(parts))[1]

    def settle(self) -> bool:
        """Makes the steps that wait to be made together, unless the session is busy.

        Nobody needs this to see the effect of a step: whatever reads a variable makes them first. From any thread.

        Returns:
            Whether none waits.
        """
        if not self._lock.acquire(blocking=False):
            return False
        try:
            self.store.settle()
        finally:
            self._lock.release()
        return True

    def alone(self) -> contextlib.AbstractContextManager[Any]:
        """Keeps other threads' runs waiting within a `with` block."""
        return self._lock

    def steps(self, fetches: Any, feed_dict: Any = None) -> Steps:
        """Evaluates one run operation by operation, on NumPy: `run` to look at.

        Args:
            fetches: what to fetch, see `run`.
            feed_dict: maps tensors to the values that they have in this run.

        Returns:
            An iterator. Each step evaluates one operation and gives it with its values; when it is exhausted, its
            `result` is what `run` would have returned, and the session holds what the run assigned.

        Raises:
            RuntimeError: the session is closed.
            TypeError, ValueError: something cannot be fetched or fed.

        Example:
            >>> import graphlab as tf
            >>> graph = tf.Graph()
            >>> with graph.as_default():
            ...     total = tf.add(1.0, 2.0, name="total")
            >>> with tf.Session(graph=graph) as sess:
            ...     steps = sess.steps(total)
            ...     print([step.operation.name for step in steps], steps.result)
            ['total/x', 'total/y', 'total'] 3.0
        """
        if self._closed:
            raise RuntimeError("Attempted to use a closed Session. Make a new one with tf.Session().")
        return Steps(self, fetches, fed_tensors(self.graph, feed_dict) if feed_dict else {})

    def close(self) -> None:
        """Ends the session and forgets its variables."""
        self.settle()
        self._closed = True
        self._runners.clear()
        self._hot.clear()
        self._steppers.clear()
        self.store = Store()

    def as_default(self) -> contextlib.AbstractContextManager[Any]:
        """Makes this the default session of the thread within a `with` block, without closing it afterwards."""
        return context.sessions.entered(self)


class Session(_BaseSession):
    """Runs a graph. As a context manager it is the default session inside and closed afterwards."""

    def __init__(self, target: str = "", graph: Graph | None = None, config: Any = None) -> None:
        super().__init__(target, graph, config)
        self._entered: list[contextlib.ExitStack] = []

    def __enter__(self) -> Self:
        stack = contextlib.ExitStack()
        stack.enter_context(self.graph.as_default())
        stack.enter_context(self.as_default())
        self._entered.append(stack)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._entered.pop().__exit__(kind, error, trace)
        self.close()


class InteractiveSession(_BaseSession):
    """A session that is the default one from its creation to `close()`."""

    def __init__(self, target: str = "", graph: Graph | None = None, config: Any = None) -> None:
        super().__init__(target, graph, config)
        self._defaults = contextlib.ExitStack()
        if graph is not None:
            self._defaults.enter_context(graph.as_default())
        self._defaults.enter_context(self.as_default())

    def close(self) -> None:
        """Ends the session and stops being the default."""
        super().close()
        self._defaults.close()


def _keep(cache: dict[Any, T], key: Any, value: T) -> None:
    """Remembers a value, in the place of the oldest if there are too many."""
    if len(cache) >= _MAX_RUNNERS and key not in cache:
        cache.pop(next(iter(cache)))
    cache[key] = value


def _hot_key(fetches: Any, feed_dict: Any) -> Any:
    """A quick key for fetches and feeds; not hashable where the fetches are more than a list."""
    if type(fetches) is list:
        fetches = (list, *fetches)
    return (fetches, *feed_dict) if feed_dict else fetches


def _key(fetches: Any) -> Any:
    """A hashable stand-in for a nest of fetches."""
    if isinstance(fetches, (Tensor, Operation, str)):
        return fetches
    if isinstance(fetches, (list, tuple)):
        return (type(fetches), *[_key(f) for f in fetches])
    if isinstance(fetches, dict):
        return (dict, *[(k, _key(v)) for k, v in fetches.items()])
    convert = getattr(fetches, "_as_graph_element", None)
    return convert() if convert else id(fetches)
