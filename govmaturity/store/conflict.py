"""Two people who change one unit: the second is told what the first has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from govmaturity.store.errors import StoreError
from govmaturity.store.receipt import Change


@dataclass(frozen=True)
class Conflict:
    """A unit and period of which another revision came in since the receipt was prepared.

    `base` and `current` are numbers of revisions; `changes` is what the one
    in between changed, by whom and when.
    """

    unit: str
    period: str
    base: int
    current: int
    by_name: str
    at: str
    changes: tuple[Change, ...]


class ConflictError(StoreError):
    """Nothing was written: prepare the receipt again, from the revisions that are there now."""

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        self.conflicts = tuple(conflicts)
        where = [f"{one.unit} {one.period} ({one.by_name}, {one.at})" for one in conflicts]
        super().__init__("conflict", where=where)
