"""Who moves where when an index is made another way: the sentence, the picture, the table."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import pandas as pd
import streamlit as st

from govmaturity.analysis.what_if.moves import Moves, moves
from govmaturity.charts import what_if as charts
from govmaturity.report import tried as sentences
from govmaturity.scoring import Scores
from ui import widgets
from ui.view import View

MOST_ROWS: Final = 40


def finding(view: View, found: Moves) -> str:
    """What the picture shows, in words; simulated units are not named."""
    if not view.now.has_ranks:
        return sentences.finding_by_level(found, view.framework.width, view.language)
    return sentences.finding(found, None if view.is_simulated else view.names, view.language)


def nothing(view: View) -> str:
    """What the picture shows before anything is tried."""
    return view.say("what_if.nothing" if view.now.has_ranks else "what_if.nothing_levels")


def between(view: View, after: Scores) -> Moves:
    """The moves from the scores in view to others of the same units."""
    return moves(view.now, after)


def show(
    view: View,
    found: Moves,
    title: str,
    columns: tuple[str, str],
    *,
    period: str = "",
    is_half: bool = False,
) -> None:
    """Ranks before and after, or scores where ranks are not shown; a table of all moves."""
    if not found.units:
        return
    by_rank = view.now.has_ranks
    rows = found.furthest(MOST_ROWS, by_score=not by_rank)
    note = view.say("what_if.open_full", before=columns[0], after=columns[1])
    if len(found.units) > MOST_ROWS:
        note += "\n" + view.say("what_if.cut", n=len(found.units), shown=MOST_ROWS)
    if found.lost:
        note += "\n" + view.say("what_if.lost", n=found.lost)
    widgets.chart_with_table(
        view,
        charts.dumbbells(
            found,
            rows,
            view.names,
            replace(
                view.caption(
                    title,
                    unit=view.say("widgets.rank") if by_rank else None,
                    note=note,
                    is_half=is_half,
                ),
                period=period or view.period,
                units=len(found.units),
            ),
            by_rank=by_rank,
            scale=view.framework.scale,
        ),
        lambda: table(view, found, columns),
        "moves",
        columns=_columns(view, columns),
        on_click=widgets.open_unit(view),
        alt=finding(view, found),
    )


def _heads(view: View, key: str, columns: tuple[str, str]) -> list[str]:
    return [view.say("what_if.head", what=view.say(key), which=which) for which in columns]


def table(view: View, found: Moves, columns: tuple[str, str]) -> pd.DataFrame:
    """Every unit with rank, score and level before and after, who moves furthest first."""
    made: dict[str, Any] = {
        view.say("widgets.unit"): [view.names[unit] for unit in found.units],
    }
    if view.now.has_ranks:
        made |= dict(zip(_heads(view, "widgets.rank", columns), found.rank, strict=True))
        made[view.say("what_if.places")] = found.places
    made |= dict(zip(_heads(view, "cards.score", columns), found.score, strict=True))
    if (found.level > 0).any():
        levels = ([view.level_name(int(level)) for level in side] for side in found.level)
        made |= dict(zip(_heads(view, "charts.level", columns), levels, strict=True))
    frame = pd.DataFrame(made)
    if not view.now.has_ranks:
        return frame
    far = found.furthest(len(found.units))
    return frame.iloc[sorted(far, key=lambda row: -abs(int(found.places[row])))]


def _columns(view: View, columns: tuple[str, str]) -> dict[str, Any]:
    places = st.column_config.NumberColumn(format="%+d")
    numbers = widgets.number_columns(view, _heads(view, "cards.score", columns))
    return {**numbers, view.say("what_if.places"): places}
