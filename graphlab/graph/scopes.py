"""Names made unique, and the scopes that are open in a thread: name, control dependencies, device, colocation."""

from __future__ import annotations

import re
import threading
from typing import Any, Final

_OP_NAME: Final = re.compile(r"^[A-Za-z0-9.][A-Za-z0-9_.\\/>-]*$")
_SCOPE_NAME: Final = re.compile(r"^[A-Za-z0-9_.\\/>-]*$")


class OpenScopes(threading.local):
    """The scopes that are open in the current thread of one graph."""

    def __init__(self) -> None:
        self.name = ""
        self.controllers: list[Controller] = []
        self.devices: list[Any] = []
        self.colocated: list[Any] = []
        self.container = ""
        self.labels: dict[str, Any] = {}
        self.flow: Any = None


class Controller:
    """One `control_dependencies` block: what to wait for, and which ops were made inside."""

    __slots__ = ("inputs", "members")

    def __init__(self, inputs: list[Any]) -> None:
        self.inputs = inputs
        self.members: set[Any] = set()


class Names:
    """The names in use in one graph; uniqueness ignores case."""

    def __init__(self) -> None:
        self._next: dict[str, int] = {}

    def unique(self, name: str, mark: bool = True) -> str:
        """Returns `name`, or `name_1`, `name_2`, ... if it is taken; `mark` takes it."""
        key = name.lower()
        count = self._next.get(key, 0)
        if mark:
            self._next[key] = count + 1
        if count == 0:
            return name
        candidate = f"{key}_{count}"
        while candidate in self._next:
            count += 1
            candidate = f"{key}_{count}"
        if mark:
            self._next[key] = count + 1
            self._next[candidate] = 1
        return f"{name}_{count}"

    def take(self, name: str) -> None:
        """Marks a name as used."""
        self._next.setdefault(name.lower(), 1)


def check_op_name(name: str) -> None:
    """Raises ValueError unless `name` may name an operation."""
    if not _OP_NAME.match(name):
        raise ValueError(
            f"'{name}' is not a valid node name. Accepted names conform to Regex /{_OP_NAME.pattern}/: "
            "start with a letter, digit or dot; then letters, digits and any of . _ - / > \\"
        )


def check_scope_name(name: str, is_root: bool) -> None:
    """Raises ValueError unless `name` may name a scope, at the root or inside another one."""
    pattern = _OP_NAME if is_root else _SCOPE_NAME
    if not pattern.match(name):
        raise ValueError(
            f"'{name}' is not a valid {'root ' if is_root else ''}scope name. A {'root ' if is_root else ''}scope name has to "
            f"match the following pattern: {pattern.pattern}"
        )
