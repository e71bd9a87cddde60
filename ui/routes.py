"""Plain HTTP beside the pages: health, releases, receipts, and outlines that maps load."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from govmaturity import __version__
from govmaturity.store import own_outlines as store
from govmaturity.units.outlines import OUTLINES_FOLDER
from ui import published, receipt_page

OUTLINES_ADDRESS = "/outlines"
# Below that address: outlines that a person has brought.
OWN_OUTLINES = "own"
_FOR_EVER = {"cache-control": "public, max-age=31536000, immutable"}


class _ForEver(StaticFiles):
    """Files named by their content never change, so a browser may keep them."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers.update(_FOR_EVER)
        return response


async def health(_: Request) -> JSONResponse:
    """Answer that the process serves requests, and which version it is."""
    return JSONResponse({"status": "ok", "version": __version__})


async def own_outlines(request: Request) -> FileResponse:
    """Give the outlines that a person has brought, by the hash of their content."""
    path = store.path_of(request.path_params["id"])
    if path is None:
        raise HTTPException(404)
    return FileResponse(path, media_type="application/json", headers=_FOR_EVER)


ROUTES: list[BaseRoute] = [
    Route("/healthz", health),
    *published.ROUTES,
    *receipt_page.ROUTES,
    Route(f"{OUTLINES_ADDRESS}/{OWN_OUTLINES}/{{id}}", own_outlines),
    Mount(OUTLINES_ADDRESS, _ForEver(directory=OUTLINES_FOLDER)),
]
