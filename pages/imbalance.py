"""How unequal, between whom, in what?"""

import streamlit as st

from govmaturity.report import findings, lab
from ui import lab as laboratory
from ui import spread, widgets
from ui.frame import frame

ABSOLUTE = ("standard_deviation", "range", "p90_p10", "absolute_gini", "variance")
RELATIVE = (
    *("gini", "gini_small_sample", "coefficient_of_variation", "williamson", "max_min"),
    *("theil_t", "theil_l", "atkinson_1", "hoover", "dagum", "lorenz"),
)

view = frame("imbalance")
node = widgets.node_choice(view)
weighting = spread.weighting_choice(view)
grouping = spread.grouping_choice(view)
table = spread.measures(view, node, grouping)
scores = spread.counted(view)
weights = spread.weights_of(scores, weighting)

widgets.show_finding(findings.measure(table, "standard_deviation", weighting, view.language))
few = lab.few(len(scores.unit), view.language)
if few:
    st.caption(widgets.plain(few))
st.subheader(view.say("imbalance.absolute"), anchor=False)
spread.sentences(view, table, weighting, ("range", "p90_p10", "absolute_gini"))
spread.spread_chart(view, node, grouping)

st.subheader(view.say("imbalance.relative"), anchor=False)
st.caption(view.say("imbalance.zero_note"))
spread.sentences(view, table, weighting, ("gini", "coefficient_of_variation", "theil_t"))
spread.lorenz_chart(view, node, weighting)

st.subheader(view.say("imbalance.between"), anchor=False)
spread.between_chart(view, table, node, grouping, weighting)
if grouping:
    groups = spread.groups_of(view, grouping)
    named = view.say(f"imbalance.group_{grouping}")
    laboratory.overlap(view, scores, node, groups, named, weights)
laboratory.sources(view, scores, node, weights)
laboratory.tiers(view)

st.subheader(view.say("imbalance.two_regions"), anchor=False)
other = spread.second_region(view)
if other is not None:
    spread.side_by_side(view, other, node, weighting)

st.subheader(view.say("imbalance.all_measures"), anchor=False)
st.dataframe(spread.readable(view, table), hide_index=True)
widgets.downloads(view, lambda: table, "imbalance")
laboratory.cards(view, (*ABSOLUTE, *RELATIVE))
