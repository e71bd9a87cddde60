"""What may be handed to the reader: told from a file's first bytes and its directory.

Runs in the app's own process, so nothing is decompressed or parsed here. What
a file is called does not count; people rename files.
"""

from __future__ import annotations

import struct
from io import BytesIO
from typing import Final, Literal
from zipfile import BadZipFile, ZipFile, ZipInfo

from govmaturity.intake.files import limits
from govmaturity.intake.issues import Code, Issue, Unreadable

Format = Literal["xlsx", "csv"]

_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_OPENINGS: Final[tuple[tuple[bytes, Code], ...]] = (
    (b"\x89PNG\r\n\x1a\n", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "word_document"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!", "archive"),
)
_WEB_PAGE: Final = (b"<!doctype html", b"<html", b"<table", b"<meta", b"<head")
# Every reader of directories raises its own kind of error on a broken one.
_BROKEN: Final = (BadZipFile, ValueError, struct.error, OSError, NotImplementedError, IndexError)


def recognise(content: bytes) -> Format:
    """Return the format of an uploaded file if the reader may have it.

    Parameters
    ----------
    content : bytes
        The whole file.

    Returns
    -------
    {"xlsx", "csv"}
        An xlsm is an xlsx: its macros are never run.

    Raises
    ------
    Unreadable
        With one issue that says what to do: the file is empty, too large,
        broken or of another kind.

    Examples
    --------
    >>> recognise("code,population\\n440106,2241826\\n".encode())
    'csv'
    """
    if not content.strip(b"\x00 \t\r\n"):
        raise _refused("empty_file")
    if len(content) > limits.MAX_BYTES:
        raise _refused(
            "file_too_large",
            found=f"{len(content) / limits.MB:.1f} MB",
            expected=f"{limits.MAX_BYTES // limits.MB} MB",
        )
    for opening, code in _OPENINGS:
        if content.startswith(opening):
            raise _refused(code)
    if content.startswith(_OLD_OFFICE):
        raise _refused(_kind_of_old_office(content))
    if content.startswith(b"PK"):
        _check_archive(content)
        return "xlsx"
    _check_text(content)
    return "csv"


def _refused(code: Code, found: str = "", expected: str = "") -> Unreadable:
    return Unreadable([Issue(code, "error", found=found, expected=expected)])


def _kind_of_old_office(content: bytes) -> Code:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "password"
    if "WordDocument".encode("utf-16-le") in content:
        return "word_document"
    return "old_excel"


def _check_archive(content: bytes) -> None:
    # Counted before the directory is read: a directory of 200,000 entries
    # takes a second to read.
    if content.count(b"PK\x01\x02") > limits.MAX_ENTRIES:
        raise _refused("archive_too_large", expected=f"{limits.MAX_ENTRIES}")
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
    except _BROKEN:
        raise _refused("broken_file") from None
    names = [entry.filename.casefold() for entry in entries]
    # Two entries of one name: one reader takes the first, another the last.
    if not names or len(set(names)) < len(names):
        raise _refused("broken_file")
    code = _kind_of_archive(set(names))
    if code is not None:
        raise _refused(code)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise _refused("password")
    _check_sizes(entries)


def _kind_of_archive(names: set[str]) -> Code | None:
    if "[content_types].xml" in names:
        if "xl/workbook.bin" in names:
            return "binary_excel"
        if any(name.startswith("xl/") for name in names):
            return None
        is_document = any(name.startswith(("word/", "ppt/")) for name in names)
        return "word_document" if is_document else "archive"
    if "mimetype" in names and "content.xml" in names:
        return "open_document"
    if any(name.endswith(".iwa") for name in names):
        return "numbers_file"
    return "archive"


def _check_sizes(entries: list[ZipInfo]) -> None:
    # What an entry declares can be believed: readers stop where it ends.
    declared = sum(entry.file_size for entry in entries)
    if declared > limits.MAX_DECLARED_BYTES or len(entries) > limits.MAX_ENTRIES:
        raise _refused(
            "archive_too_large",
            found=f"{declared / limits.MB:.0f} MB",
            expected=f"{limits.MAX_DECLARED_BYTES // limits.MB} MB",
        )
    for entry in entries:
        name = entry.filename.casefold()
        holds_cells = "worksheets/" in name or name.endswith("sharedstrings.xml")
        ratio = entry.file_size / max(entry.compress_size, 1)
        if holds_cells and entry.file_size > limits.RATIO_FROM_BYTES and ratio > limits.MAX_RATIO:
            raise _refused(
                "archive_too_large",
                found=f"{ratio:.0f} : 1",
                expected=f"{limits.MAX_RATIO} : 1",
            )


def _check_text(content: bytes) -> None:
    if content.startswith(_UTF16_MARKS):
        return
    opening = content[:4096].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if opening.startswith(b"<?xml") and b"<html" not in opening:
        raise _refused("xml_spreadsheet")
    if opening.startswith(b"<") and any(mark in opening for mark in _WEB_PAGE):
        raise _refused("web_page")
    control = sum(byte < 0x20 and byte not in b"\t\n\r\x0b\x0c\x1a\x00" for byte in opening)
    if control > len(opening) / 50 or opening.count(0) > len(opening) / 10:
        raise _refused("unknown_format")
