"""People's own outlines, each a file of GeoJSON under the hash of its content."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson

from govmaturity.store.files import file_path, keep_file
from govmaturity.store.uploads import working_directory

_HASH: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class KeptOutlines:
    """What is known of kept outlines: what the file was called, the system stated, where units lie.

    `bounds` are west, south, east, north in degrees of GCJ-02, by unit.
    """

    id: str
    name: str
    system: str
    bounds: Mapping[str, tuple[float, float, float, float]]


def keep(content: bytes) -> str:
    """Keep outlines as `govmaturity.intake.outlines` writes them; return their id.

    Raises
    ------
    OSError
        If the working directory cannot be written.
    """
    return keep_file(_folder(), content)


def find(id_: str) -> KeptOutlines | None:
    """Return what is known of kept outlines; None where there are none of that id."""
    path = path_of(id_)
    if path is None:
        return None
    content: dict[str, Any] = orjson.loads(path.read_bytes())
    bounds = {one["id"]: tuple(one["bbox"]) for one in content["features"]}
    return KeptOutlines(id_, content["name"], content["system"], bounds)


def path_of(id_: str) -> Path | None:
    """Where the file of kept outlines lies; None where there is none."""
    path = file_path(_folder(), id_) if _HASH.fullmatch(id_) else None
    return path if path is not None and path.is_file() else None


def forget(id_: str) -> None:
    """Delete outlines; nothing happens where they are gone already."""
    path = path_of(id_)
    if path is not None:
        path.unlink(missing_ok=True)


def _folder() -> Path:
    return working_directory() / "outlines"
