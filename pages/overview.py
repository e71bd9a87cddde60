"""How far are we, and how unequal?"""

import streamlit as st

from ui import glance
from ui.frame import frame

view = frame("overview")
glance.start(view)
for place, (column, one) in enumerate(zip(st.columns(len(view.both)), view.both, strict=True)):
    with column:
        glance.show(one, f"_{place}" if place else "")
