"""What a link names that is not here: it is set back and said, never shown as something else."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterator, Mapping
from datetime import date

from govmaturity.analysis.what_if.changes import from_text
from govmaturity.framework.fields import fields
from govmaturity.framework.model import Framework
from govmaturity.intake.issues import CODES
from govmaturity.intake.table.periods import read_period
from govmaturity.scoring import Scores
from govmaturity.scoring.plan import EQUAL
from govmaturity.store.audit import ACTIONS
from govmaturity.store.known import Names
from govmaturity.store.suspicions import REVIEW_CODES
from govmaturity.units.registry import Registry
from ui.state import VOCABULARY, State, number

REGIONS = ("region", "region2")
PERIODS = ("period", "before", "until")
NUMBERS = ("target", "year")
NODES = ("node", "node2", "sort")
KEPT = ("version", "opened", "edition", "edition2")


def of_framework(
    now: State,
    framework: Framework,
    registry: Registry,
    figures: Collection[str],
    frameworks: Collection[str] = (),
) -> list[str]:
    """Names of the choices that neither the product, the framework nor the census knows."""
    known: dict[str, Container[str]] = {
        **VOCABULARY,
        "lens": framework.lenses,
        "profile": framework.profiles,
        "weights": (EQUAL, *framework.weight_sets),
        "against": figures,
        "framework2": frameworks,
        "traced": framework.indicators,
        **dict.fromkeys(REGIONS, registry),
    }
    nodes = {*framework.nodes, *(g.id for lens in framework.lenses.values() for g in lens.groups)}
    found = list(_unknown(now, {**known, **dict.fromkeys(NODES, nodes)}))
    if not set(now.listed("together")) <= set(figures):
        found.append("together")
    if any(region not in registry for region in now.listed("asked")):
        found.append("asked")
    try:
        from_text(now.tried, framework)
    except ValueError:
        found.append("tried")
    for name in NUMBERS:
        given = getattr(now, name)
        if given and number(given) is None:
            found.append(name)
    return found


def of_kept(now: State, find: Mapping[str, Callable[[str], object]]) -> list[str]:
    """Names of the choices that stand for what is not kept here, or not for this person.

    `find` has for each such choice how it is looked up; it gives None where there is none.
    """
    return [
        name
        for name, look in find.items()
        if getattr(now, name) and look(getattr(now, name)) is None
    ]


def of_store(now: State, framework: Framework, names: Callable[[], Names]) -> list[str]:
    """Names of the choices about what is kept that the store does not know.

    It is asked only where a link names something of it.
    """
    found = list(
        _unknown(
            now,
            {
                "reason": (*CODES, *REVIEW_CODES),
                "action": ACTIONS,
                "value": fields(framework),
            },
        )
    )
    if any(read_period(one) is None for one in now.listed("periods")):
        found.append("periods")
    if now.since and _date(now.since) is None:
        found.append("since")
    if any(getattr(now, name) for name in KEPT):
        known = names()
        found += _unknown(
            now,
            {
                "version": (str(framework.version), *known.versions.get(framework.id, ())),
                "opened": known.units,
                "edition": known.releases,
                "edition2": known.releases,
            },
        )
    return found


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def of_scores(now: State, scores: Scores) -> list[str]:
    """Names of the choices that the data, or the chosen lens and profile, do not have."""
    known: dict[str, Container[str]] = dict.fromkeys(PERIODS, scores.periods)
    known |= dict.fromkeys(NODES, scores.plan.nodes)
    found = list(_unknown(now, known))
    units = set(scores.units)
    found += [name for name in ("units", "brush") if set(now.listed(name)) - units]
    if now.page and not (now.page.isascii() and now.page.isdigit() and int(now.page) > 0):
        found.append("page")
    return found


def _unknown(now: State, known: dict[str, Container[str]]) -> Iterator[str]:
    for name, options in known.items():
        value = getattr(now, name)
        if value and value not in options:
            yield name
