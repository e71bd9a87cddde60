"""No answer waits until the one before has been acknowledged.

A server sends headers and body one after the other. Where Nagle's algorithm
is on, the second waits for the acknowledgement of the first, which the other
side puts off for 40 ms: for each of the hundred files of a first visit, and
each message of a running page. Python turns it off for its own connections,
but not for those of a socket that was opened without naming its protocol, and
Streamlit 1.67 opens one so.
"""

from __future__ import annotations

import socket
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send


class Promptly:
    """ASGI middleware that sets TCP_NODELAY on the connection it is called for, where it can."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = _connection_of(receive)
        if connection is not None:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await self.app(scope, receive, send)


def _connection_of(receive: Receive) -> Any:
    """The socket behind an answer: uvicorn hands on a method of what holds it; else None."""
    transport = getattr(getattr(receive, "__self__", None), "transport", None)
    found = transport.get_extra_info("socket") if transport is not None else None
    is_tcp = found is not None and found.family in (socket.AF_INET, socket.AF_INET6)
    return found if is_tcp else None
