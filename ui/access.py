"""Who may use the app while no sign-in is configured: one person, on this machine.

The rule is checked for every request in middleware, whatever server runs the
app, and once more by the guard of each page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from govmaturity.texts import LANGUAGES, say

# What proxies add. One of them means that the person may sit anywhere.
_FORWARDING = ("forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip")
_LOCAL_NAMES = ("localhost", "127.0.0.1", "::1")


def refusal(client: str | None, server: str | None, headers: Mapping[str, str]) -> str | None:
    """Say why a request is refused, as a text code; None where it may pass.

    Parameters
    ----------
    client, server : str or None
        Addresses of the two ends of the connection; None where unknown.
    headers : mapping
        Request headers, names in any case.

    Notes
    -----
    The name in `Host` is checked too: a page of another site can reach this
    machine's loopback address under a name of its own (DNS rebinding).
    """
    names = {name.lower() for name in headers}
    if any(name in _FORWARDING or name.startswith("x-forwarded") for name in names):
        return "behind_proxy"
    if not (_is_loopback(client) and _is_loopback(server)):
        return "not_loopback"
    host = next((value for name, value in headers.items() if name.lower() == "host"), "")
    if host and _name_of(host) not in _LOCAL_NAMES:
        return "other_name"
    return None


def _is_loopback(address: str | None) -> bool:
    try:
        found = ip_address((address or "").strip("[]"))
    except ValueError:
        return address == "localhost"
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_loopback


def _name_of(host: str) -> str:
    if host.startswith("["):
        return host[1:].split("]", 1)[0].lower()
    return host.rsplit(":", 1)[0].lower()


class LoopbackOnly:
    """ASGI middleware that refuses what `refusal` names, before anything else sees it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        reason = refusal(
            _host(scope.get("client")), _host(scope.get("server")), Headers(scope=scope)
        )
        if reason is None:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            # 1008: policy violation; a socket cannot carry the sentence.
            await send({"type": "websocket.close", "code": 1008, "reason": reason})
        else:
            text = "\n".join(say(f"access.{reason}", language) for language in LANGUAGES)
            await PlainTextResponse(f"{text}\n", status_code=403)(scope, receive, send)


def _host(end: Iterable[object] | None) -> str | None:
    return str(next(iter(end))) if end else None
