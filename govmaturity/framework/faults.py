"""What is wrong with a framework file, place by place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from govmaturity.texts import Language, say

Path = tuple[str | int, ...]
TYPES = ("text", "number", "whole number", "true or false", "mapping", "list", "fraction")


@dataclass(frozen=True)
class Fault:
    """One finding: a code and values; its sentence lives in the catalogue `framework`.

    `path` is the place in the document (keys and list positions), `line` the
    line of the file, from 1; 0 where the fault belongs to no line.
    """

    code: str
    path: Path
    found: str
    expected: str
    file: str = ""
    line: int = 0
    slots: dict[str, Any] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """The path as people write it: `tree.children[2].goalposts`."""
        written = ""
        for step in self.path:
            written += f"[{step}]" if isinstance(step, int) else f".{step}" if written else step
        return written

    def message(self, language: Language) -> str:
        """The whole sentence: what is wrong, what was found and expected, and where."""
        expected = self.expected or "-"
        if self.code == "wrong_type" and expected in TYPES:
            expected = say(f"framework.type_{expected.replace(' ', '_')}", language)
        sentence = say(
            f"framework.{self.code}", language, found=self.found, expected=expected, **self.slots
        )
        where = say(
            "framework.where" if self.line else "framework.where_file",
            language,
            file=self.file,
            line=self.line,
            place=self.place,
        )
        return say("framework.message", language, sentence=sentence, where=where)


class FrameworkError(ValueError):
    """A framework that cannot be used, with every fault found."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(fault.message("en") for fault in self.faults))
