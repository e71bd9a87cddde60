"""How far are we, and how unequal?"""

import streamlit as st

from govmaturity.analysis.summary import rows_by_rank
from govmaturity.charts import overview as charts
from govmaturity.report import findings
from ui import widgets
from ui.frame import frame

MOST_ROWS = 20

view = frame("overview")
scores, language = view.now, view.language
root = scores.plan.root

if view.is_simulated:
    finding = findings.overview_simulated(scores, view.region_name(), language)
else:
    finding = findings.overview(scores, view.names, view.region_name(), language)
widgets.show_finding(finding)
st.markdown(widgets.plain(findings.widest_part(scores, language)))

title = view.say("overview.levels_title", region=view.region_name())
widgets.chart_with_table(
    view,
    charts.level_distribution(
        scores, root, view.caption(title, unit=view.say("charts.axis_units"))
    ),
    lambda: charts.level_table(scores, root, language),
    "levels",
)

order = rows_by_rank(scores)
shown = order
if len(order) > 2 * MOST_ROWS:
    shown = [*order[:MOST_ROWS], *order[-MOST_ROWS:]]
    cut = "overview.heatmap_cut" if scores.has_ranks else "overview.heatmap_cut_levels"
    st.caption(view.say(cut, n=len(order), shown=MOST_ROWS))
title = "overview.heatmap_title" if scores.has_ranks else "overview.heatmap_title_levels"
widgets.chart_with_table(
    view,
    charts.parts_heatmap(scores, shown, view.names, view.caption(view.say(title))),
    lambda: widgets.parts_table(view),
    "dimensions",
    columns=widgets.score_columns(view),
    on_click=widgets.open_unit(view),
)
