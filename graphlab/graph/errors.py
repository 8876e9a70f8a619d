"""TensorFlow's error classes; each also derives from the Python built-in that users catch."""

from __future__ import annotations

from typing import Any, ClassVar


class OpError(Exception):
    """An error raised while a graph is built or run. Mirrors `tf.errors.OpError`.

    Attributes:
        op: the operation that failed, or None.
        node_def: the `NodeDef` of that operation, or None.
        message: what happened and what to do.
        error_code: TensorFlow's status code.
    """

    code: ClassVar[int] = 2

    def __init__(self, node_def: Any, op: Any, message: str, *_: Any) -> None:
        super().__init__(message)
        self.node_def = node_def
        self.op = op
        self.message = message

    @property
    def error_code(self) -> int:
        """TensorFlow's status code, for example 3 for INVALID_ARGUMENT."""
        return self.code

    def __str__(self) -> str:
        return self.message


class InaccessibleTensorError(ValueError):
    """A tensor of a branch or loop is used outside of it."""


class CancelledError(OpError):
    """The run was cancelled."""

    code = 1


class UnknownError(OpError, RuntimeError):
    """The cause is not known."""

    code = 2


class InvalidArgumentError(OpError, ValueError):
    """An operation received a value that it cannot work with."""

    code = 3


class DeadlineExceededError(OpError, TimeoutError):
    """The time given for an operation has passed."""

    code = 4


class NotFoundError(OpError, LookupError):
    """A file, a variable or another named thing does not exist."""

    code = 5


class AlreadyExistsError(OpError, ValueError):
    """The thing to be made is there already."""

    code = 6


class PermissionDeniedError(OpError, PermissionError):
    """The caller may not do this."""

    code = 7


class ResourceExhaustedError(OpError, MemoryError):
    """Memory or another resource has run out."""

    code = 8


class FailedPreconditionError(OpError, RuntimeError):
    """The state does not allow this yet, for example reading a variable that is not initialised."""

    code = 9


class AbortedError(OpError, RuntimeError):
    """The operation was given up."""

    code = 10


class OutOfRangeError(OpError, IndexError):
    """A value or position lies outside the valid range."""

    code = 11


class UnimplementedError(OpError, NotImplementedError):
    """The operation is not there."""

    code = 12


class InternalError(OpError, RuntimeError):
    """Something that should always hold does not."""

    code = 13


class UnavailableError(OpError, ConnectionError):
    """The service cannot be reached now."""

    code = 14


class DataLossError(OpError, OSError):
    """Data is damaged or lost."""

    code = 15
