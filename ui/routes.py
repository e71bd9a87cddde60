"""Plain HTTP beside the pages: health, releases, and the outlines that maps load by address."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from govmaturity import __version__
from govmaturity.units.outlines import OUTLINES_FOLDER
from ui import published

OUTLINES_ADDRESS = "/outlines"


class _ForEver(StaticFiles):
    """Files named by their content never change, so a browser may keep them."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["cache-control"] = "public, max-age=31536000, immutable"
        return response


async def health(_: Request) -> JSONResponse:
    """Answer that the process serves requests, and which version it is."""
    return JSONResponse({"status": "ok", "version": __version__})


ROUTES: list[BaseRoute] = [
    Route("/healthz", health),
    *published.ROUTES,
    Mount(OUTLINES_ADDRESS, _ForEver(directory=OUTLINES_FOLDER)),
]
