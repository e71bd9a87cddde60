"""Is it closing?"""

import streamlit as st

from ui import trends, widgets
from ui.frame import frame

view = frame("trend")
if len(view.scores.periods) < 2:
    trends.nothing(view)
    st.stop()

node = widgets.node_choice(view)
if not view.earlier:
    trends.first_period(view)
    st.stop()
before = trends.period_choices(view)
units = trends.unit_choices(view)

trends.lines(view, node, units)
trends.progress(view, node, before)
trends.slope(view, node, before, units)

st.subheader(view.say("trend.moved"), anchor=False)
if units:
    trends.split(view, units[0], before)
else:
    st.info(view.say("trend.choose_unit"))
