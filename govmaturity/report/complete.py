"""How complete the data are, in words and as a table."""

from __future__ import annotations

import pandas as pd

from govmaturity.analysis.completeness import Completeness
from govmaturity.framework.model import Framework
from govmaturity.texts import Language, numbers, say
from govmaturity.values.raw import REPORTED
from govmaturity.values.table import STATUSES


def sentence(found: Completeness, framework: Framework, language: Language) -> str:
    """How many units have all values, what share is there, what is missing most."""
    if not found.counts[:, REPORTED].any():
        return say("findings.no_values", language)
    if not found.lacking:
        told = say("findings.complete", language, n=found.units, indicators=len(found.indicators))
        return told + _without(found, language)
    most = found.lacking[0]
    return (
        say(
            "findings.incomplete",
            language,
            full=found.full,
            n=found.units,
            share=numbers.share(found.share, language),
            coverage=numbers.share(found.coverage, language),
        )
        + say(
            "findings.lacks_most",
            language,
            indicator=framework.nodes[found.indicators[most]].name.in_(language),
            share=numbers.share(1 - float(found.shares[most]), language),
        )
        + _without(found, language)
    )


def _without(found: Completeness, language: Language) -> str:
    return say("findings.unscored", language, n=found.unscored) if found.unscored else ""


def table(found: Completeness, framework: Framework, language: Language) -> pd.DataFrame:
    """One row per indicator, those that lack most first: the share there, counts by status."""
    rest = [place for place in range(len(found.indicators)) if place not in found.lacking]
    order = [*found.lacking, *rest]
    ids = [found.indicators[place] for place in order]
    columns: dict[str, object] = {
        say("overview.code", language): ids,
        say("overview.indicator", language): [
            framework.nodes[id_].name.in_(language) for id_ in ids
        ],
        say("overview.share_there", language): 100 * found.shares[order],
    }
    for code, status in enumerate(STATUSES):
        columns[say(f"overview.status_{status}", language)] = found.counts[order, code]
    return pd.DataFrame(columns)
