"""A training loop that can be held, slowed and stopped while it runs."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal

Feed = dict[Any, Any] | Callable[[int], dict[Any, Any]] | Iterable[dict[Any, Any]] | None
State = Literal["running", "pausing", "paused", "stepping", "stopping", "finished", "stopped", "failed"]


class TrainingLoop:
    """Runs a training operation again and again, and obeys in between.

    All methods may be called from any thread; they take effect before the next step.

    Args:
        session: runs the steps.
        target: what to run.
        steps: how many steps to make; None makes as many as are fed.
        feed: what to feed: the same dict each time, a function from the number of the step, or one dict after another.
        learning_rate: the tensor that `set_learning_rate` feeds; None if there is none.
        touch: called after each step; must be cheap.
        tell: called after each change of another kind.
    """

    def __init__(
        self,
        session: Any,
        target: Any,
        *,
        steps: int | None,
        feed: Feed,
        learning_rate: Any | None,
        touch: Callable[[], None],
        tell: Callable[[], object],
    ) -> None:
        self.step = 0
        self.steps = steps
        self.version = 1
        self.learning_rate: float | None = None
        self.speed: float | None = None
        self.error: BaseException | None = None
        self._session = session
        self._target = target
        self._feeds = _feeds(feed)
        self._rate_tensor = learning_rate
        self._touch = touch
        self._tell = tell
        self._wake = threading.Condition()
        self._state: State = "running"
        self._is_held = False
        self._single_steps = 0
        self._is_stopping = False

    @property
    def state(self) -> State:
        """What it does now; ``pausing`` and ``stopping`` until the step is over during which it was told to hold or end."""
        if self._is_stopping and not self.is_over:
            return "stopping"
        return "pausing" if self._is_held and self._state == "running" else self._state

    @property
    def is_over(self) -> bool:
        """Whether there will be no further step."""
        return self._state in ("finished", "stopped", "failed")

    def pause(self) -> None:
        """Holds before the next step."""

        def change() -> None:
            self._is_held = True

        self._change(change)

    def resume(self) -> None:
        """Goes on."""

        def change() -> None:
            self._is_held = False
            self._single_steps = 0
            self._set("running")

        self._change(change)

    def make_step(self) -> None:
        """Makes one step and holds."""

        def change() -> None:
            self._is_held = True
            self._single_steps += 1
            self._set("stepping")

        self._change(change)

    def stop(self) -> None:
        """Ends the loop before the next step."""

        def change() -> None:
            self._is_stopping = True

        self._change(change)

    def set_speed(self, steps_per_s: float | None) -> None:
        """Makes no more than so many steps a second; None runs at full speed.

        Raises:
            ValueError: it is not positive.
        """
        if steps_per_s is not None and not steps_per_s > 0:
            raise ValueError(f"the speed must be positive or None, not {steps_per_s}; pause() holds the loop")

        def change() -> None:
            self.speed = steps_per_s

        self._change(change)

    def set_learning_rate(self, rate: float) -> None:
        """Trains with another learning rate from the next step on.

        Raises:
            ValueError: nothing tells which tensor the learning rate is.
        """
        if self._rate_tensor is None:
            raise ValueError(
                "this training has no learning rate to change: name its tensor, as in "
                "live.train(..., learning_rate=tensor)"
            )

        def change() -> None:
            self.learning_rate = rate

        self._change(change)

    def run(self) -> None:
        """Makes the steps; returns when they are made, stopped or failed."""
        try:
            self._run()
        except BaseException as error:  # noqa: BLE001 - told to whoever waits
            self.error = error
            self._set("failed")
        self._change(lambda: None)

    def describe(self, _since: int) -> dict[str, Any]:
        """Returns the present in plain JSON."""
        return {
            "state": self.state,
            "step": self.step,
            "steps": self.steps,
            "speed": self.speed,
            "learningRate": self.learning_rate,
            "hasLearningRate": self._rate_tensor is not None,
            "message": "" if self.error is None else f"{type(self.error).__name__}: {self.error}",
        }

    def _run(self) -> None:
        due_s = time.monotonic()
        while self.steps is None or self.step < self.steps:
            if not self._may_step(due_s):
                self._set("stopped")
                return
            try:
                feed = self._feeds(self.step)
            except StopIteration:
                break
            if self.learning_rate is not None:
                feed = {**(feed or {}), self._rate_tensor: self.learning_rate}
            due_s = max(due_s + (1 / self.speed if self.speed else 0), time.monotonic())
            self._session.run(self._target, feed)
            self.step += 1
            self.version += 1
            self._touch()
        self._set("finished")

    def _may_step(self, due_s: float) -> bool:
        """Waits until the next step may be made; False if there is to be none."""
        if not self._is_held and self.speed is None and not self._is_stopping:
            return True
        with self._wake:
            while not self._is_stopping:
                if not self._is_held:
                    wait_s = due_s - time.monotonic() if self.speed else 0
                    if wait_s <= 0:
                        return True
                    self._wake.wait(wait_s)
                elif self._single_steps:
                    self._single_steps -= 1
                    return True
                else:
                    # Also after a step that was asked for: the channel would send it after every plot's points.
                    if self._state != "paused":
                        self._change(lambda: self._set("paused"))
                    self._wake.wait()
        return False

    def _set(self, state: State) -> None:
        if not self.is_over:
            self._state = state

    def _change(self, change: Callable[[], None]) -> None:
        with self._wake:
            change()
            self.version += 1
            self._wake.notify_all()
        self._tell()


def _feeds(feed: Feed) -> Callable[[int], dict[Any, Any] | None]:
    if feed is None or isinstance(feed, dict):
        return lambda _step: feed
    if callable(feed):
        return feed
    batches: Iterator[dict[Any, Any]] = iter(feed)
    return lambda _step: next(batches)


def find_learning_rate(operation: Any) -> Any | None:
    """Returns the tensor that an optimizer keeps the learning rate of a training operation in; None if it has none."""
    seen = set()
    waiting = [operation]
    while waiting:
        op = waiting.pop()
        if op.name in seen:
            continue
        seen.add(op.name)
        if op.name.rpartition("/")[2] == "learning_rate" and op.type == "Const":
            return op.outputs[0]
        waiting += [*getattr(op, "control_inputs", ()), *(tensor.op for tensor in op.inputs)]
    return None
