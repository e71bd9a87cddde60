"""Uploaded files, kept as they came under the hash of their content.

They live in the working directory (`GOVMATURITY_HOME`, by default
`.govmaturity` in the project), one folder per upload: the file itself and what
is known of it. A file is whole or not there: it is written beside its place
and moved in one step.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

HOME_SETTING: Final = "GOVMATURITY_HOME"
_PROJECT: Final = Path(__file__).resolve().parents[2]
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_CONTENT, _ABOUT = "content", "about.json"


@dataclass(frozen=True)
class Upload:
    """One kept file.

    `skips_faulty`: its owner chose to go on without the faulty cells.
    `corrections`: what was typed in the browser in place of cells, as (sheet,
    cell, text).
    """

    id: str
    name: str
    framework: str
    content: bytes
    skips_faulty: bool = False
    corrections: tuple[tuple[str, str, str], ...] = ()

    @property
    def version(self) -> str:
        """The file with its corrections: changes whenever what is read of it does."""
        if not self.corrections:
            return self.id
        said = json.dumps(self.corrections, ensure_ascii=False).encode()
        return sha256(self.id.encode() + said).hexdigest()


def working_directory() -> Path:
    """The folder that the app may write to."""
    return Path(os.environ.get(HOME_SETTING) or _PROJECT / ".govmaturity")


def keep(
    content: bytes,
    name: str,
    framework: str,
    *,
    skips_faulty: bool = False,
    corrections: Iterable[tuple[str, str, str]] = (),
) -> Upload:
    """Keep a file; the same content again replaces what was known of it.

    Parameters
    ----------
    content : bytes
    name : str
        As the person called it; shown, never used as a path.
    framework : str
        Id of the framework it is meant for.
    skips_faulty : bool
    corrections : iterable of (sheet, cell, text)

    Returns
    -------
    Upload
        Its `id` is the SHA-256 of the content.

    Raises
    ------
    OSError
        If the working directory cannot be written.
    """
    id_ = sha256(content).hexdigest()
    upload = Upload(id_, name, framework, content, skips_faulty, tuple(corrections))
    folder = _folder(upload.id)
    folder.mkdir(parents=True, exist_ok=True)
    about = {key: value for key, value in asdict(upload).items() if key not in ("id", "content")}
    _write(folder / _CONTENT, content)
    _write(folder / _ABOUT, json.dumps(about, ensure_ascii=False).encode())
    return upload


def find(id_: str) -> Upload | None:
    """Return a kept upload, or None where there is none of that id (deleted, or no id at all)."""
    if not _HASH.fullmatch(id_):
        return None
    folder = _folder(id_)
    try:
        about = json.loads((folder / _ABOUT).read_bytes())
        content = (folder / _CONTENT).read_bytes()
    except FileNotFoundError:
        return None
    corrections = tuple((sheet, cell, text) for sheet, cell, text in about.get("corrections", ()))
    return Upload(
        id_, about["name"], about["framework"], content, about["skips_faulty"], corrections
    )


def forget(id_: str) -> None:
    """Delete an upload; nothing happens where it is gone already."""
    if _HASH.fullmatch(id_):
        shutil.rmtree(_folder(id_), ignore_errors=True)


def _folder(id_: str) -> Path:
    return working_directory() / "uploads" / id_


def _write(path: Path, content: bytes) -> None:
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
