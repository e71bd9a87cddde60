"""Zip files that carry a store: written whole or not at all, and read only as they promise."""

from __future__ import annotations

import json
import os
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

MANIFEST: Final = "manifest.json"
_TIME: Final = (1980, 1, 1, 0, 0, 0)
_SAFE: Final = re.compile(
    r"store\.sqlite|tables/[a-z_]+\.jsonl|files/[0-9a-f]{2}/[0-9a-f]{64}|manifest\.json"
)
_PIECE: Final = 1 << 20


class ArchiveError(Exception):
    """The file is not what it says, or did not come whole; `code` and `found` say how."""

    def __init__(self, code: str, found: str) -> None:
        self.code = code
        self.found = found
        super().__init__(code, found)


class Writer:
    """Takes files one by one and notes their hashes."""

    def __init__(self, zipped: zipfile.ZipFile) -> None:
        self._zipped = zipped
        self.hashes: dict[str, str] = {}

    def add(self, name: str, content: Iterable[bytes]) -> None:
        """Write one file from its pieces."""
        digest = sha256()
        entry = zipfile.ZipInfo(name, _TIME)
        entry.compress_type = zipfile.ZIP_DEFLATED
        with self._zipped.open(entry, "w", force_zip64=True) as out:
            for piece in content:
                digest.update(piece)
                out.write(piece)
        self.hashes[name] = digest.hexdigest()


@contextmanager
def writing_archive(path: Path, about: dict[str, Any]) -> Iterator[Writer]:
    """Write an archive beside its place, and move it there once it is whole and on the disk."""
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".part-", suffix=".zip")
    try:
        with os.fdopen(handle, "wb") as file:
            with zipfile.ZipFile(file, "w") as zipped:
                writer = Writer(zipped)
                yield writer
                manifest = about | {"files": writer.hashes}
                packed = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
                entry = zipfile.ZipInfo(MANIFEST, _TIME)
                zipped.writestr(entry, packed)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def pieces(path: Path) -> Iterator[bytes]:
    """A file in pieces that fit into memory."""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def unpack(path: Path, folder: Path, kind: str) -> dict[str, Any]:
    """Unpack an archive into an empty folder, and make sure of every file's hash.

    Parameters
    ----------
    path, folder : Path
    kind : str
        What it has to be: `backup` or `export`.

    Returns
    -------
    dict
        Its manifest.

    Raises
    ------
    ArchiveError
        If it is no such archive, names a place outside the folder, or a file
        is missing, spoilt or more than the manifest names.
    """
    try:
        with zipfile.ZipFile(path) as zipped:
            names = zipped.namelist()
            manifest = _manifest(zipped, kind)
            for name in names:
                if not _SAFE.fullmatch(name):
                    raise ArchiveError("strange_name", name)
            if set(names) != {*manifest["files"], MANIFEST} or len(names) != len(set(names)):
                odd = set(names) ^ {*manifest["files"], MANIFEST}
                raise ArchiveError("files_differ", ", ".join(sorted(odd)[:3]))
            for name, expected in manifest["files"].items():
                _unpack_one(zipped, name, expected, folder)
    except (zipfile.BadZipFile, EOFError) as fault:
        raise ArchiveError("no_archive", str(fault)) from None
    return manifest


def _manifest(zipped: zipfile.ZipFile, kind: str) -> dict[str, Any]:
    try:
        manifest = json.loads(zipped.read(MANIFEST))
        is_ours = manifest["kind"] == f"govmaturity {kind}" and isinstance(manifest["files"], dict)
    except (KeyError, TypeError, ValueError):
        is_ours = False
        manifest = {}
    if not is_ours:
        raise ArchiveError("no_archive", kind)
    return dict(manifest)


def _unpack_one(zipped: zipfile.ZipFile, name: str, expected: str, folder: Path) -> None:
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = sha256()
    with zipped.open(name) as source, target.open("wb") as out:
        while piece := source.read(_PIECE):
            digest.update(piece)
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    if digest.hexdigest() != expected or (name.startswith("files/") and target.name != expected):
        raise ArchiveError("spoilt", name)
