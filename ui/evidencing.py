"""Evidence for values that were sent: files and links, given while a submission is open."""

from __future__ import annotations

from functools import partial

import streamlit as st

from govmaturity.framework.fields import fields
from govmaturity.store.errors import StoreError
from govmaturity.store.evidence import KINDS, MAX_BYTES, Evidence
from govmaturity.store.states import Submission
from ui import widgets
from ui.kept import store
from ui.people import moment, named, who
from ui.view import Frame

_REFUSED = "evidence_refused"


def show(view: Frame, submissions: tuple[Submission, ...]) -> None:
    """A fold to add evidence to an open submission; nothing where none is open."""
    open_ = {one.id: one for one in submissions if one.is_open}
    if not open_:
        return
    folded = widgets.folded(view.say("receipt.evidence"), "evidence", "attach_file")
    if not folded.open:
        return
    with folded:
        st.caption(view.say("receipt.evidence_hint"))
        chosen = st.selectbox(
            view.say("receipt.evidence_of"),
            list(open_),
            format_func=lambda id_: f"{view.placed_name(open_[id_].unit)} · {open_[id_].period}",
            key="evidence_of",
        )
        told = st.session_state.pop(_REFUSED, "")
        if told:
            st.error(widgets.plain(told), icon=":material/block:")
        for one in store().evidence.all(who(), chosen):
            _given(view, chosen, one)
        _form(view, chosen)


def _given(view: Frame, submission: int, one: Evidence) -> None:
    known = fields(view.framework)
    about = view.words(known[one.indicator].name) if one.indicator in known else one.indicator
    with st.container(horizontal=True, vertical_alignment="center"):
        told = f"{about}: {one.name} ({named(one.by_name, view.language)}, {moment(one.at)})"
        st.markdown(widgets.plain(told))
        if one.file_hash is not None:
            st.download_button(
                view.say("widgets.download"),
                data=partial(store().evidence.content, who(), submission, one.id),
                file_name=one.name,
                mime="application/octet-stream",
                on_click="ignore",
                icon=":material/download:",
                key=f"evidence_{one.id}",
            )
        st.button(
            view.say("receipt.withdraw"),
            on_click=_withdraw,
            args=(view, submission, one.id),
            icon=":material/undo:",
            key=f"withdraw_{one.id}",
        )


def _form(view: Frame, submission: int) -> None:
    known = {id_: one for id_, one in fields(view.framework).items() if not one.is_shortcut}
    with st.form(f"evidence_{submission}", clear_on_submit=True, enter_to_submit=False):
        indicator = st.selectbox(
            view.say("receipt.evidence_for"),
            list(known),
            format_func=lambda id_: f"{view.words(known[id_].name)} ({id_})",
        )
        file = st.file_uploader(
            view.say("receipt.evidence_file", kinds=", ".join(KINDS)),
            type=list(KINDS),
            max_upload_size=MAX_BYTES // 1_000_000,
        )
        link = st.text_input(view.say("receipt.evidence_link"), placeholder="https://")
        is_added = st.form_submit_button(view.say("receipt.add_evidence"), icon=":material/add:")
    if not is_added:
        return
    try:
        if file is not None:
            store().evidence.add_file(who(), submission, indicator, file.getvalue(), file.name)
        if link.strip() or file is None:
            store().evidence.add_link(who(), submission, indicator, link)
    except StoreError as fault:
        st.session_state[_REFUSED] = fault.message(view.language)
    st.rerun()


def _withdraw(view: Frame, submission: int, evidence: int) -> None:
    try:
        store().evidence.withdraw(who(), submission, evidence)
    except StoreError as fault:
        st.session_state[_REFUSED] = fault.message(view.language)
