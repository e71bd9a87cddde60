"""What makes it uncertain?"""

import streamlit as st

from govmaturity.analysis.summary import rows_by_rank
from ui import choices, sure, widgets
from ui.frame import frame

MOST_BARS = 60

view = frame("robustness")
varied = {one: view.say(f"robustness.vary_{one}") for one in ("weights", "all")}
vary = choices.buttons(view.state, "vary", view.say("robustness.vary"), varied)
found = sure.ranges(view, vary)
if found is None:
    st.info(view.say("frame.no_units"))
    st.stop()

rows = [row for row in rows_by_rank(found.scores) if found.is_ranked[row]]
told = sure.finding(view, found, rows)
if told:
    widgets.show_finding(told)
st.caption(view.say("robustness.note"))
if found.failed:
    st.caption(view.say("robustness.failed", n=found.failed))
sure.intervals(view, found, rows[:MOST_BARS], "intervals")
if found.scores.has_ranks:
    sure.choices(view)
