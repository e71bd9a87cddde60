"""Uploading: taking a file, saying what was found in it, and what to do next."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from govmaturity.framework.fields import fields
from govmaturity.intake.files.limits import MAX_BYTES
from govmaturity.intake.issues import SEVERITIES, Issue, grouped
from govmaturity.report.scores import issues_table
from govmaturity.report.tables import MIME, as_file, as_xlsx
from govmaturity.store import uploads
from ui import loaders, state, widgets
from ui.frame import Frame
from ui.guard import page
from ui.loaders import Dataset

ICONS = {"error": "error", "confirm": "help", "info": "info"}


def how_to(view: Frame) -> None:
    """What a file has to look like, with a blank one to fill in and one that works."""
    with st.expander(view.say("submit.how_to"), icon=":material/help:"):
        st.markdown(view.say("submit.how_to_text"))
        left, right = st.columns(2)
        known = fields(view.framework)
        table = pd.DataFrame(
            {
                view.say("cards.code"): list(known),
                view.say("cards.indicator"): [view.words(one.name) for one in known.values()],
                view.say("cards.unit_of_measure"): [
                    view.words(one.unit_of_measure) for one in known.values()
                ],
            }
        )
        left.download_button(
            view.say("submit.blank"),
            data=lambda: _blank(view),
            file_name=f"{view.framework.id}.xlsx",
            mime=MIME["xlsx"],
            on_click="ignore",
            key="blank_file",
        )
        sample = loaders.sample_of(view.framework.id)
        if sample is not None:
            right.download_button(
                view.say("submit.sample"),
                data=(loaders.SAMPLES / sample.file).read_bytes(),
                file_name=sample.file,
                mime=MIME["csv"],
                on_click="ignore",
                key="sample_file",
            )
        st.dataframe(table, hide_index=True, height=240)


def _blank(view: Frame) -> bytes:
    # One row per unit of the sample's region, so that codes need not be looked up.
    columns = list(fields(view.framework))
    table = pd.DataFrame(columns=["unit", "name", "period", *columns], dtype="str")
    return as_xlsx({"Data": table})


def take_file(view: Frame) -> None:
    """Take a file, keep it, and go on with it; the address then names it."""
    taken = st.file_uploader(
        view.say("submit.choose"),
        type=["xlsx", "xlsm", "csv", "txt", "xls", "ods", "et"],
        key="upload",
        max_upload_size=MAX_BYTES // 1_000_000,
        help=view.say("submit.formats"),
    )
    if taken is None:
        return
    content = taken.getvalue()
    try:
        kept = uploads.keep(content, taken.name, view.framework.id)
    except OSError as fault:
        st.error(view.say("submit.cannot_keep", reason=fault.strerror or str(fault)))
        return
    if kept.id != view.state.data and st.session_state.get("taken") != taken.file_id:
        st.session_state["taken"] = taken.file_id
        state.change(data=kept.id, period="", region="", units="", node="")
        st.rerun()


def result(view: Frame, dataset: Dataset) -> None:
    """What was found in the kept file, and the ways on from here."""
    checked, upload = dataset.checked, dataset.upload
    if upload is None:
        return
    st.subheader(widgets.plain(upload.name), anchor=False)
    found = grouped(checked.issues)
    counts = {one: sum(issue.severity == one for issue in found) for one in SEVERITIES}
    values = int((checked.values.table["status"] == "reported").sum())
    st.markdown(
        view.say(
            "submit.summary",
            rows=checked.rows,
            units=len(checked.values.units),
            values=values,
            errors=counts["error"],
            confirms=counts["confirm"],
            infos=counts["info"],
        )
    )
    _next_steps(view, dataset, values)
    _list(view, found)
    if not counts["error"] and not counts["confirm"]:
        st.success(view.say("submit.all_good"))
    if found:
        table = issues_table(found, view.language)
        st.download_button(
            view.say("submit.download_issues"),
            data=as_file(table, "xlsx", "Issues"),
            file_name="issues.xlsx",
            mime=MIME["xlsx"],
            on_click="ignore",
        )


def _next_steps(view: Frame, dataset: Dataset, values: int) -> None:
    checked, upload = dataset.checked, dataset.upload
    if upload is None:
        return
    with st.container(horizontal=True):
        if dataset.is_usable:
            st.page_link(
                page("overview"),
                label=view.say("submit.see_scores"),
                icon=":material/dashboard:",
                query_params=state.as_parameters(view.state),
            )
            st.page_link(
                page("map"),
                label=view.say("submit.see_map"),
                icon=":material/map:",
                query_params=state.as_parameters(view.state),
            )
        elif values:
            st.button(
                view.say("submit.skip_faulty", n=checked.blocking),
                on_click=_skip_faulty,
                args=(upload,),
                help=view.say("submit.skip_faulty_help"),
            )
        st.button(
            view.say("submit.delete"),
            on_click=_delete,
            args=(upload.id,),
            icon=":material/delete:",
        )
    if dataset.is_usable and checked.blocking:
        st.info(view.say("submit.skipping", n=len(checked.faulty)))


def _skip_faulty(upload: uploads.Upload) -> None:
    uploads.keep(upload.content, upload.name, upload.framework, skips_faulty=True)


def _delete(id_: str) -> None:
    uploads.forget(id_)
    st.session_state.pop("upload", None)
    state.change(data="", period="", region="", units="")


def _list(view: Frame, found: tuple[Issue, ...]) -> None:
    for severity in SEVERITIES:
        issues = [issue for issue in found if issue.severity == severity]
        if not issues:
            continue
        st.markdown(f"##### {view.say(f'submit.{severity}', n=len(issues))}")
        for issue in issues:
            text = widgets.plain(issue.message(view.language))
            st.markdown(f":material/{ICONS[severity]}: {text}")
