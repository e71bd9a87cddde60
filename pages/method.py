"""How is it made?"""

import streamlit as st

from govmaturity.charts.method import weights_sunburst
from ui import cards, method, tracing, widgets
from ui.frame import bare_frame

view = bare_frame("method")
framework = view.framework
widgets.show_finding(method.finding(view))
if framework.description:
    st.markdown(widgets.plain(view.words(framework.description)))
st.caption(widgets.plain(view.say("cards.source", source=view.words(framework.source))))
method.card_download(view)

widgets.chart_with_table(
    view,
    weights_sunburst(framework, method.tree_rows(framework), method.caption(view)),
    lambda: method.weights_table(view),
    "weights",
    columns=method.weight_columns(view),
    alt=method.finding(view),
)
method.levels_and_gates(view)
method.rules(view)

st.subheader(view.say("method.indicators"), anchor=False)
indicator = method.indicator_choice(view)
cards.method_card(view, indicator)
tracing.of_card(view, indicator)
method.codebook_downloads(view)
method.broken_frameworks(view)
