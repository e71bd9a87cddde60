"""Uploading: taking a file, saying what was found in it, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from govmaturity.framework.fields import fields
from govmaturity.intake.files.limits import MAX_BYTES
from govmaturity.intake.issues import SEVERITIES, Issue, Severity, grouped
from govmaturity.intake.marked.mark import copy_name, mark
from govmaturity.report.scores import issues_table
from govmaturity.report.tables import MIME, as_file
from govmaturity.store import uploads
from ui import correcting, loaders, receipts, state, templates, widgets
from ui.datasets import Dataset
from ui.guard import page
from ui.view import Frame

ICONS = {"error": "error", "confirm": "help", "info": "info"}
# More remarks than these are read in the marked copy, not on a page.
_SHOWN_AT_ONCE = 12


def first_step(view: Frame) -> None:
    """The template, and for whoever has a table already what it has to look like."""
    st.subheader(view.say("submit.step_template"), anchor=False)
    templates.offer(view)
    _how_to(view)


def once_more(view: Frame) -> None:
    """The same for whoever has sent a file: upload again, or start from a template."""
    take_file(view, "submit.upload_again")
    folded = widgets.folded(view.say("submit.new_template"), "new_template", "download")
    if folded.open:
        with folded:
            templates.offer(view)
    _how_to(view)


def _how_to(view: Frame) -> None:
    folded = widgets.folded(view.say("submit.how_to"), "how_to", "help")
    if not folded.open:
        return
    with folded:
        st.markdown(view.say("submit.how_to_text"))
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
        sample = loaders.sample_of(view.framework.id)
        if sample is not None:
            st.download_button(
                view.say("submit.sample"),
                data=(loaders.SAMPLES / sample.file).read_bytes(),
                file_name=sample.file,
                mime=MIME["csv"],
                on_click="ignore",
                key="sample_file",
            )
        st.dataframe(table, hide_index=True, height=240)


def take_file(view: Frame, title: str = "submit.step_upload") -> None:
    """Take a file, keep it, and go on with it; the address then names it."""
    st.subheader(view.say(title), anchor=False)
    taken = st.file_uploader(
        view.say("submit.choose"),
        type=None,
        key="upload",
        max_upload_size=MAX_BYTES // 1_000_000,
        help=view.say("submit.formats"),
    )
    if taken is None or st.session_state.get("taken") == taken.file_id:
        return
    st.session_state["taken"] = taken.file_id
    content = taken.getvalue()
    try:
        kept = uploads.keep(content, taken.name, view.framework.id)
    except OSError as fault:
        st.error(view.say("submit.cannot_keep", reason=fault.strerror or str(fault)))
        return
    state.change(data=kept.id, period="", region="", units="", node="", receipt="")
    st.rerun()


def result(view: Frame, dataset: Dataset) -> None:
    """What was found in the kept file, and the ways on from here."""
    checked, upload = dataset.checked, dataset.upload
    if upload is None:
        return
    st.subheader(view.say("submit.step_result", name=widgets.plain(upload.name)), anchor=False)
    found = grouped(checked.issues)
    counts = {one: sum(issue.severity == one for issue in found) for one in SEVERITIES}
    st.markdown(_finding(view, dataset, counts))
    _next_steps(view, dataset, found)
    _list(view, found)
    correcting.grid(view, dataset)


def _finding(view: Frame, dataset: Dataset, counts: Mapping[Severity, int]) -> str:
    """The result in a sentence: whether the file is right, and what to do if not."""
    checked = dataset.checked
    values = int((checked.values.table["status"] == "reported").sum())
    read = view.say(
        "submit.read", rows=checked.rows, units=len(checked.values.units), values=values
    )
    if counts["error"]:
        verdict = view.say("submit.with_errors", n=counts["error"])
        if counts["confirm"]:
            verdict += " " + view.say("submit.and_questions", n=counts["confirm"])
    elif counts["confirm"]:
        verdict = view.say("submit.with_questions", n=counts["confirm"])
    else:
        verdict = view.say("submit.all_good")
    return f"{read} **{verdict}**"


def _next_steps(view: Frame, dataset: Dataset, found: tuple[Issue, ...]) -> None:
    checked, upload = dataset.checked, dataset.upload
    if upload is None:
        return
    # A file of which nothing could be read comes back with nothing marked in it.
    can_be_marked = any(issue.cells and issue.severity != "info" for issue in found)
    receipts.say_refused(view)
    with st.container(horizontal=True, vertical_alignment="center"):
        if len(checked.values.table):
            receipts.offer(view, dataset)
        if dataset.is_usable:
            for name, icon in (("overview", "dashboard"), ("map", "map")):
                st.page_link(
                    page(name),
                    label=view.say("submit.see_scores" if name == "overview" else "submit.see_map"),
                    icon=f":material/{icon}:",
                    query_params=state.as_parameters(view.state),
                )
        if can_be_marked:
            _marked_copy(view, dataset)
        if not dataset.is_usable and len(checked.values.table):
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
    if can_be_marked:
        st.caption(view.say("submit.marked_hint"))
    if dataset.is_usable and checked.blocking:
        st.info(view.say("submit.skipping", n=len(checked.faulty)))


def _marked_copy(view: Frame, dataset: Dataset) -> None:
    checked, upload = dataset.checked, dataset.upload
    if upload is None:
        return
    corrections = {(sheet, cell): text for sheet, cell, text in upload.corrections}
    st.download_button(
        view.say("submit.marked"),
        data=lambda: (
            mark(
                upload.content, upload.name, checked.issues, view.language, corrections=corrections
            ).content
        ),
        file_name=copy_name(upload.name, view.language),
        mime=MIME["xlsx"],
        on_click="ignore",
        type="secondary" if dataset.is_usable else "primary",
        icon=":material/download:",
        key="marked",
    )


def _skip_faulty(upload: uploads.Upload) -> None:
    uploads.keep(
        upload.content,
        upload.name,
        upload.framework,
        skips_faulty=True,
        corrections=upload.corrections,
    )


def _delete(id_: str) -> None:
    uploads.forget(id_)
    st.session_state.pop("upload", None)
    state.change(data="", period="", region="", units="", receipt="")


def _list(view: Frame, found: tuple[Issue, ...]) -> None:
    for severity in SEVERITIES:
        issues = [issue for issue in found if issue.severity == severity]
        if not issues:
            continue
        st.markdown(f"##### {view.say(f'submit.{severity}', n=len(issues))}")
        for issue in issues[:_SHOWN_AT_ONCE]:
            _show(view, issue)
        if len(issues) > _SHOWN_AT_ONCE:
            rest = issues[_SHOWN_AT_ONCE:]
            with st.expander(view.say("submit.more_findings", n=len(rest))):
                for issue in rest:
                    _show(view, issue)
    if found:
        st.download_button(
            view.say("submit.download_issues"),
            data=lambda: as_file(issues_table(found, view.language), "xlsx", "Issues"),
            file_name="issues.xlsx",
            mime=MIME["xlsx"],
            on_click="ignore",
            key="issues_file",
        )


def _show(view: Frame, issue: Issue) -> None:
    text = widgets.plain(issue.message(view.language))
    st.markdown(f":material/{ICONS[issue.severity]}: {text}")
