"""Why the store does not do what was asked: a code and values; the sentences are in `texts`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from govmaturity.texts import Language, say

_SHOWN: Final = 10


class StoreError(Exception):
    """What was asked cannot be done; nothing was changed.

    `code` is the end of a key of the catalogue `store`, `slots` what its
    sentence needs. Lists are shown to their first ten.
    """

    def __init__(self, code: str, **slots: object) -> None:
        self.code = code
        self.slots = slots
        super().__init__(code, slots)

    def __str__(self) -> str:
        return self.message("en")

    def message(self, language: Language) -> str:
        """What is wrong and what to do, for the person who asked."""
        slots = {name: _shown(value, language) for name, value in self.slots.items()}
        return say(f"store.{self.code}", language, **slots)


class NotAllowedError(StoreError):
    """The person lacks the role, or the unit is not theirs."""

    def __init__(self, code: str, **slots: object) -> None:
        super().__init__(f"not_allowed_{code}", **slots)


class NotFoundError(StoreError):
    """There is no such thing, or none that this person may see."""

    def __init__(self, what: str, id_: object) -> None:
        super().__init__(f"unknown_{what}", id=id_)


class RefusedError(StoreError):
    """The state of things does not allow it; the sentence says what would."""


def _shown(value: object, language: Language) -> object:
    if isinstance(value, str | int | float) or not isinstance(value, Iterable):
        return value
    listed = [str(one) for one in value]
    more = ["…"] if len(listed) > _SHOWN else []
    return say("store.between", language).join([*listed[:_SHOWN], *more])
