"""What trying another way of making an index shows, as sentences."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from govmaturity.analysis.what_if.method_and_data import MethodAndData
from govmaturity.analysis.what_if.moves import Moves
from govmaturity.texts import Language, numbers, say


def finding(found: Moves, names: Mapping[str, str] | None, language: Language) -> str:
    """How many units change rank, how well the orders fit, who moves furthest, who changes level.

    Parameters
    ----------
    found : Moves
    names : mapping of unit to str or None
        None where no unit is to be named.
    language : {"zh", "en"}
    """
    n = len(found.units)
    if not n:
        return say("what_if.nobody", language)
    if not found.moved:
        return say("what_if.same", language, n=n) + _levels(found, language)
    sentence = say("what_if.finding", language, n=n, moved=found.moved)
    if found.order is not None:
        tau = numbers.signed(found.order.kendall, language, 2)
        sentence += say("what_if.tau", language, tau=tau)
    if names is not None:
        far = found.furthest(1)[0]
        before, after = map(int, found.rank[:, far])
        sentence += say(
            "what_if.furthest",
            language,
            name=names[found.units[far]],
            before=before,
            after=after,
        )
    return sentence + _levels(found, language)


def finding_by_level(found: Moves, width: float, language: Language) -> str:
    """The same without ranks: how many units change level, and how far scores move."""
    if not found.units:
        return say("what_if.nobody", language)
    far = float(np.abs(found.score[1] - found.score[0]).mean())
    points = numbers.score(far, language, width)
    told = say("what_if.points", language, n=len(found.units), points=points)
    return told + _levels(found, language)


def _levels(found: Moves, language: Language) -> str:
    has_levels = bool((found.level > 0).any(axis=1).all())
    return say("what_if.relevelled", language, n=found.relevelled) if has_levels else ""


def parts_of_places(found: MethodAndData, language: Language) -> str:
    """How far units move in rank on average, whichever way, and how far by either alone."""
    method, data, total = (
        numbers.decimal(float(np.abs(part).mean()), language)
        for part in (found.method, found.data, found.total)
    )
    return say(
        "what_if.split_places",
        language,
        n=len(found.units),
        total=total,
        method=method,
        data=data,
    )


def parts(found: MethodAndData, width: float, language: Language) -> str:
    """The mean change of scores, and how much of it is the method and how much the data."""
    method, data, total = (
        numbers.change(float(part.mean()), language, width)
        for part in (found.method, found.data, found.total)
    )
    return say(
        "what_if.split",
        language,
        n=len(found.units),
        total=total,
        method=method,
        data=data,
    )
