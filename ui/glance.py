"""The parts of the page Overview, each for one region."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import streamlit as st

from govmaturity.analysis.change.moves import furthest, moves
from govmaturity.analysis.change.split import change_by_part
from govmaturity.analysis.completeness import completeness
from govmaturity.analysis.inequality import UndefinedMeasureError
from govmaturity.analysis.summary import rows_by_rank
from govmaturity.charts import change as change_charts
from govmaturity.charts import complete as complete_charts
from govmaturity.charts import overview as charts
from govmaturity.report import complete, findings, mapped
from govmaturity.report import trend as sentences
from govmaturity.scoring.rank import UNRANKED
from ui import start, state, trending, widgets
from ui.guard import page
from ui.view import View

MOST_ROWS = 20
MOST_MOVERS = 5


def show(view: View) -> None:
    """The finding, the levels, what changed, the dimensions, what is missing; regions side by side.

    Each part of two regions begins on the same line, so that like stands beside like.
    """
    _beside(view, _finding)
    _beside(view, _levels)
    st.subheader(view.say("trend.changed"), anchor=False)
    if view.earlier:
        _beside(view, _changed)
        # Who moved furthest is an order of names: it is not shown where only levels are.
        if view.now.has_ranks:
            _beside(view, _movers)
        st.page_link(
            page("trend"),
            label=view.say("overview.go_trend"),
            icon=":material/trending_up:",
            query_params=state.as_parameters(view.state),
        )
    else:
        st.caption(trending.why_nothing(view))
    st.subheader(view.say("overview.by_dimension"), anchor=False)
    _beside(view, _dimensions)
    st.subheader(view.say("overview.completeness"), anchor=False)
    _beside(view, _completeness)


def _beside(view: View, part: Callable[[View, str], None]) -> None:
    for place, (column, one) in enumerate(zip(st.columns(len(view.both)), view.both, strict=True)):
        with column:
            part(one, f"_{place}" if place else "")


def _finding(view: View, _suffix: str) -> None:
    widgets.show_finding(_sentence(view))
    # Above, the panel for newcomers says the same with more figures.
    if view.is_second or view.region2 or not start.is_open(view):
        st.markdown(widgets.plain(findings.widest_part(view.now, view.language)))


def _sentence(view: View) -> str:
    if view.is_simulated:
        return findings.overview_simulated(view.now, view.region_name(), view.language)
    return findings.overview(view.now, view.names, view.region_name(), view.language)


def _title(view: View, title: str) -> str:
    """A picture's title, which names the region where two stand side by side."""
    if view.region2 or view.is_second:
        return view.say("overview.of_region", region=view.region_name(), title=title)
    return title


def _levels(view: View, suffix: str) -> None:
    root = view.now.plan.root
    title = view.say("overview.levels_title", region=view.region_name())
    widgets.chart_with_table(
        view,
        charts.level_distribution(
            view.now, root, view.caption(title, unit=view.say("charts.axis_units"))
        ),
        lambda: charts.level_table(view.now, root, view.language),
        f"levels{suffix}",
        alt=_sentence(view),
    )


def _changed(view: View, _suffix: str) -> None:
    """How many rose and fell since the period before, and which dimensions brought it."""
    st.markdown(widgets.plain(_moved(view, _moves(view))))
    # What is not assessed counts in no mean.
    ranked = view.now.rows(view.now.rank_of(view.now.plan.root) > UNRANKED)
    try:
        found = change_by_part(view.at(view.earlier[0]), ranked)
    except UndefinedMeasureError:
        return
    if found is not None:
        names = {part: view.node_name(part) for part in found.parts}
        told = sentences.brought(found, names, view.language, view.framework.width)
        st.markdown(widgets.plain(view.say("overview.mean_change", n=found.n) + told))


def _moves(view: View) -> dict[str, float]:
    return moves(view.at(view.earlier[0]), view.now, view.now.plan.root)


def _moved(view: View, moved: dict[str, float]) -> str:
    words = {"node": view.node_name(view.now.plan.root), "now": view.period}
    return mapped.change(
        moved, view.language, view.framework.width, before=view.earlier[0], **words
    )


def _movers(view: View, suffix: str) -> None:
    """The units that moved furthest, up and down; the table has all."""
    moved, before, root = _moves(view), view.earlier[0], view.now.plan.root
    units, compared = furthest(moved, MOST_MOVERS), furthest(moved, len(moved))
    if not compared:
        return
    key = "overview.movers_title" if len(units) < len(compared) else "overview.moves_title"
    caption = view.caption(_title(view, view.say(key, n=MOST_MOVERS)))
    old, new = (
        dict(zip(map(str, scores.unit), scores.of(root), strict=True))
        for scores in (view.at(before), view.now)
    )
    table = pd.DataFrame(
        {
            view.say("widgets.unit"): [view.names[unit] for unit in compared],
            view.say("widgets.place"): [view.place_of(unit) for unit in compared],
            before: [old[unit] for unit in compared],
            view.period: [new[unit] for unit in compared],
            view.say("charts.change"): [moved[unit] for unit in compared],
        }
    )
    widgets.chart_with_table(
        view,
        change_charts.movers(
            moved,
            units,
            view.names,
            replace(caption, period=f"{before} – {view.period}", units=len(compared)),
            view.framework.width,
        ),
        lambda: table,
        f"movers{suffix}",
        columns={
            **widgets.number_columns(view, (before, view.period)),
            **widgets.number_columns(view, (view.say("charts.change"),), more=1),
        },
        on_click=widgets.open_unit(view),
        alt=_moved(view, moved),
    )


def _dimensions(view: View, suffix: str) -> None:
    has_ranks = view.now.has_ranks
    order = rows_by_rank(view.now, keys=None if has_ranks else view.order_of_names)
    shown = order
    if len(order) > 2 * MOST_ROWS:
        shown = [*order[:MOST_ROWS], *order[-MOST_ROWS:]]
        cut = "overview.heatmap_cut" if has_ranks else "overview.heatmap_cut_levels"
        st.caption(view.say(cut, n=len(order), shown=MOST_ROWS))
    title = "overview.heatmap_title" if has_ranks else "overview.heatmap_title_levels"
    widgets.chart_with_table(
        view,
        charts.parts_heatmap(
            view.now,
            shown,
            view.names,
            view.caption(_title(view, view.say(title))),
        ),
        lambda: widgets.parts_table(view),
        f"dimensions{suffix}",
        columns=widgets.score_columns(view),
        on_click=widgets.open_unit(view),
        alt=findings.widest_part(view.now, view.language),
    )


def _completeness(view: View, suffix: str) -> None:
    """Which values are there; a picture only where some are not."""
    found = completeness(view.now)
    told = complete.sentence(found, view.framework, view.language)
    st.markdown(widgets.plain(told))
    if not found.lacking:
        return
    share = st.column_config.NumberColumn(format="%.1f%%")
    title = _title(view, view.say("overview.lacking_title", n=complete_charts.shown(found)))
    widgets.chart_with_table(
        view,
        complete_charts.lacking_bars(
            found,
            view.framework,
            view.caption(title, unit=view.say("charts.axis_units")),
        ),
        lambda: complete.table(found, view.framework, view.language),
        f"lacking{suffix}",
        columns={view.say("overview.share_there"): share},
        on_click=widgets.open_indicator(view),
        alt=told,
    )
