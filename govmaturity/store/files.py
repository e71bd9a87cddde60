"""Files that stay: kept under the hash of their content, and never changed.

Beside `uploads`, from which a person may delete: what a submission, a piece of
evidence or a release refers to has to be there as long as the store is.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from hashlib import file_digest, sha256
from pathlib import Path


def keep_file(folder: Path, content: bytes) -> str:
    """Keep a file and return the SHA-256 of its content; nothing happens where it is kept already.

    It is whole, and on the disk, when this returns: whoever refers to it in a
    transaction that follows never refers to nothing.
    """
    digest = sha256(content).hexdigest()
    path = file_path(folder, digest)
    if path.is_file():
        return digest
    path.parent.mkdir(parents=True, exist_ok=True)
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
    _settle(path.parent)
    return digest


def file_path(folder: Path, digest: str) -> Path:
    """Where a kept file lies: spread over folders by the start of its hash."""
    return folder / digest[:2] / digest


def is_whole(folder: Path, digest: str) -> bool:
    """Whether a kept file is there and has the content that its name promises."""
    with suppress(FileNotFoundError), file_path(folder, digest).open("rb") as file:
        return file_digest(file, "sha256").hexdigest() == digest
    return False


def _settle(folder: Path) -> None:
    """Have the folder's entries on the disk too, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
