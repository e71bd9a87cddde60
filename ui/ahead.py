"""What the browser may fetch while the first run is still computed: the code that draws.

Streamlit's own page loads the code of an element when the first one arrives,
one after another. Every page here has boxes and charts, and that of charts is
the largest by far (4.7 MB), so a first visit waited for it at the end.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_STATIC = Path(streamlit.__file__).parent / "static"
_CODE = ("Selectbox", "PlotlyChart")


@cache
def links() -> str:
    """The header `Link` that names the code; empty where Streamlit calls it otherwise."""
    found = [file for name in _CODE for file in sorted(_STATIC.glob(f"static/js/{name}.*.js"))]
    return ", ".join(
        f"</{file.relative_to(_STATIC).as_posix()}>; rel=modulepreload" for file in found
    )


class Ahead:
    """ASGI middleware that adds the header to every page of HTML."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_links(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html") and links():
                    headers.append("link", links())
            await send(message)

        await self.app(scope, receive, with_links if scope["type"] == "http" else send)
