"""Is it closing?"""

import streamlit as st

from ui import changing, closing, moving, trending, widgets
from ui.frame import frame

view = frame("trend")
node = widgets.node_choice(view)
story = trending.story_of(view, node)
if story is None:
    st.info(trending.why_nothing(view))
    st.stop()

widgets.show_finding(trending.finding(story))
breaks = moving.broken(view, node, story.first, story.last)
moving.back_series(view, story)
trending.lines(story, breaks)
moving.distribution(story)
if view.scores.has_ranks:
    trending.slopes(story)
trending.on_course(story)
changing.section(story)
closing.section(story)
