"""Scores as files, and the codebook that explains their columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from govmaturity import __version__
from govmaturity.framework.model import Framework, Group, Indicator
from govmaturity.intake.issues import Issue
from govmaturity.report.steps import imputed_below, step_sheets
from govmaturity.report.tables import Format, as_file, as_xlsx, made_at
from govmaturity.scoring import Scores
from govmaturity.scoring.normalise.apply import direction, goalposts
from govmaturity.texts import Language, say
from govmaturity.values.raw import NOT_APPLICABLE, REPORTED, SUPPRESSED
from govmaturity.values.table import SIMULATED

NameOf = Callable[[str], str]


def scores_file(
    scores: Scores,
    format_: Format,
    language: Language,
    *,
    name_of: NameOf | None = None,
    issues: pd.DataFrame | None = None,
    is_simulated: bool = False,
) -> bytes:
    """Return scores in one of the formats of `govmaturity.report.tables`.

    Parameters
    ----------
    scores : Scores
    format_ : {"csv", "xlsx", "parquet", "json"}
        xlsx has the sheets Scores, Normalised, Raw, Issues and About, and one
        for each step that changed something (`step_sheets`); the others hold
        the rows of `scores_table`.
    language : {"zh", "en"}
        Of names and of the sheet About.
    name_of : callable, optional
        Gives the name of a unit; with it two columns of names are added.
    issues : DataFrame, optional
        For the sheet Issues.
    is_simulated : bool
        Whether the values are simulated; then every row says so.
    """
    table = scores_table(scores, language, name_of=name_of, is_simulated=is_simulated)
    if format_ != "xlsx":
        return as_file(table, format_)
    return as_xlsx(
        {
            "Scores": table,
            "Normalised": wide(scores, "normalised"),
            "Raw": wide(scores, "raw"),
            **step_sheets(scores),
            "Issues": issues if issues is not None else pd.DataFrame(),
            "About": about(scores, language, is_simulated),
        }
    )


def scores_table(
    scores: Scores,
    language: Language,
    *,
    name_of: NameOf | None = None,
    is_simulated: bool = False,
) -> pd.DataFrame:
    """Return the rows of `Scores.table`, with names and the mark of simulated data if asked.

    Where values were imputed a column `imputed` counts them below each node.
    """
    table = scores.table()
    if name_of is not None:
        nodes = {node: scores.plan.name(node).in_(language) for node in scores.plan.shown}
        table["unit_name"] = table["unit"].map({unit: name_of(unit) for unit in scores.units})
        table["node_name"] = table["node"].map(nodes)
    if scores.imputed.any():
        table["imputed"] = imputed_below(scores)
    if is_simulated:
        table["data_note"] = SIMULATED
    return table


def wide(scores: Scores, what: str) -> pd.DataFrame:
    """Return one row per unit and period, one column per indicator.

    Parameters
    ----------
    scores : Scores
    what : {"raw", "normalised"}
        Raw values in their units of measure, or scores on the framework's
        scale. Raw values that are not there are blank, `n/a` (does not apply)
        or `*` (suppressed), as they can be entered.
    """
    table = pd.DataFrame({"unit": scores.unit, "period": scores.period})
    columns = {}
    for place, id_ in enumerate(scores.plan.indicators):
        if what == "normalised":
            columns[id_] = scores.of(id_)
            continue
        status = scores.raw.status[place]
        column = scores.raw.value[place]
        if np.isin(status, [NOT_APPLICABLE, SUPPRESSED]).any():
            column = column.astype(object)
            column[status != REPORTED] = None
            column[status == NOT_APPLICABLE] = "n/a"
            column[status == SUPPRESSED] = "*"
        columns[id_] = column
    return pd.concat([table, pd.DataFrame(columns)], axis=1)


def issues_table(issues: Iterable[Issue], language: Language) -> pd.DataFrame:
    """Return one row per finding about the files: how serious, where, and the sentence."""
    rows = [
        {
            "severity": issue.severity,
            "code": issue.code,
            "sheet": issue.sheet,
            "cells": " ".join(issue.cells),
            "unit": issue.unit,
            "indicator": issue.indicator,
            "message": issue.message(language),
        }
        for issue in issues
    ]
    columns = ["severity", "code", "sheet", "cells", "unit", "indicator", "message"]
    return pd.DataFrame(rows, columns=columns, dtype="str")


def about(scores: Scores, language: Language, is_simulated: bool) -> pd.DataFrame:
    """Return what a reader of the file must know: framework, choices, count, source, version."""
    framework = scores.framework
    made = made_at()
    facts = {
        "framework": f"{framework.name.in_(language)} ({framework.id} {framework.version})",
        "fingerprint": framework.fingerprint,
        "source": framework.source.in_(language),
        "weights": scores.plan.weights or "",
        "profile": scores.plan.profile or "",
        "lens": scores.plan.lens or "",
        "periods": ", ".join(scores.periods),
        "units": str(len(scores.units)),
        "rows": str(len(scores.unit) * len(scores.plan.shown)),
        "software": f"govmaturity {__version__}",
        "made_at": f"{made:%Y-%m-%d %H:%M:%S} UTC" if made else "",
        "data_note": SIMULATED if is_simulated else "",
    }
    return pd.DataFrame(
        {
            "item": [say(f"export.{fact}", language) for fact in facts],
            "value": list(facts.values()),
        }
    )


def codebook(framework: Framework) -> pd.DataFrame:
    """Return one row per node, input and checklist item: what each id means and how it counts."""
    rows = []
    for id_, node in framework.nodes.items():
        row = {
            "id": id_,
            "kind": "group" if isinstance(node, Group) else "indicator",
            "parent": framework.parents.get(id_, ""),
            "name_zh": node.name.zh,
            "name_en": node.name.en,
            "weight": node.weight,
        }
        rows.append(row | (_indicator_row(framework, node) if isinstance(node, Indicator) else {}))
        for item in node.checklist if isinstance(node, Indicator) else ():
            rows.append(
                {
                    "id": f"{id_}.{item.id}",
                    "kind": "item",
                    "parent": id_,
                    "name_zh": item.name.zh,
                    "name_en": item.name.en,
                    "measure": "yes_no",
                }
            )
    for id_, entered in framework.inputs.items():
        rows.append(
            {
                "id": id_,
                "kind": "input",
                "name_zh": entered.name.zh,
                "name_en": entered.name.en,
                "measure": entered.measure,
                "unit_zh": entered.unit_of_measure.zh,
                "unit_en": entered.unit_of_measure.en,
            }
        )
    return pd.DataFrame(rows)


def _indicator_row(framework: Framework, indicator: Indicator) -> dict[str, object]:
    setting = framework.settings[indicator.id]
    ends = goalposts(framework, indicator)
    ratio = indicator.ratio
    source = indicator.source or framework.source
    return {
        "measure": indicator.measure,
        "unit_zh": indicator.unit_of_measure.zh,
        "unit_en": indicator.unit_of_measure.en,
        "direction": direction(framework, indicator),
        "normalise": setting.normalise.method,
        "worst": ends[0] if ends else None,
        "best": ends[1] if ends else None,
        "goalposts_proposed": bool(indicator.goalposts and indicator.goalposts.proposed),
        "of": " + ".join(ratio.numerator) if ratio else "",
        "to": " + ".join(ratio.denominator) if ratio else "",
        "times": ratio.times if ratio else None,
        "definition_zh": indicator.definition.zh if indicator.definition else "",
        "definition_en": indicator.definition.en if indicator.definition else "",
        "source_zh": source.zh,
        "source_en": source.en,
        "cite": "; ".join(f"{cite.document}: {cite.point.en}" for cite in indicator.cite),
    }
