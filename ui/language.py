"""The language of a session, and of the page's `lang` attribute."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from govmaturity.texts import Language


def language_of(preferred: str | None) -> Language:
    """Chinese for a browser that asks for Chinese first, English for any other.

    Examples
    --------
    >>> language_of("zh-CN,zh;q=0.9,en;q=0.8"), language_of("en-GB"), language_of(None)
    ('zh', 'en', 'en')
    """
    return "zh" if (preferred or "").strip().lower().startswith("zh") else "en"


class PageLanguage:
    """ASGI middleware that gives the page the browser's language.

    Streamlit writes `<html lang="en">`; a screen reader would read Chinese as
    English, and a browser would offer to translate it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        is_page = "text/html" in headers.get("accept", "")
        if not is_page or language_of(headers.get("accept-language")) == "en":
            await self.app(scope, receive, send)
            return
        # A compressed page could not be rewritten; it is a few kilobytes.
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        await self.app({**scope, "headers": plain}, receive, _Rewriter(send).send)


class _Rewriter:
    def __init__(self, send: Send) -> None:
        self.next = send
        self.start: Message | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            kind = headers.get("content-type", "")
            if kind.startswith("text/html") and "content-encoding" not in headers:
                self.start = message
                return
        elif self.start is not None and message["type"] == "http.response.body":
            body = message.get("body", b"").replace(b'lang="en"', b'lang="zh-CN"', 1)
            headers = MutableHeaders(scope=self.start)
            if "content-length" in headers and not message.get("more_body"):
                headers["content-length"] = str(len(body))
            elif "content-length" in headers:
                del headers["content-length"]
            await self.next(self.start)
            self.start = None
            message = {**message, "body": body}
        await self.next(message)
