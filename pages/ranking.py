"""Who stands where?"""

import streamlit as st

from ui import ranks, sure
from ui.frame import frame

view = frame("ranking")
sort, wanted = ranks.controls(view)
for place, (column, one) in enumerate(zip(st.columns(len(view.both)), view.both, strict=True)):
    with column:
        ranks.show(one, sort, wanted, f"_{place}" if place else "")

found = sure.ranges(view)
if found is not None and not view.is_simulated:
    listed = [row for row in ranks.rows(view, sort, wanted) if found.is_ranked[row]]
    st.caption(view.say("robustness.note"))
    sure.intervals(view, found, listed[: ranks.MOST_BARS], "intervals")
