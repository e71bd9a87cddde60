"""The receipt: what an upload would change, read before it is submitted, and proof afterwards."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from govmaturity.report.tables import MIME, as_file
from govmaturity.store import uploads
from govmaturity.store.conflict import Conflict, ConflictError
from govmaturity.store.errors import StoreError
from govmaturity.store.receipt import Part, Receipt
from govmaturity.store.receipt_tables import (
    changes_table,
    facts,
    findings_table,
    left_out_table,
    receipt_file,
    without_empty,
)
from govmaturity.store.receipt_words import sentence
from ui import answering, receipt_effect, state, widgets
from ui.datasets import Dataset
from ui.kept import store
from ui.people import moment, named, who
from ui.receipt_page import address
from ui.view import Frame

_REFUSED, _CONFLICTS = "receipt_refused", "receipt_conflicts"


def offer(view: Frame, dataset: Dataset) -> None:
    """The button that works out what an upload would change; nothing is submitted by it."""
    upload = dataset.upload
    if upload is None:
        return
    asked = st.button(
        view.say("receipt.prepare"),
        type="primary" if dataset.is_usable else "secondary",
        icon=":material/fact_check:",
        help=view.say("receipt.prepare_help"),
        key="prepare",
    )
    if asked:
        if id_ := prepare(view, upload):
            state.change(receipt=id_)
        # The next run shows the receipt, or above the button why there is none.
        st.rerun()


def prepare(view: Frame, upload: uploads.Upload) -> str:
    """The id of a receipt for an upload, in place of earlier ones for it; empty where refused."""
    corrections = {(sheet, cell): text for sheet, cell, text in upload.corrections}
    submissions = store().submissions
    try:
        with st.spinner(view.say("receipt.preparing")):
            made = submissions.prepare(
                who(), view.framework, upload.content, upload.name, corrections=corrections
            )
            for one in submissions.drafts(who()):
                if one.file_hash == upload.id and one.id != made.receipt.id:
                    submissions.discard(who(), one.id)
    except StoreError as fault:
        st.session_state[_REFUSED] = fault.message(view.language)
        return ""
    return made.receipt.id


def say_refused(view: Frame) -> None:
    """Why the store did not do what was asked, once."""
    told = st.session_state.pop(_REFUSED, "")
    if told:
        st.error(widgets.plain(told), icon=":material/block:")
    conflicts: tuple[Conflict, ...] = st.session_state.pop(_CONFLICTS, ())
    for one in conflicts:
        _conflict(view, one)


def chosen(view: Frame) -> Receipt | None:
    """The receipt that the address names, if it names one."""
    return store().submissions.receipt(who(), view.state.receipt) if view.state.receipt else None


def show(view: Frame, receipt: Receipt) -> None:
    """A receipt to read and to submit, or one that is submitted."""
    view = replace(view, framework=store().submissions.framework(who(), receipt.id))
    is_done = receipt.number is not None
    if is_done:
        told = view.say("receipt.done", number=receipt.number, at=moment(receipt.acknowledged_at))
        st.success(told, icon=":material/task_alt:")
    widgets.show_finding(sentence(receipt, view.framework, view.language, view.placed_name))
    if receipt.is_simulated and not view.is_simulated:
        st.markdown(f":red-badge[{view.say('frame.simulated')}]")
    if not is_done:
        st.info(view.say("receipt.not_yet"), icon=":material/pending:")
    else:
        _proof(view, receipt)
    receipt_effect.show(view, receipt)
    _changes(view, receipt)
    if is_done:
        _answers(view, receipt)
        _downloads(view, receipt)
        st.button(
            view.say("receipt.close"),
            on_click=state.change,
            kwargs={"receipt": ""},
            icon=":material/arrow_back:",
        )
        return
    st.subheader(view.say("receipt.confirm_title"), anchor=False)
    # Beside the button: whoever has pressed it looks there.
    say_refused(view)
    given = answering.form(view, receipt)
    if given is not None:
        _submit(view, receipt, given)
    st.button(
        view.say("receipt.discard"),
        on_click=_discard,
        args=(receipt.id,),
        icon=":material/undo:",
        help=view.say("receipt.discard_help"),
    )


def _submit(view: Frame, receipt: Receipt, given: answering.Given) -> None:
    try:
        store().submissions.acknowledge(
            who(),
            receipt.id,
            justifications=given.justifications,
            leaves_out=receipt.left_out if given.leaves_out else (),
            removes=receipt.removes if given.removes else (),
        )
    except ConflictError as fault:
        st.session_state[_REFUSED] = fault.message(view.language)
        st.session_state[_CONFLICTS] = fault.conflicts
        upload = uploads.find(receipt.file_hash)
        # The receipt starts from what is no longer the latest: a new one takes its place.
        if upload is not None and (id_ := prepare(view, upload)):
            state.change(receipt=id_)
    except StoreError as fault:
        st.session_state[_REFUSED] = fault.message(view.language)
    st.rerun()


def _discard(id_: str) -> None:
    store().submissions.discard(who(), id_)
    state.change(receipt="")


def _proof(view: Frame, receipt: Receipt) -> None:
    """Number, time, hash and sender: what proves that it was sent."""
    heads = [view.say(f"receipt.column_{name}") for name in ("item", "content")]
    told = pd.DataFrame(facts(receipt, view.framework, view.language), columns=heads, dtype="str")
    # A code span may break anywhere: a hash is longer than a narrow column.
    told[heads[1]] = [
        f"`{one}`" if len(one) >= 32 else widgets.plain(one) for one in told[heads[1]]
    ]
    st.table(told.set_index(heads[0]))


def _changes(view: Frame, receipt: Receipt) -> None:
    st.subheader(view.say("receipt.changes"), anchor=False)
    table = changes_table(receipt.parts, view.framework, view.language, view.placed_name)
    if table.empty:
        st.caption(view.say("receipt.no_changes"))
        return
    widgets.table_with_downloads(view, without_empty(as_text(view, table)), "receipt_changes")
    if receipt.unchanged:
        st.caption(view.say("receipt.unchanged", n=len(receipt.unchanged)))


def as_text(view: Frame, table: pd.DataFrame) -> pd.DataFrame:
    """The columns of figures as text: a number may stand beside words such as n/a."""
    heads = [view.say(f"receipt.column_{name}") for name in ("old", "new")]
    return table.assign(
        **{head: ["" if one is None else str(one) for one in table[head]] for head in heads}
    )


def _answers(view: Frame, receipt: Receipt) -> None:
    if receipt.questions:
        st.subheader(view.say("receipt.findings"), anchor=False)
        st.dataframe(findings_table(receipt, view.language), hide_index=True, key="findings")
    if receipt.left_out:
        st.subheader(view.say("receipt.left_out_title"), anchor=False)
        table = left_out_table(receipt, view.language, view.placed_name)
        st.dataframe(table, hide_index=True, key="left_out")


def _downloads(view: Frame, receipt: Receipt) -> None:
    mark = "SIMULATED-" if receipt.is_simulated else ""
    name = f"{mark}{view.framework.id}-receipt-{receipt.number}"
    words = (view.framework, view.language, view.placed_name)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.link_button(
            view.say("receipt.print"),
            address(receipt, view.language),
            icon=":material/print:",
            type="primary",
        )
        st.download_button(
            view.say("receipt.download"),
            data=partial(receipt_file, receipt, *words),
            file_name=f"{name}.xlsx",
            mime=MIME["xlsx"],
            on_click="ignore",
            icon=":material/download:",
            key="receipt_xlsx",
        )
        st.download_button(
            view.say("receipt.download_csv"),
            data=lambda: as_file(changes_table(receipt.parts, *words), "csv"),
            file_name=f"{name}.csv",
            mime=MIME["csv"],
            on_click="ignore",
            icon=":material/download:",
            key="receipt_csv",
        )


def _conflict(view: Frame, one: Conflict) -> None:
    """What somebody else's revision changed in the meantime."""
    st.markdown(
        widgets.plain(
            view.say(
                "receipt.conflict",
                name=view.placed_name(one.unit),
                period=one.period,
                by=named(one.by_name, view.language),
                at=moment(one.at),
                seen=one.base,
                now=one.current,
                n=len(one.changes),
            )
        )
    )
    part = Part(one.unit, one.period, one.base, one.changes, 0)
    table = changes_table([part], view.framework, view.language, view.placed_name)
    st.dataframe(
        without_empty(as_text(view, table)),
        hide_index=True,
        key=f"conflict_{one.unit}_{one.period}",
    )
