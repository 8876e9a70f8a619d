"""`live.train`: a training loop in the background, with buttons beside its curve."""

from __future__ import annotations

import asyncio
import atexit
import threading
from collections.abc import Generator
from typing import Any

from IPython import get_ipython
from IPython.display import display

import graphlab
from labext.cells import current_cell
from labext.channel import Channel
from labext.live.contract import Tensor
from labext.live.training import Feed, TrainingLoop, find_learning_rate
from labext.widgets.scalar_plot import ScalarPlot
from labext.widgets.training_panel import TrainingPanel

_LOOK_S = 0.05


class TrainingRun:
    """A training loop that runs, as `live.train` returns it.

    ``await run`` in a later cell waits for its end, so that Run All works; so does ``run.wait()``.
    """

    def __init__(self, session: Any, target: Any, *, plot: ScalarPlot | None, **settings: Any) -> None:
        loops: list[TrainingLoop] = []

        def make_loop(channel: Channel) -> TrainingLoop:
            loops.append(TrainingLoop(session, target, touch=channel.touch, tell=channel.flush, **settings))
            return loops[0]

        self.plot = plot
        self.panel = TrainingPanel(make_loop, self._obey)
        self._shown_in: int | None = None
        self._loop = loops[0]
        self._thread = threading.Thread(target=self._train, name="labext-training", daemon=True)

    def __repr__(self) -> str:
        of = "" if self._loop.steps is None else f" of {self._loop.steps}"
        return f"TrainingRun({self._loop.state}, step {self._loop.step}{of})"

    def __await__(self) -> Generator[Any, None, TrainingRun]:
        """Waits for the end without blocking the kernel; an interrupt ends the waiting, and the training goes on.

        Raises:
            Exception: what a step has failed with.
        """
        return (yield from self._over().__await__())

    @property
    def state(self) -> str:
        """``running``, ``paused``, ``finished``, ``stopped`` or ``failed``.

        ``stepping`` until the steps that were asked for are made; ``pausing`` or ``stopping`` during a last step.
        """
        return self._loop.state

    @property
    def step_count(self) -> int:
        """How many steps have been made."""
        return self._loop.step

    def pause(self) -> None:
        """Holds before the next step."""
        self._loop.pause()

    def resume(self) -> None:
        """Goes on."""
        self._loop.resume()

    def step(self) -> None:
        """Makes one step and holds."""
        self._loop.make_step()

    def stop(self) -> None:
        """Ends the training before the next step."""
        self._loop.stop()

    @property
    def speed(self) -> float | None:
        """Most steps a second; None is full speed."""
        return self._loop.speed

    @speed.setter
    def speed(self, steps_per_s: float | None) -> None:
        self._loop.set_speed(steps_per_s)

    @property
    def learning_rate(self) -> float | None:
        """What the training was told to learn with; None leaves the graph's own."""
        return self._loop.learning_rate

    @learning_rate.setter
    def learning_rate(self, rate: float) -> None:
        self._loop.set_learning_rate(rate)

    def wait(self, timeout_s: float | None = None) -> TrainingRun:
        """Blocks until the training is over; an interrupt stops it.

        Raises:
            TimeoutError: it is not over in time.
            Exception: what a step has failed with.
        """
        try:
            if self._thread.is_alive():
                self._thread.join(timeout_s)
        except KeyboardInterrupt:
            self.stop()
            raise
        if self._thread.is_alive():
            raise TimeoutError(f"the training is still {self.state} at step {self.step_count}")
        if self._loop.error is not None:
            raise self._loop.error
        return self

    def start(self, *, in_background: bool) -> None:
        """Begins; in the background it returns at once."""
        if in_background:
            # An interpreter that ends under a thread which runs a compiled program aborts.
            atexit.register(self._end)
            self._thread.start()
        else:
            self._loop.run()
            self.wait()

    async def _over(self) -> TrainingRun:
        try:
            # The kernel's loop hears of an interrupt when it next has something to do.
            while self._thread.is_alive():
                await asyncio.sleep(_LOOK_S)
        except asyncio.CancelledError:
            raise asyncio.CancelledError("no longer waiting; the training goes on until run.stop()") from None
        return self.wait()

    def _train(self) -> None:
        try:
            self._loop.run()
        finally:
            atexit.unregister(self._end)

    def _end(self) -> None:
        self.stop()
        self._thread.join()

    def _ipython_display_(self) -> None:
        # `live.train` shows its run, also where that is the last expression of the cell.
        shell = get_ipython()
        execution = None if shell is None else shell.execution_count
        if execution is not None and execution == self._shown_in:
            return
        self._shown_in = execution
        display(self.panel)  # type: ignore[no-untyped-call]
        if self.plot is not None:
            display(self.plot)  # type: ignore[no-untyped-call]

    def _obey(self, command: dict[str, Any]) -> None:
        match command:
            case {"do": "pause"}:
                self.pause()
            case {"do": "resume"}:
                self.resume()
            case {"do": "step"}:
                self.step()
            case {"do": "stop"}:
                self.stop()
            case {"do": "speed", "value": None}:
                self.speed = None
            case {"do": "speed", "value": int(value) | float(value)}:
                self.speed = float(value)
            case {"do": "learning_rate", "value": int(value) | float(value)}:
                self.learning_rate = float(value)
            case _:
                raise ValueError(f"no such command: {command}")


def make_run(
    training_op: Any,
    plot: ScalarPlot | None,
    *,
    steps: int | None,
    feed: Feed,
    session: Any | None,
    learning_rate: Tensor | None,
    in_background: bool | None,
) -> TrainingRun:
    """Starts what `live.train` describes."""
    if steps is None and (feed is None or isinstance(feed, dict) or callable(feed)):
        raise ValueError("how many steps? Give steps=..., or an iterable of feed dicts")
    session = session or graphlab.get_default_session()
    if session is None:
        raise ValueError("no session: make one with tf.InteractiveSession(), or pass session=...")
    operation = getattr(training_op, "op", training_op)
    rate = learning_rate if learning_rate is not None else find_learning_rate(operation)
    run = TrainingRun(session, training_op, plot=plot, steps=steps, feed=feed, learning_rate=rate)
    if getattr(get_ipython(), "kernel", None) is not None:
        display(run)  # type: ignore[no-untyped-call]
    run.start(in_background=current_cell() is not None if in_background is None else in_background)
    return run
