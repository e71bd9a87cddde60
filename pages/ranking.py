"""Who stands where?"""

import math

import streamlit as st

from govmaturity.analysis.summary import contributions, rows_by_rank
from govmaturity.charts import overview as charts
from govmaturity.report import findings
from ui import sure, widgets
from ui.frame import frame

MOST_BARS = 40

view = frame("ranking")
scores = view.now

if view.is_simulated:
    widgets.show_finding(findings.overview_simulated(scores, view.region_name(), view.language))
else:
    widgets.show_finding(findings.overview(scores, view.names, view.region_name(), view.language))

wanted = st.text_input(view.say("ranking.filter"), placeholder=view.say("ranking.filter_hint"))
rows = [row for row in rows_by_rank(scores) if widgets.matches(view, str(scores.unit[row]), wanted)]
if not rows:
    st.info(view.say("ranking.none_found", text=wanted))
    st.stop()

pages = math.ceil(len(rows) / MOST_BARS)
page = st.pagination(pages, key="ranking_page") if pages > 1 else 1
here = rows[(page - 1) * MOST_BARS : page * MOST_BARS]
parts = contributions(scores)
title = view.say("ranking.title", region=view.region_name())
note = view.say("ranking.stacked_note" if parts else "ranking.plain_note")
widgets.chart_with_table(
    view,
    charts.ranking_bars(scores, here, view.names, parts, view.caption(title, note=note)),
    lambda: widgets.parts_table(view, rows),
    "ranking",
    columns=widgets.score_columns(view),
    on_click=widgets.open_unit(view),
)

found = sure.ranges(view)
if found is not None and not view.is_simulated:
    ranked = [row for row in here if found.is_ranked[row]]
    st.caption(view.say("robustness.note"))
    sure.intervals(view, found, ranked, "intervals")
