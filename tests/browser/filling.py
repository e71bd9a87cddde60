"""A store with a life behind it, for screens to show: sent, doubted, returned, approved, published.

Made of the simulated sample, with figures spoilt on purpose in its last period.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from functools import cache
from itertools import count
from pathlib import Path

from govmaturity.framework.load import load_framework
from govmaturity.framework.model import Framework
from govmaturity.store.people import LOCAL, Person
from govmaturity.store.service import Store, open_store

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data" / "samples" / "SIMULATED-county-digital-government.csv"
FRAMEWORK = ROOT / "indicators" / "county-digital-government.yaml"
PERIOD = "2024"
TIANHE, YUEXIU, LIWAN, PANYU, HUADU = "440106", "440104", "440103", "440113", "440114"
SENDER = Person("wang", "王芳", frozenset({"official"}), None)
REVIEWERS = tuple(
    Person(id_, name, frozenset({"reviewer"}), None)
    for id_, name in (("li", "李军"), ("he", "何梅"))
)
# What is wrong, by unit and column: typed in ten thousands, a digit too many, a part beyond
# its whole's usual share.
SPOILT: Mapping[str, Mapping[str, str]] = {
    TIANHE: {"population": "224.2", "G2.3": "2.1"},
    YUEXIU: {"cloud_vcpu": "48210"},
    LIWAN: {"D2.4": "1.1", "share_days_total": "61930"},
    PANYU: {"staff_trained": "9"},
}
RUBRICS = ("G1.2", "G2.1")


def fill(home: Path) -> None:
    """Put the store into a folder; nothing happens where there is one with submissions."""
    store = open_store(home, _ticking())
    try:
        if not store.submissions.all(LOCAL):
            _fill(store)
    finally:
        store.close()


@cache
def framework() -> Framework:
    return load_framework(FRAMEWORK)


def _fill(store: Store) -> None:
    rows = list(csv.DictReader(io.StringIO(SAMPLE.read_text("utf-8-sig"))))
    by_period = {period: [row for row in rows if row["period"] == period] for period in _years()}
    # A year before the sample's first, as high as its last, so that there is a history to
    # jump from, in which steady growth is no jump.
    first = [row | {"period": "2021"} for row in by_period[PERIOD]]
    for period, sent in {"2021": first, **by_period}.items():
        if period != PERIOD:
            _send(store, sent)
            _approve(store, period)
    _publish(
        store, "2023", "数字政府成熟度2023年初步结果", "Digital-government maturity 2023, first"
    )
    _correct(store, by_period["2023"])
    _publish(store, "2023", "数字政府成熟度2023年", "Digital-government maturity 2023")
    now = [row | SPOILT.get(row["code"], {}) for row in by_period[PERIOD]]
    store.collections.set_up(
        LOCAL,
        framework().id,
        str(framework().version),
        PERIOD,
        units=[row["code"] for row in now],
    )
    _send(store, now[:-2])
    _review(store)


def send_again(
    store: Store,
    unit: str,
    cells: Mapping[str, str],
    period: str = PERIOD,
    person: Person = SENDER,
) -> None:
    """Another revision of a unit's values, with some cells changed."""
    rows = csv.DictReader(io.StringIO(SAMPLE.read_text("utf-8-sig")))
    row = next(row for row in rows if (row["code"], row["period"]) == (unit, period))
    _send(store, [row | dict(cells)], person)


def _years() -> tuple[str, ...]:
    return ("2022", "2023", PERIOD)


def _send(store: Store, rows: list[dict[str, str]], person: Person = SENDER) -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    name = f"SIMULATED-{rows[0]['period']}.csv"
    receipt = store.submissions.prepare(person, framework(), out.getvalue().encode(), name).receipt
    store.submissions.acknowledge(
        person,
        receipt.id,
        justifications={one.key: "已与台账核对" for one in receipt.to_justify},
        leaves_out=receipt.left_out,
        removes=receipt.removes,
    )


def _approve(store: Store, period: str) -> None:
    waiting = store.submissions.all(LOCAL, framework().id, str(framework().version), period)
    store.reviews.approve(REVIEWERS[0], {one.id: one.number for one in waiting})


def _publish(store: Store, period: str, zh: str, en: str) -> None:
    store.releases.publish(
        LOCAL,
        framework().id,
        str(framework().version),
        [period],
        title={"zh": zh, "en": en},
        licence="CC-BY-4.0",
    )


def _correct(store: Store, rows: list[dict[str, str]]) -> None:
    """Two units correct what was published."""
    for unit, column, figure in ((HUADU, "D2.4", "4.5"), (PANYU, "G1.2", "1")):
        found = _submission(store, unit, "2023")
        store.reviews.reopen(REVIEWERS[0], found, 1, "该值与台账不符，请更正")
        row = next(row for row in rows if row["code"] == unit)
        _send(store, [row | {column: figure}])
        store.reviews.approve(REVIEWERS[0], {found: 2})


def _review(store: Store) -> None:
    """What reviewers have done in the last period: talked, scored, returned, approved."""
    tianhe = _submission(store, TIANHE)
    store.reviews.say(REVIEWERS[0], tianhe, "常住人口是不是以“万人”填的？", "population")
    store.reviews.say(SENDER, tianhe, "正在核对统计公报。", "population")
    known = {one.unit: one for one in store.submissions.all(LOCAL, period=PERIOD)}
    for place, one in enumerate(list(known.values())[:8]):
        for id_ in RUBRICS:
            for step, person in enumerate(REVIEWERS):
                level = float((place + step * (place % 3 == 0)) % 4 + 1)
                store.ratings.rate(person, one.id, 1, id_, level)
    store.evidence.add_link(SENDER, tianhe, "G1.2", "https://www.example.gov.cn/plan-2024.html")
    store.evidence.add_file(SENDER, tianhe, "population", b"%PDF-1.7 example", "公报.pdf")
    returned = _submission(store, HUADU)
    store.reviews.send_back(REVIEWERS[1], returned, 1, "请补充第三方测评报告")
    queue = store.queue(LOCAL, framework().id, str(framework().version), PERIOD)
    clear = [item.submission for item in queue[-6:]]
    store.reviews.approve(REVIEWERS[1], {one.id: one.number for one in clear})


def _submission(store: Store, unit: str, period: str = PERIOD) -> int:
    return next(one.id for one in store.submissions.all(LOCAL, period=period) if one.unit == unit)


def _ticking() -> Callable[[], str]:
    """A clock that moves a second at each look, so that pages always look the same."""
    seconds = count()
    return lambda: (
        f"2025-03-03T{9 + (n := next(seconds)) // 3600:02}:{n // 60 % 60:02}:{n % 60:02}.000Z"
    )
