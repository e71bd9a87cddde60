"""Govmaturity as an ASGI app: the pages behind `ui/main.py`, and plain HTTP beside them.

Run with `streamlit run app.py`, or any ASGI server: `uvicorn app:app`.
"""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from ui.access import LoopbackOnly
from ui.ahead import Ahead
from ui.language import PageLanguage
from ui.promptly import Promptly
from ui.routes import ROUTES

app = st.App(
    Path(__file__).parent / "ui" / "main.py",
    routes=ROUTES,
    middleware=[
        Middleware(Promptly),
        Middleware(LoopbackOnly),
        Middleware(PageLanguage),
        Middleware(Ahead),
    ],
)
