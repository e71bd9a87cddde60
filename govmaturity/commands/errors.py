"""How a command ends when it cannot do what was asked."""

from __future__ import annotations

from collections.abc import Sequence


class FaultError(Exception):
    """The data or the framework is at fault; the lines say how."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(lines))


class UsageError(Exception):
    """A wrong use of the command line."""
