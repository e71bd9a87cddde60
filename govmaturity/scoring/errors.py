"""A method that lacks what it needs: which node, which units, which value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from govmaturity.texts import Language, say

SHOWN: Final = 10


class MethodError(ValueError):
    """The values do not allow a method that the framework chooses.

    Parameters
    ----------
    code : str
        Its sentence lives in the catalogue `scoring`.
    node : str
        The indicator or group.
    method : str
    found : str
        What stands in the way.
    places : sequence of str
        The units (with their periods) it was found in; the first ten are
        named, with how many there are.
    expected : str
        What the method needs, where that is a figure.
    """

    def __init__(
        self,
        code: str,
        node: str,
        method: str,
        found: str = "",
        places: Sequence[str] = (),
        expected: str = "",
    ) -> None:
        self.code = code
        self.node = node
        self.method = method
        self.found = found
        self.places = tuple(places)
        self.expected = expected
        super().__init__(self.message("en"))

    def message(self, language: Language) -> str:
        """The whole sentence: which node and method, what was found where, what is needed."""
        sentence = say(
            f"scoring.{self.code}",
            language,
            node=self.node,
            method=self.method,
            found=self.found,
            expected=self.expected,
        )
        if not self.places:
            return sentence
        more = ", …" if len(self.places) > SHOWN else ""
        where = ", ".join(self.places[:SHOWN]) + more
        return say(
            "scoring.at_places", language, sentence=sentence, where=where, n=len(self.places)
        )
