"""Who stands where?"""

import numpy as np
import streamlit as st

from govmaturity.analysis.summary import contributions
from govmaturity.charts import overview as charts
from govmaturity.report import findings
from ui import widgets
from ui.frame import frame

MOST_BARS = 40

view = frame("ranking")
scores = view.now

if view.is_simulated:
    widgets.show_finding(findings.overview_simulated(scores, view.region_name(), view.language))
else:
    widgets.show_finding(findings.overview(scores, view.names, view.region_name(), view.language))

wanted = st.text_input(view.say("ranking.filter"), placeholder=view.say("ranking.filter_hint"))
units = [unit for unit in widgets.units_of(scores) if widgets.matches(view, unit, wanted)]
if not units:
    st.info(view.say("ranking.none_found", text=wanted))
    st.stop()

pages = -(-len(units) // MOST_BARS)
page = st.pagination(pages, key="ranking_page") if pages > 1 else 1
here = units[(page - 1) * MOST_BARS : page * MOST_BARS]
rows = [int(np.flatnonzero(scores.unit == unit)[0]) for unit in here]
parts = contributions(scores)
title = view.say("ranking.title", region=view.region_name())
note = view.say("ranking.stacked_note" if parts else "ranking.plain_note")
widgets.chart_with_table(
    view,
    charts.ranking_bars(scores, rows, view.names, parts, view.caption(title, note=note)),
    widgets.parts_table(view, units),
    "ranking",
    columns=widgets.score_columns(view),
    on_unit=lambda clicked: clicked if clicked in view.names else None,
)
