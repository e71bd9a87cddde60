"""Would it stand under other weights?"""

import streamlit as st

from ui import choices, lab, moved, trying, versus, widgets
from ui.frame import frame

view = frame("what_if")
modes = {one: view.say(f"what_if.mode_{one}") for one in ("own", "framework")}
if choices.buttons(view.state, "mode", view.say("what_if.mode"), modes) == "framework":
    other = versus.other_framework(view)
    found = versus.versus(view, other) if other is not None else None
    if found is not None:
        versus.show(found)
    st.stop()

told = st.container()
left, right = st.columns([1, 2.1], gap="large")
with left:
    trying.controls(view)
with right:
    trial = trying.trial_of(view)
    if trial is not None:
        found_moves = moved.between(view, trial.after)
        if view.framework.levels and not trial.framework.levels:
            st.caption(view.say("what_if.no_levels"))
        sides = (view.say("what_if.stated"), view.say("what_if.tried"))
        moved.show(view, found_moves, view.say("what_if.title"), sides, is_half=True)
if trial is not None:
    with told:
        widgets.show_finding(
            moved.finding(view, found_moves) if trial.changes else moved.nothing(view)
        )
    trying.keep(trial)
    if view.now.has_ranks:
        lab.cards(view, ("kendall",))
