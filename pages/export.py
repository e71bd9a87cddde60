"""Give me the data."""

import streamlit as st

from govmaturity.intake.issues import grouped
from govmaturity.report.scores import issues_table, scores_file, scores_table
from ui import method, releasing, widgets
from ui.frame import frame

view = frame("export")
scores = view.scores
issues = view.dataset.checked.issues if view.dataset else ()
widgets.show_finding(
    view.say(
        "export.finding",
        units=len(scores.units),
        periods=len(scores.periods),
        nodes=len(scores.plan.shown),
        rows=len(scores.unit) * len(scores.plan.shown),
    )
)
releasing.cite(view)
st.markdown(view.say("export.what" if scores.has_ranks else "export.what_levels"))
widgets.score_downloads(
    view,
    lambda format_: scores_file(
        scores,
        format_,
        view.language,
        name_of=view.names.__getitem__,
        issues=issues_table(grouped(issues), view.language),
        is_simulated=view.is_simulated,
    ),
    "scores",
)
st.dataframe(
    scores_table(
        view.now, view.language, name_of=view.names.__getitem__, is_simulated=view.is_simulated
    ).head(500),
    hide_index=True,
    key="preview",
)
st.subheader(view.say("export.codebook"), anchor=False)
method.codebook_downloads(view)
st.subheader(view.say("export.command"), anchor=False)
st.code(widgets.command(view), language="bash")
