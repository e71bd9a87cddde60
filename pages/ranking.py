"""Who stands where?"""

import streamlit as st

from ui import ranks
from ui.frame import frame

view = frame("ranking")
sort, wanted = ranks.controls(view)
for place, (column, one) in enumerate(zip(st.columns(len(view.both)), view.both, strict=True)):
    with column:
        ranks.show(one, sort, wanted, f"_{place}" if place else "")
