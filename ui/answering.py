"""What its sender answers before a receipt is submitted: justifications and consent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from govmaturity.store.receipt import Receipt
from govmaturity.store.receipt_tables import left_out_table, removed_table
from ui import widgets
from ui.view import Frame


@dataclass(frozen=True)
class Given:
    """The answers, by the keys of the findings, and whether the sender consents."""

    justifications: Mapping[str, str]
    leaves_out: bool
    removes: bool


def form(view: Frame, receipt: Receipt) -> Given | None:
    """Ask; the answers once the sender submits, else None."""
    with st.form(f"answers_{receipt.id}", enter_to_submit=False):
        justifications = _justifications(view, receipt)
        leaves_out = _left_out(view, receipt)
        removes = _removed(view, receipt)
        st.markdown(view.say("receipt.submit_hint"))
        is_sent = st.form_submit_button(
            view.say("receipt.submit"), type="primary", icon=":material/send:"
        )
    return Given(justifications, leaves_out, removes) if is_sent else None


def _justifications(view: Frame, receipt: Receipt) -> dict[str, str]:
    asked = receipt.to_justify
    if not asked:
        return {}
    st.markdown(f"**{view.say('receipt.justify', n=len(asked))}**")
    given = {}
    for one in asked:
        message = one.message_zh if view.language == "zh" else one.message_en
        st.markdown(f":material/help: {widgets.plain(message)}")
        given[one.key] = st.text_input(
            view.say("receipt.justification"),
            key=f"why_{receipt.id}_{one.key}",
            max_chars=1_000,
            placeholder=view.say("receipt.justification_hint"),
            label_visibility="collapsed",
        )
    if len(asked) > 1:
        st.caption(view.say("receipt.justify_rest"))
        for_all = st.text_input(
            view.say("receipt.justify_all"), key=f"why_{receipt.id}_all", max_chars=1_000
        )
        given = {key: text.strip() or for_all for key, text in given.items()}
    return given


def _left_out(view: Frame, receipt: Receipt) -> bool:
    if not receipt.left_out:
        return False
    n = len(receipt.left_out)
    st.markdown(f"**{view.say('receipt.left_out', n=n)}**")
    table = left_out_table(receipt, view.language, view.placed_name)
    st.dataframe(table, hide_index=True, key="left_out")
    return st.checkbox(view.say("receipt.consent_left_out", n=n), key=f"leave_{receipt.id}")


def _removed(view: Frame, receipt: Receipt) -> bool:
    if not receipt.removes:
        return False
    n = len(receipt.removes)
    st.markdown(f"**{view.say('receipt.removes', n=n)}**")
    table = removed_table(receipt, view.framework, view.language, view.placed_name)
    st.dataframe(table.astype("str"), hide_index=True, key="removed")
    return st.checkbox(view.say("receipt.consent_removes", n=n), key=f"remove_{receipt.id}")
