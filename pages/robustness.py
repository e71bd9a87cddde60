"""What makes it uncertain?"""

import streamlit as st

from govmaturity.analysis.summary import rows_by_rank
from ui import sure, widgets
from ui.frame import frame

MOST_BARS = 60

view = frame("robustness")
vary = st.segmented_control(
    view.say("robustness.vary"),
    sure.VARIED,
    default="weights",
    format_func=lambda one: view.say(f"robustness.vary_{one}"),
    required=True,
    key="vary",
)
found = sure.ranges(view, str(vary))
if found is None:
    st.info(view.say("frame.no_units"))
    st.stop()

rows = [row for row in rows_by_rank(found.scores) if found.is_ranked[row]]
together, _ = sure.groups(found)
widget = view.say(
    "robustness.finding",
    runs=f"{found.runs - found.failed:,}",
    n=len(rows),
    groups=len(together),
    largest=max((len(group) for group in together), default=0),
)
if together and not view.is_simulated:
    widgets.show_finding(widget)
st.caption(view.say("robustness.note"))
if found.failed:
    st.caption(view.say("robustness.failed", n=found.failed))
sure.intervals(view, found, rows[:MOST_BARS], "intervals")
sure.choices(view)
