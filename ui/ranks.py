"""The parts of the page Ranking: the order, the page of it, and its picture."""

from __future__ import annotations

import math
from collections.abc import Sequence

import streamlit as st

from govmaturity.analysis.summary import contributions, rows_by_rank
from govmaturity.charts import overview as charts
from govmaturity.report import findings
from ui import choices, loaders, state, widgets
from ui.view import View

MOST_BARS = 40


def controls(view: View) -> tuple[str, str]:
    """What the order follows, and what somebody looks for."""
    left, right = st.columns(2)
    with left:
        sort = widgets.node_choice(view, "sort", view.say("ranking.sort"))
    with right:
        hint = view.say("ranking.filter_hint")
        wanted = choices.text(view.state, "search", view.say("ranking.filter"), hint)
    return sort, wanted


def rows(view: View, sort: str, wanted: str) -> list[int]:
    """Rows that answer to a text, in the order of a node's rank, else of level and name."""
    keys = None if view.now.has_ranks else view.order_of_names
    answer = set(loaders.unit_index(view.scores.units, view.key[0]).find(wanted))
    return [row for row in rows_by_rank(view.now, sort, keys) if str(view.now.unit[row]) in answer]


def show(view: View, sort: str, wanted: str, suffix: str = "") -> None:
    """The finding, one page of bars, and all of them as a table."""
    scores = view.now
    sentence = (
        findings.overview_simulated(scores, view.region_name(), view.language)
        if view.is_simulated
        else findings.overview(scores, view.names, view.region_name(), view.language)
    )
    widgets.show_finding(sentence)
    found = rows(view, sort, wanted)
    if not found:
        st.info(view.say("ranking.none_found", text=wanted))
        return
    parts = contributions(scores)
    note = view.say("ranking.stacked_note" if parts else "ranking.plain_note")
    if not scores.has_ranks:
        note += "\n" + view.say("ranking.by_level")
    elif sort != scores.plan.root:
        note += "\n" + view.say("ranking.sorted_note", node=view.node_name(sort))
    title = view.say("ranking.title", region=view.region_name())
    widgets.chart_with_table(
        view,
        charts.ranking_bars(
            scores,
            _page(view, found, suffix),
            view.names,
            parts,
            view.caption(title, note=note),
            by=sort,
        ),
        lambda: widgets.parts_table(view, found),
        f"ranking{suffix}",
        columns=widgets.score_columns(view),
        on_click=widgets.open_unit(view),
        alt=sentence,
    )


def _page(view: View, found: Sequence[int], suffix: str) -> Sequence[int]:
    pages = math.ceil(len(found) / MOST_BARS)
    key = f"ranking_page{suffix}"
    page = min(int(view.state.page or 1), pages)
    if pages > 1:
        st.session_state[key] = page
        st.pagination(pages, key=key, on_change=_turned, args=(key,))
    return found[(page - 1) * MOST_BARS : page * MOST_BARS]


def _turned(key: str) -> None:
    page = st.session_state[key]
    state.change(page="" if page == 1 else str(page))
