"""The language of a session and of the page's `lang`."""

from __future__ import annotations

from typing import Any

import pytest

from tests.making import run
from ui.language import PageLanguage, language_of

PAGE = b'<!doctype html><html lang="en"><body lang="en">x</body></html>'
CHINESE = b'<!doctype html><html lang="zh-CN"><body lang="en">x</body></html>'


@pytest.mark.parametrize(
    ("preferred", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("zh", "zh"),
        (" ZH-Hant", "zh"),
        ("en-GB,zh;q=0.9", "en"),
        ("fr", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_a_browser_that_asks_for_chinese_first_gets_chinese(preferred: str | None, language: str):
    assert language_of(preferred) == language


def served(
    *bodies: bytes,
    kind: str = "text/html; charset=utf-8",
    preferred: str = "zh-CN",
    method: str = "GET",
    encoding: str = "",
    length: bool = True,
    accept: str = "text/html,*/*",
) -> tuple[dict[str, str], bytes, int]:
    """Headers, body and number of messages that come out behind the middleware."""
    headers = {"content-type": kind}
    if length:
        headers["content-length"] = str(sum(map(len, bodies)))
    if encoding:
        headers["content-encoding"] = encoding
    sent: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        asked_for = dict(scope["headers"])
        if b"accept-encoding" in asked_for and not encoding:
            headers["x-would-be"] = "compressed"
        raw = [(name.encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": 200, "headers": raw})
        for place, body in enumerate(bodies):
            more = place + 1 < len(bodies)
            await send({"type": "http.response.body", "body": body, "more_body": more})

    async def receive() -> Any:
        return {"type": "http.request"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": "/",
        "headers": [
            (b"accept-language", preferred.encode()),
            (b"accept-encoding", b"gzip"),
            (b"accept", accept.encode()),
        ],
    }
    run(PageLanguage(app)(scope, receive, send))
    assert [message["type"] for message in sent] == [
        "http.response.start",
        *["http.response.body"] * len(bodies),
    ]
    out = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return out, b"".join(message["body"] for message in sent[1:]), len(sent)


def test_the_page_gets_the_language_and_its_true_length():
    headers, body, _ = served(PAGE)
    assert body == CHINESE
    assert headers["content-length"] == str(len(CHINESE))


def test_the_page_is_asked_for_uncompressed_so_that_it_can_be_rewritten():
    assert "x-would-be" not in served(PAGE)[0]
    assert "x-would-be" in served(PAGE, preferred="en")[0]
    assert "x-would-be" in served(b"{}", accept="application/json")[0]


def test_a_page_sent_in_pieces_loses_a_length_that_would_be_wrong():
    headers, body, number = served(PAGE, b"more", b"")
    assert body == CHINESE + b"more"
    assert "content-length" not in headers
    assert number == 4


def test_a_page_without_a_length_stays_without():
    headers, body, _ = served(PAGE, length=False)
    assert (body, "content-length" in headers) == (CHINESE, False)


@pytest.mark.parametrize(
    "other",
    [
        {"preferred": "en-GB"},
        {"accept": "*/*"},
        {"kind": "application/json"},
        {"kind": "text/javascript"},
        {"encoding": "gzip"},
        {"method": "POST"},
    ],
)
def test_anything_else_goes_through_byte_for_byte(other: dict[str, str]):
    headers, body, _ = served(PAGE, **other)  # type: ignore[arg-type]
    assert body == PAGE
    assert headers["content-length"] == str(len(PAGE))


def test_an_answer_without_a_body_goes_through():
    headers, body, _ = served(b"")
    assert (headers["content-length"], body) == ("0", b"")


def test_what_is_no_request_for_a_page_goes_through():
    seen = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["type"])

    run(PageLanguage(app)({"type": "websocket"}, None, None))  # type: ignore[arg-type]
    run(PageLanguage(app)({"type": "lifespan"}, None, None))  # type: ignore[arg-type]
    assert seen == ["websocket", "lifespan"]
