"""Pages of plain HTML beside the app: for print, for programs, for readers without scripts."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from html import escape
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from govmaturity.store.errors import NotFoundError
from govmaturity.texts import LANGUAGES, Language, say
from ui import kept

ASK_AGAIN: Final = "no-cache"
Endpoint = Callable[[Request], Response]


def of_store(answer: Endpoint) -> Endpoint:
    """Make a route say what is not there (404), and that the store cannot be opened (503)."""

    @wraps(answer)
    def answered(request: Request) -> Response:
        if reason := kept.trouble():
            told = [say("frame.store_trouble", one, reason=reason) for one in LANGUAGES]
            return _said(told, 503)
        try:
            return answer(request)
        except NotFoundError as fault:
            return _said([fault.message(one) for one in LANGUAGES], 404)

    return answered


def _said(told: list[str], status: int) -> Response:
    text = "\n".join((*told, ""))
    return PlainTextResponse(text, status, headers={"cache-control": ASK_AGAIN})


def languages_of(request: Request) -> tuple[Language, ...]:
    """The language of the address, else both."""
    asked = request.query_params.get("language")
    return tuple(one for one in LANGUAGES if one == asked) or LANGUAGES


def plain_page(headings: list[str], body: str, language: Language) -> Response:
    """A page of HTML without a program in it: reads on any device, prints on paper."""
    titles = "".join(f"<h1>{escape(text)}</h1>" for text in headings)
    style = (
        "body{font-family:sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;"
        "line-height:1.5}h1{font-size:1.4rem;margin:.2rem 0}"
        "h2{font-size:1.1rem;margin:1.2rem 0 .2rem}"
        "table{border-collapse:collapse}th{text-align:left}td,th{padding:.2rem 1rem .2rem 0;"
        "vertical-align:top;border-bottom:1px solid #e4e7eb;overflow-wrap:anywhere}"
        ".files td:nth-child(2),.files th:nth-child(2){text-align:right}dt{font-weight:bold}"
        "code{font-size:.75rem;overflow-wrap:anywhere}"
        ".wide{font-size:.8rem}.wide td,.wide th{overflow-wrap:break-word}"
        "@media print{@page{size:A4;margin:15mm}body{margin:0;max-width:none}}"
    )
    return HTMLResponse(
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(headings[0])}</title>'
        f"<style>{style}</style></head><body>{titles}{body}</body></html>",
        headers={"cache-control": ASK_AGAIN},
    )
