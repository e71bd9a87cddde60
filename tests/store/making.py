"""A store in a folder of its own, people, and files of values, made on the spot."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from govmaturity.framework.model import Framework
from govmaturity.store.people import Person
from govmaturity.store.receipt import Receipt
from govmaturity.store.service import Store
from govmaturity.store.states import Submission
from tests.making import entered, framework_of, group, leaf, levels, words

TIANHE, YUEXIU, HAIZHU = "440106", "440104", "440105"
UNITS = (TIANHE, YUEXIU, HAIZHU)

OFFICIAL = Person("wang", "Wang", frozenset({"official"}), frozenset(UNITS))
NEIGHBOUR = Person("zhou", "Zhou", frozenset({"official"}), frozenset({YUEXIU}))
REVIEWER = Person("li", "Li", frozenset({"reviewer"}), None)
SECOND = Person("sun", "Sun", frozenset({"reviewer"}), None)
ADMINISTRATOR = Person("zhao", "Zhao", frozenset({"administrator"}), frozenset())
READER = Person("anybody", "anybody", frozenset({"reader"}))

Cells = Mapping[str, Mapping[str, object]]


@cache
def small_framework(version: str = "1") -> Framework:
    rubric = {
        "measure": "rubric",
        "rubric": {1: words("none"), 2: words("some"), 3: words("all")},
        "source": words("s"),
    }
    return framework_of(
        group(
            "root",
            leaf("a", source=words("s"), valid={"min": 0, "max": 100}, required=True),
            leaf("b", source=words("s")),
            leaf("r", 1, 3, **rubric),
        ),
        levels=levels(0, 50, 100),
        inputs=entered("people"),
        version=version,
    )


def csv_of(cells: Cells, period: str = "2024") -> bytes:
    """A wide file: a row per unit, its cells by column; None is blank."""
    columns = list(dict.fromkeys(name for row in cells.values() for name in row))
    lines = [",".join(("unit", "period", *columns))]
    for unit, row in cells.items():
        said = ["" if row.get(name) is None else str(row[name]) for name in columns]
        lines.append(",".join((unit, period, *said)))
    return ("\n".join(lines) + "\n").encode()


def acknowledged(store: Store, person: Person, receipt: Receipt, why: str = "checked") -> Receipt:
    """The receipt with every answer and consent given."""
    return store.submissions.acknowledge(
        person,
        receipt.id,
        justifications={one.key: why for one in receipt.to_justify},
        leaves_out=receipt.left_out,
        removes=receipt.removes,
    )


def send(
    store: Store,
    cells: Cells,
    period: str = "2024",
    person: Person = OFFICIAL,
    framework: Framework | None = None,
) -> Receipt:
    """Prepare a file and acknowledge its receipt."""
    prepared = store.submissions.prepare(
        person, framework or small_framework(), csv_of(cells, period), "values.csv"
    )
    return acknowledged(store, person, prepared.receipt)


def submission_of(store: Store, unit: str, period: str = "2024", version: str = "1") -> Submission:
    found = store.submissions.all(ADMINISTRATOR, "made", version, period)
    return next(one for one in found if one.unit == unit)


def approve(store: Store, unit: str, period: str = "2024", person: Person = REVIEWER) -> None:
    found = submission_of(store, unit, period)
    store.reviews.approve(person, {found.id: found.number})
