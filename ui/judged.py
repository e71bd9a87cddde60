"""What is on record of a submission: waivers, changed values, evidence, decisions."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from govmaturity.store.evidence import Evidence
from govmaturity.store.latest import Latest
from govmaturity.store.states import Submission
from ui import widgets
from ui.desk import Desk, submissions, table_height
from ui.people import moment, named, who


def waivers(desk: Desk, submission: Submission) -> None:
    """Rules that do not count for single values, with the reasons that are published."""
    found = desk.store.reviews.waivers(who(), submission.id)
    if not found:
        return
    st.subheader(desk.say("review.waivers", n=len(found)), anchor=False)
    st.dataframe(
        pd.DataFrame(
            {
                desk.say("cards.indicator"): [desk.value_name(one.indicator) for one in found],
                desk.say("review.column_rule"): [one.code for one in found],
                desk.say("review.column_reason"): [one.reason for one in found],
                desk.say("review.column_by"): [named(one.by_name, desk.language) for one in found],
                desk.say("review.column_at"): [moment(one.at) for one in found],
            }
        ),
        hide_index=True,
    )


def changes(desk: Desk, latest: Latest) -> None:
    """What differs from the revision before, with its cells."""
    title = "review.changes" if latest.part.base else "review.all_values"
    st.subheader(desk.say(title, n=len(latest.changes)), anchor=False)
    if not latest.changes:
        st.caption(desk.say("review.no_changes"))
        return

    def table() -> pd.DataFrame:
        found = latest.changes
        return pd.DataFrame(
            {
                desk.say("cards.code"): [one.indicator for one in found],
                desk.say("cards.indicator"): [desk.value_name(one.indicator) for one in found],
                desk.say("review.column_old"): [
                    desk.figure_text(one.indicator, one.old) for one in found
                ],
                desk.say("review.column_new"): [
                    desk.figure_text(one.indicator, one.new) for one in found
                ],
                desk.say("submit.column_sheet"): [one.sheet for one in found],
                desk.say("submit.column_cell"): [one.cell for one in found],
            }
        )

    st.dataframe(table(), hide_index=True, height=table_height(len(latest.changes), 9))
    widgets.downloads(desk, table, f"changes-{latest.submission.unit}")


def since_approval(desk: Desk, submission: Submission) -> None:
    """What is said otherwise than what was approved last."""
    found = desk.store.reviews.changed_since_approval(who(), submission.id)
    if not found:
        return
    st.subheader(desk.say("review.since", n=len(found)), anchor=False)
    st.caption(desk.say("review.since_note", number=submission.approved_number or 0))
    st.dataframe(
        pd.DataFrame(
            {
                desk.say("cards.indicator"): [desk.value_name(one.indicator) for one in found],
                desk.say("review.column_approved"): [
                    desk.figure_text(one.indicator, one.old) for one in found
                ],
                desk.say("review.column_new"): [
                    desk.figure_text(one.indicator, one.new) for one in found
                ],
            }
        ),
        hide_index=True,
    )


def evidence(desk: Desk, submission: Submission) -> None:
    """Files as downloads, links as they are written: nothing of either is shown or fetched."""
    found = desk.store.evidence.all(who(), submission.id)
    st.subheader(desk.say("review.evidence", n=len(found)), anchor=False)
    if not found:
        st.caption(desk.say("review.no_evidence"))
    for one in found:
        about, give = st.columns([4, 1.4], vertical_alignment="center")
        value = widgets.plain(desk.value_name(one.indicator) or desk.say("review.whole"))
        about.markdown(
            f"{value} · {_shown(one)}  \n"
            + desk.say(
                "review.given_by",
                by=widgets.plain(named(one.by_name, desk.language)),
                at=moment(one.at),
            )
        )
        if one.link:
            give.link_button(desk.say("review.open_link"), one.link, icon=":material/open_in_new:")
        else:
            give.download_button(
                desk.say("widgets.download"),
                data=partial(desk.store.evidence.content, who(), submission.id, one.id),
                file_name=one.name,
                mime="application/octet-stream",
                on_click="ignore",
                key=f"evidence_{one.id}",
                icon=":material/download:",
            )


def _shown(one: Evidence) -> str:
    """A file's name, or a link as it was written: as code, so that it is no link here."""
    return f"`{one.name.replace('`', ' ')}`" if one.link else widgets.plain(one.name)


def record(desk: Desk, submission: Submission) -> None:
    """What was decided, by whom, when and why."""
    found = desk.store.reviews.decisions(who(), submission.id)
    st.subheader(desk.say("review.record"), anchor=False)
    st.dataframe(
        pd.DataFrame(
            {
                desk.say("review.column_at"): [moment(one.at) for one in found],
                desk.say("review.column_what"): [
                    desk.say(f"review.did_{one.kind}") for one in found
                ],
                desk.say("review.column_revision"): [one.number for one in found],
                desk.say("review.column_by"): [named(one.by_name, desk.language) for one in found],
                desk.say("review.column_reason"): [one.reason for one in found],
                desk.say("review.column_second"): [
                    desk.say("review.yes" if one.is_second_person else "review.no")
                    if one.kind == "approved"
                    else ""
                    for one in found
                ],
            }
        ),
        hide_index=True,
    )
    unit = submission.unit
    if submissions(desk)[unit].state in ("returned", "reopened"):
        st.caption(desk.say("review.waits_for_sender"))
