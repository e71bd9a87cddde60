"""What a receipt does to scores, levels and ranks: a picture for several units, figures for one."""

from __future__ import annotations

import streamlit as st

from govmaturity.charts.theme import Caption
from govmaturity.charts.what_if import dumbbells
from govmaturity.store.effect import moves_of
from govmaturity.store.receipt import Part, Receipt
from govmaturity.store.receipt_tables import effects_table, without_empty
from govmaturity.store.receipt_words import sentence
from govmaturity.texts import numbers
from ui import widgets
from ui.view import Frame

# A picture of more units than these cannot be read.
_MOST_DRAWN = 40


def show(view: Frame, receipt: Receipt) -> None:
    """What becomes of score, level and rank: figures for one unit, a picture for several."""
    if len(receipt.parts) == 1:
        _effect_of_one(view, receipt.parts[0])
        return
    st.subheader(view.say("receipt.effect"), anchor=False)
    table = without_empty(effects_table(receipt, view.language, view.placed_name))
    if not view.has_ranks:
        heads = [view.say(f"receipt.column_rank_{side}") for side in ("before", "after")]
        table = table.drop(columns=heads, errors="ignore")
    periods = sorted({part.period for part in receipt.parts})
    found = moves_of(part for part in receipt.parts if part.period == periods[-1])
    if not found.units:
        columns = _score_columns(view)
        widgets.table_with_downloads(view, table, "receipt_effects", columns)
        return
    rows = found.furthest(_MOST_DRAWN, by_score=True)
    caption = Caption(
        title=view.say("receipt.effect_title"),
        unit_of_measure=view.say("charts.points"),
        period=periods[-1],
        units=len(found.units),
        source=view.say("receipt.effect_source"),
        is_simulated=receipt.is_simulated,
        language=view.language,
        note=view.say("receipt.effect_note", shown=len(rows), n=len(found.units)),
    )
    widgets.chart_with_table(
        view,
        dumbbells(
            found,
            rows,
            {unit: view.placed_name(unit) for unit in found.units},
            caption,
            by_rank=False,
            scale=view.framework.scale,
        ),
        lambda: table,
        "receipt_effects",
        columns=_score_columns(view),
        alt=sentence(receipt, view.framework, view.language, view.placed_name),
    )


def _score_columns(view: Frame) -> dict[str, object]:
    heads = (view.say(f"receipt.column_score_{side}") for side in ("before", "after"))
    return widgets.number_columns(view, heads)


def _effect_of_one(view: Frame, part: Part) -> None:
    nan = float("nan")
    sides = (part.before, part.after)
    told = {
        "score": [view.score_text(nan if one.score is None else one.score) for one in sides],
        "level": [view.level_name(one.level or 0) for one in sides],
    }
    if view.has_ranks:
        told["rank"] = [str(one.rank or numbers.NOTHING) for one in sides]
    for column, (name, words) in zip(st.columns(len(told)), told.items(), strict=True):
        column.metric(
            view.say(f"receipt.{name}", n=part.after.ranked),
            " → ".join(words) if part.base else words[1],
            border=True,
        )
