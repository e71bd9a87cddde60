"""Releases under plain addresses, for programs: `/data/<release>/scores.csv` and the like.

`/data/latest/...` leads to the newest release, `/data/<framework>-latest/...`
to the newest of a framework. What a release holds never changes, so its files
may be kept for ever; their ETag is their hash. Nothing but releases is here.
"""

from __future__ import annotations

from html import escape
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    JSONResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import BaseRoute, Route

from govmaturity.store.people import ANYBODY
from govmaturity.store.release import Release
from govmaturity.texts import say
from govmaturity.values.table import SIMULATED
from ui.kept import store
from ui.plain_page import ASK_AGAIN, languages_of, of_store, plain_page

ADDRESS: Final = "/data"
_FOR_EVER: Final = "public, max-age=31536000, immutable"


@of_store
def index(request: Request) -> Response:
    """All releases, the latest first: a page, or JSON for whoever asks for it."""
    releases = store().releases.all(ANYBODY)
    if _wants_json(request):
        return JSONResponse(
            [_summary(one) for one in releases], headers={"cache-control": ASK_AGAIN}
        )
    rows = [
        f'<li><a href="{ADDRESS}/{quote(one.id)}/">{escape(one.title[language])}</a> '
        f"({escape(one.id)}, {escape(one.published_at[:10])})</li>"
        for language in languages_of(request)
        for one in releases
    ]
    heading = [say("data.releases", language) for language in languages_of(request)]
    none = "".join(f"<p>{escape(say('data.none', one))}</p>" for one in languages_of(request))
    return plain_page(
        heading, f"<ul>{''.join(rows)}</ul>" if rows else none, languages_of(request)[0]
    )


@of_store
def release(request: Request) -> Response:
    """What a release is, how to cite it, and its files."""
    id_ = request.path_params["release"]
    found = store().releases.get(ANYBODY, id_)
    if found.id != id_ or not request.url.path.endswith("/"):
        return _to(f"{ADDRESS}/{quote(found.id)}/")
    if _wants_json(request):
        return _to(f"{ADDRESS}/{quote(found.id)}/datapackage.json")
    files = store().releases.files(ANYBODY, found.id)
    rows = [
        f'<tr><td><a href="{quote(one.name)}">{escape(one.name)}</a></td>'
        f"<td>{one.size:,}</td><td><code>{one.hash}</code></td></tr>"
        for one in files
    ]
    parts = []
    for language in languages_of(request):
        facts = {
            "cite": found.citation(language),
            "licence": found.licence,
            "framework": f"{found.framework} {found.version}",
            "periods": ", ".join(found.periods),
            "content": found.content_hash,
        } | ({"simulated": SIMULATED} if found.is_simulated else {})
        listed = "".join(
            f"<dt>{escape(say(f'data.{name}', language))}</dt><dd>{escape(text)}</dd>"
            for name, text in facts.items()
        )
        parts.append(f"<dl>{listed}</dl>")
    heads = [
        " / ".join(say(f"data.{name}", one) for one in languages_of(request))
        for name in ("file", "bytes", "hash")
    ]
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    table = (
        f'<table class="files"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
    )
    headings = [found.title[language] for language in languages_of(request)]
    return plain_page(headings, "".join(parts) + table, languages_of(request)[0])


@of_store
def file(request: Request) -> Response:
    """One file of a release; parts of it where a range is asked for."""
    id_, name = request.path_params["release"], request.path_params["name"]
    found = store().releases.get(ANYBODY, id_)
    kept = store().releases.file(ANYBODY, found.id, name)
    if found.id != id_:
        return _to(f"{ADDRESS}/{quote(found.id)}/{quote(name)}")
    headers = {
        "cache-control": _FOR_EVER,
        "etag": f'"{kept.hash}"',
        "x-content-type-options": "nosniff",
    }
    asked = request.headers.get("if-none-match", "")
    if any(tag.strip().removeprefix("W/") == headers["etag"] for tag in asked.split(",")):
        return Response(status_code=304, headers=headers)
    return FileResponse(
        kept.path,
        media_type=kept.media_type,
        headers=headers,
        filename=f"{found.id}-{name}",
        content_disposition_type="inline",
    )


def _summary(one: Release) -> dict[str, object]:
    return {
        "id": one.id,
        "title": dict(one.title),
        "framework": one.framework,
        "version": one.version,
        "periods": list(one.periods),
        "published_at": one.published_at,
        "licence": one.licence,
        "content_sha256": one.content_hash,
        "address": f"{ADDRESS}/{quote(one.id)}/",
    }


def _wants_json(request: Request) -> bool:
    accepted = request.headers.get("accept", "")
    return "application/json" in accepted and "text/html" not in accepted


def _to(address: str) -> Response:
    return RedirectResponse(address, 307, headers={"cache-control": ASK_AGAIN})


ROUTES: Final[list[BaseRoute]] = [
    Route(f"{ADDRESS}/", index),
    Route(f"{ADDRESS}/{{release}}", release),
    Route(f"{ADDRESS}/{{release}}/", release),
    Route(f"{ADDRESS}/{{release}}/{{name}}", file),
]
