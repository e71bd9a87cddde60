"""How unequal, between whom, in what?"""

import streamlit as st

from govmaturity.report import findings
from ui import spread, widgets
from ui.frame import frame

view = frame("imbalance")
node = widgets.node_choice(view)
weighting = spread.weighting_choice(view)
grouping = spread.grouping_choice(view)
table = spread.measures(view, node, grouping)

widgets.show_finding(findings.measure(table, "standard_deviation", weighting, view.language))
st.subheader(view.say("imbalance.absolute"), anchor=False)
spread.sentences(view, table, weighting, ("range", "p90_p10", "absolute_gini"))
spread.spread_chart(view, node, grouping)

st.subheader(view.say("imbalance.relative"), anchor=False)
st.caption(view.say("imbalance.zero_note"))
spread.sentences(view, table, weighting, ("gini", "coefficient_of_variation", "theil_t"))
spread.lorenz_chart(view, node, weighting)

st.subheader(view.say("imbalance.between"), anchor=False)
spread.between_chart(view, table, node, grouping, weighting)

st.subheader(view.say("imbalance.all_measures"), anchor=False)
st.dataframe(spread.readable(view, table), hide_index=True)
widgets.downloads(view, lambda: table, "imbalance")
