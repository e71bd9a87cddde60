"""What about this one?"""

import numpy as np
import streamlit as st

from govmaturity.analysis.summary import most_lost
from govmaturity.charts import overview as ladder
from govmaturity.charts import unit as charts
from govmaturity.report import findings
from govmaturity.scoring.explain import is_additive
from ui import cards, comparing, lab, method, sure, sure_parts, widgets
from ui.frame import frame

MOST_LOST = 10

view = frame("unit")
scores, language = view.now, view.language
root = scores.plan.root
unit = widgets.unit_choice(view, "unit_choice")
row = int(np.flatnonzero(scores.unit == unit)[0])
name = view.names[unit]

told = findings.unit(scores, row, name, language, is_simulated=view.is_simulated)
widgets.show_finding(told)
for sentence in findings.holding_back(scores, row, language):
    st.warning(widgets.plain(sentence), icon=":material/vertical_align_top:")

sure.of_unit(view, row)
lab.of_unit(view, row)
sure_parts.of_unit(view, row)

if view.framework.levels:
    before = cards.level_before_gates(scores, row)
    widgets.chart_with_table(
        view,
        ladder.level_ladder(
            view.framework,
            float(scores.of(root)[row]),
            int(scores.level_of(root)[row]),
            before,
            view.caption(view.say("unit.ladder_title", name=name)),
        ),
        lambda: method.level_table(view),
        "ladder",
        alt=told,
    )

widgets.chart_with_table(
    view,
    charts.part_dots(
        scores, unit, view.names, view.caption(view.say("unit.dots_title", name=name))
    ),
    lambda: cards.parts_of_unit(view, row),
    "parts",
    columns=widgets.score_columns(view) | cards.points_columns(view),
    alt=told,
)

lost = most_lost(scores, row, MOST_LOST)
if lost:
    note = view.say("unit.lost_note" if is_additive(scores) else "unit.lost_note_geometric")
    widgets.chart_with_table(
        view,
        charts.lost_points(
            scores, lost, view.caption(view.say("unit.lost_title", name=name), note=note)
        ),
        lambda: cards.indicators_of_unit(view, row),
        "indicators",
        columns=cards.points_columns(view),
        on_click=widgets.open_indicator(view, unit),
        alt=told,
    )

st.subheader(view.say("unit.beside_others"), anchor=False)
comparing.beside_others(view, unit)

st.subheader(view.say("unit.indicators"), anchor=False)
cards.indicator_cards(view, unit)
cards.workbook_download(view, unit)
