"""The first call of every page: may this person see it, and did they come through the router?"""

from __future__ import annotations

import streamlit as st

from govmaturity.texts import say
from ui.access import refusal
from ui.language import language_of

ROUTED = "routed"


def page(name: str) -> str:
    """Where a page lies, as Streamlit's links want it: from the router's folder."""
    return f"../pages/{name}.py"


def guard() -> None:
    """Stop the page unless the request may pass and the router started it.

    The middleware has refused strangers already; this holds where a page is
    ever reached another way.
    """
    # Streamlit gives no address for a loopback client.
    client = st.context.ip_address
    known = client if isinstance(client, str) else "127.0.0.1"
    reason = refusal(known, "127.0.0.1", _headers())
    if reason is None and not st.session_state.get(ROUTED):
        reason = "not_routed"
    if reason is not None:
        st.error(say(f"access.{reason}", language_of(st.context.locale)))
        st.stop()


def _headers() -> dict[str, str]:
    return {name: st.context.headers[name] for name in st.context.headers}
