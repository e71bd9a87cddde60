"""What may be handed to the reader: told from a file's first bytes and its directory.

Runs in the app's own process, so nothing is decompressed or parsed here. What
a file is called counts only for the formats of WPS, which look like those of
old Excel from outside; people rename files.
"""

from __future__ import annotations

import struct
from io import BytesIO
from typing import Final, Literal
from zipfile import BadZipFile, ZipFile, ZipInfo

from govmaturity.intake.files import limits
from govmaturity.intake.files.delimited import wide_encoding
from govmaturity.intake.issues import Code, Issue, Unreadable

Format = Literal["xlsx", "xls", "ods", "csv"]

_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Sheets of Excel before its fifth version stand alone, without a container.
_BARE_SHEETS: Final = (
    b"\x09\x00\x04\x00",
    b"\x09\x02\x06\x00",
    b"\x09\x04\x06\x00",
    b"\x09\x08\x08\x00",
    b"\x09\x08\x10\x00",
)
_OF_WPS: Final = (".et", ".ett", ".wps", ".wpt", ".dps")
# What streams of an old container say, in the order in which it counts.
_STREAMS: Final[tuple[tuple[str, Code], ...]] = (
    ("EncryptedPackage", "password"),
    ("WordDocument", "word_document"),
    ("PowerPoint Document", "word_document"),
)
_SHEET_STREAMS: Final = ("Workbook", "Book")
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
    (b"\xfd7zXZ", "archive"),
    (b"BZh91AY&SY", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),
    (b"Rar!", "archive"),
)
_MIME: Final = (b"mime-version:", b"content-type: multipart/related")
_DIRECTORY_END: Final = b"PK\x05\x06"
_WEB_PAGE: Final = (b"<!doctype html", b"<html", b"<table", b"<meta", b"<head")
# Every reader of directories raises its own kind of error on a broken one.
_BROKEN: Final = (BadZipFile, ValueError, struct.error, OSError, NotImplementedError, IndexError)


def recognise(content: bytes, name: str = "") -> Format:
    """Return the format of an uploaded file if the reader may have it.

    Parameters
    ----------
    content : bytes
        The whole file.
    name : str
        What it is called; tells the formats of WPS from old Excel's.

    Returns
    -------
    {"xlsx", "xls", "ods", "csv"}
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
    code = _kind_by_opening(content)
    if code is not None:
        raise _refused(code)
    if content.startswith((_OLD_OFFICE, *_BARE_SHEETS)):
        _check_old_office(content, name)
        return "xls"
    if content.startswith(b"PK"):
        return _check_archive(content)
    _check_text(content)
    return "csv"


def _refused(code: Code, found: str = "", expected: str = "") -> Unreadable:
    return Unreadable([Issue(code, "error", found=found, expected=expected)])


def _kind_by_opening(content: bytes) -> Code | None:
    for opening, code in _OPENINGS:
        if content.startswith(opening):
            return code
    if content[257:262] == b"ustar":
        return "archive"
    is_webp = content.startswith(b"RIFF") and content[8:12] == b"WEBP"
    is_of_a_phone = content[4:8] == b"ftyp" and content[8:11] in (b"hei", b"mif", b"avi")
    return "picture" if is_webp or is_of_a_phone else None


def _check_old_office(content: bytes, name: str) -> None:
    for stream, code in _STREAMS:
        if stream.encode("utf-16-le") in content:
            raise _refused(code)
    if name.casefold().endswith(_OF_WPS):
        raise _refused("wps_file")
    is_container = content.startswith(_OLD_OFFICE)
    if is_container and not any(s.encode("utf-16-le") in content for s in _SHEET_STREAMS):
        has_directory = "Root Entry".encode("utf-16-le") in content
        raise _refused("unknown_format" if has_directory else "broken_file")


def _check_archive(content: bytes) -> Format:
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
    kind = _kind_of_archive(set(names))
    if kind != "xlsx" and kind != "ods":
        raise _refused(kind)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise _refused("password")
    _check_sizes(entries)
    return kind


def _kind_of_archive(names: set[str]) -> Literal["xlsx", "ods"] | Code:
    if "[content_types].xml" in names:
        if "xl/workbook.bin" in names:
            return "binary_excel"
        if any(name.startswith("xl/") for name in names):
            return "xlsx"
        is_document = any(name.startswith(("word/", "ppt/")) for name in names)
        return "word_document" if is_document else "archive"
    if "mimetype" in names and "content.xml" in names:
        return "ods"
    if any(name.endswith((".iwa", "index.zip")) for name in names):
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
        holds_cells = "worksheets/" in name or name.endswith(("sharedstrings.xml", "content.xml"))
        ratio = entry.file_size / max(entry.compress_size, 1)
        if holds_cells and entry.file_size > limits.RATIO_FROM_BYTES and ratio > limits.MAX_RATIO:
            raise _refused(
                "archive_too_large",
                found=f"{ratio:.0f} : 1",
                expected=f"{limits.MAX_RATIO} : 1",
            )


def _check_text(content: bytes) -> None:
    if wide_encoding(content):
        return
    if _DIRECTORY_END in content[-66_000:]:  # an archive behind something else
        raise _refused("broken_file")
    opening = content[:4096].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if opening.startswith(b"<?xml") and b"<html" not in opening:
        raise _refused("xml_spreadsheet")
    if opening.startswith(b"<") and any(mark in opening for mark in _WEB_PAGE):
        raise _refused("web_page")
    if opening.startswith(_MIME):
        raise _refused("web_archive")
    control = sum(byte < 0x20 and byte not in b"\t\n\r\x0b\x0c\x1a\x00" for byte in opening)
    if control > len(opening) / 50 or opening.count(0) > len(opening) / 10:
        raise _refused("unknown_format")
