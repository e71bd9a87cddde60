"""The parts of the page Overview."""

from __future__ import annotations

import numpy as np
import streamlit as st

from govmaturity.analysis import trend
from govmaturity.analysis.summary import rows_by_rank
from govmaturity.charts import overview as charts
from govmaturity.report import complete, findings, mapped, moved
from ui import state, widgets
from ui.frame import View
from ui.guard import page

MOST_ROWS = 20


def start(view: View) -> None:
    """What is measured, where the widest gap is, where to upload; gone once it is closed."""
    if view.state.start == "closed":
        return
    with st.container(border=True):
        st.markdown(
            view.say(
                "overview.start",
                framework=widgets.plain(view.words(view.framework.name)),
                parts=len(view.scores.plan.parts),
                indicators=len(view.scores.plan.indicators),
                units=len(view.now.unit),
                widest=widgets.plain(findings.widest_part(view.now, view.language)),
            )
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            for name in ("map", "method", "submit"):
                st.page_link(
                    page(name),
                    label=view.say(f"overview.go_{name}"),
                    query_params=state.as_parameters(view.state),
                )
            st.button(
                view.say("overview.close_start"),
                key="close_start",
                on_click=state.change,
                kwargs={"start": "closed"},
                type="tertiary",
                icon=":material/close:",
            )


def show(view: View, suffix: str = "") -> None:
    """One region: the finding, the levels, what changed, and every unit by dimension."""
    scores, language = view.now, view.language
    if view.is_simulated:
        finding = findings.overview_simulated(scores, view.region_name(), language)
    else:
        finding = findings.overview(scores, view.names, view.region_name(), language)
    widgets.show_finding(finding)
    st.markdown(widgets.plain(findings.widest_part(scores, language)))
    st.markdown(widgets.plain(complete.sentence(scores, language)))
    _levels(view, finding, suffix)
    _changed(view, suffix)
    _heatmap(view, suffix)


def _levels(view: View, finding: str, suffix: str) -> None:
    root = view.now.plan.root
    title = view.say("overview.levels_title", region=view.region_name())
    widgets.chart_with_table(
        view,
        charts.level_distribution(
            view.now, root, view.caption(title, unit=view.say("charts.axis_units"))
        ),
        lambda: charts.level_table(view.now, root, view.language),
        f"levels{suffix}",
        alt=finding,
    )


def _changed(view: View, suffix: str) -> None:
    """What has changed since the period before, where there is one."""
    if not view.earlier:
        return
    before, root, width = view.earlier[0], view.now.plan.root, view.framework.width
    earlier = view.at(before)
    old = dict(zip(map(str, earlier.unit), earlier.of(root).tolist(), strict=True))
    changes = {
        str(unit): score - old.get(str(unit), np.nan)
        for unit, score in zip(view.now.unit, view.now.of(root).tolist(), strict=True)
    }
    words = {"node": view.node_name(root), "before": before, "now": view.period}
    st.markdown(f"**{widgets.plain(mapped.change(changes, view.language, width, **words))}**")
    table = trend.progress(view.all_periods, root, before, view.period)
    st.markdown(widgets.plain(moved.states(table, before, view.period, view.language)))
    st.page_link(
        page("trend"),
        label=view.say("overview.go_trend"),
        icon=":material/trending_up:",
        query_params=state.as_parameters(view.state),
        help=view.say("pages.trend_question") if not suffix else None,
    )


def _heatmap(view: View, suffix: str) -> None:
    order = rows_by_rank(view.now)
    shown = order
    if len(order) > 2 * MOST_ROWS:
        shown = [*order[:MOST_ROWS], *order[-MOST_ROWS:]]
        st.caption(view.say("overview.heatmap_cut", n=len(order), shown=MOST_ROWS))
    widgets.chart_with_table(
        view,
        charts.parts_heatmap(
            view.now, shown, view.names, view.caption(view.say("overview.heatmap_title"))
        ),
        lambda: widgets.parts_table(view),
        f"dimensions{suffix}",
        columns=widgets.score_columns(view),
        on_click=widgets.open_unit(view),
        alt=findings.widest_part(view.now, view.language),
    )
