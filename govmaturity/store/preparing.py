"""What a file changes, unit by unit, from which values, and what that does to scores and ranks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy import Connection

from govmaturity.framework.model import Framework
from govmaturity.store.base import Base
from govmaturity.store.effect import standings
from govmaturity.store.figures import Key, StoredValue, UnitValues, as_values, load
from govmaturity.store.people import Person
from govmaturity.store.receipt import Part, differences, overlaid
from govmaturity.store.states import Submission, submissions
from govmaturity.values.table import Values


def held_values(connection: Connection, sent: Iterable[Submission]) -> dict[Key, UnitValues]:
    """The values of the latest revisions."""
    by_id = {one.revision: (one.unit, one.period) for one in sent}
    return {by_id[id_]: values for id_, values in load(connection, list(by_id)).items()}


def parts_of(
    given: Mapping[Key, tuple[StoredValue, ...]],
    sent: Mapping[Key, Submission],
    held: Mapping[Key, UnitValues],
) -> tuple[tuple[Part, ...], tuple[Key, ...]]:
    """What changes by unit and period; what was returned counts as sent again even unchanged."""
    parts, unchanged = [], []
    for key, values in sorted(given.items()):
        before = held.get(key)
        changes, same = differences(before.values if before else {}, values)
        submission = sent.get(key)
        if changes or (same and submission and submission.state in ("returned", "reopened")):
            number = submission.number if submission else 0
            parts.append(Part(*key, base=number, changes=changes, same=same))
        else:
            unchanged.append(key)
    return tuple(parts), tuple(unchanged)


def with_effect(
    framework: Framework,
    parts: tuple[Part, ...],
    given: Mapping[Key, tuple[StoredValue, ...]],
    attributes: Mapping[str, dict[str, str]],
    sent: Mapping[Key, Submission],
    held: Mapping[Key, UnitValues],
) -> tuple[Part, ...]:
    keys = [(part.unit, part.period) for part in parts]
    periods = {period for _, period in keys}
    own = set(keys)
    # Of others what was returned does not count; one's own last word does.
    compared = {
        key: values
        for key, values in held.items()
        if key[1] in periods and (key in own or sent[key].state != "returned")
    }
    after = dict(compared)
    for key in keys:
        whole = overlaid(held.get(key), given[key])
        about = attributes.get(key[0]) or attributes_of(held.get(key))
        after[key] = UnitValues(whole, about)
    before_, after_ = (standings(framework, one, keys) for one in (compared, after))
    return tuple(
        replace(part, before=before_[key], after=after_[key])
        for part, key in zip(parts, keys, strict=True)
    )


def latest_values(base: Base, person: Person, framework: str, version: str) -> Values | None:
    """The values of the latest revisions of all units that the person sees; None without any.

    What an official finds in a template beside the cells to fill in: what was
    sent last, whether it was returned or approved.
    """
    with base.reader.begin() as connection:
        mine = [one for one in submissions(connection, framework, version) if person.sees(one.unit)]
        held = held_values(connection, mine)
    return as_values(held) if held else None


def attributes_of(values: UnitValues | None) -> dict[str, str]:
    return dict(values.attributes) if values else {}
