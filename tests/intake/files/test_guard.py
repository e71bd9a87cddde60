"""What is handed to the reader is told from content, not from names."""

from __future__ import annotations

import io
import zipfile

import pytest

from govmaturity.intake.files import limits
from govmaturity.intake.files.guard import recognise
from govmaturity.intake.issues import Unreadable


def code_of(content: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        recognise(content)
    assert len(caught.value.issues) == 1
    assert caught.value.issues[0].severity == "error"
    return caught.value.issues[0].code


def archive(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, part in parts.items():
            whole.writestr(name, part)
    return target.getvalue()


def workbook(**more: bytes) -> bytes:
    return archive(
        **{"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}, **more
    )


def test_a_workbook_and_a_text_table_are_recognised(xlsx) -> None:
    assert recognise(xlsx([["code", "S2"]])) == "xlsx"
    assert recognise("区划代码,S2\n440106,5\n".encode("gb18030")) == "csv"
    assert recognise("\ufeffcode\tS2\n".encode()) == "csv"
    assert recognise("code,S2\n".encode("utf-16")) == "csv"


def test_old_and_open_workbooks_are_recognised() -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le")
    assert recognise(old) == "xls"
    assert recognise(old, "report.xls") == "xls"
    assert recognise(archive(mimetype=b"", **{"content.xml": b""})) == "ods"


def test_only_the_name_tells_a_table_of_wps_from_one_of_old_excel() -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le")
    with pytest.raises(Unreadable) as caught:
        recognise(old, "填报表.ET")
    assert caught.value.issues[0].code == "wps_file"


def test_a_workbook_with_macros_is_a_workbook() -> None:
    assert recognise(workbook(**{"xl/vbaProject.bin": b"macros"})) == "xlsx"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b" \r\n\0", "empty_file"),
        (b"%PDF-1.7 ...", "pdf"),
        (b"\x89PNG\r\n\x1a\n...", "picture"),
        (b"\xff\xd8\xff\xe0...", "picture"),
        (b"{\\rtf1 ...", "word_document"),
        (b"\n<html><table><tr><td>440106</td></tr></table></html>", "web_page"),
        (b"\xef\xbb\xbf<!DOCTYPE html><table>", "web_page"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', "xml_spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Root Entry".encode("utf-16-le"), "unknown_format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "word_document"),
        (b"\x1f\x8b\x08", "archive"),
        (bytes(range(1, 256)) * 4, "unknown_format"),
        (b"PK\x03\x04 torn off", "broken_file"),
    ],
)
def test_other_files_are_refused_with_what_to_do(content: bytes, code: str) -> None:
    assert code_of(content) == code


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"Index/Document.iwa": b""}, "numbers_file"),
        ({"[Content_Types].xml": b"", "xl/workbook.bin": b""}, "binary_excel"),
        ({"[Content_Types].xml": b"", "word/document.xml": b""}, "word_document"),
        ({"a.csv": b"", "b.csv": b""}, "archive"),
    ],
)
def test_other_archives_are_told_apart(parts: dict[str, bytes], code: str) -> None:
    assert code_of(archive(**parts)) == code


def test_a_file_over_the_limit_is_refused() -> None:
    assert code_of(b"a,b\n" * (limits.MAX_BYTES // 4 + 1)) == "file_too_large"


def test_an_archive_of_too_many_entries_is_refused() -> None:
    parts = {f"xl/{number}": b"" for number in range(limits.MAX_ENTRIES)}
    assert code_of(workbook(**parts)) == "archive_too_large"


def test_a_bomb_is_refused_by_the_size_that_it_declares() -> None:
    bomb = b"<si><t>a</t></si>" * 4_000_000
    assert code_of(workbook(**{"xl/sharedStrings.xml": bomb})) == "archive_too_large"


def test_a_large_part_that_compresses_too_well_is_refused() -> None:
    part = b" " * (limits.RATIO_FROM_BYTES + 1)
    assert code_of(workbook(**{"xl/worksheets/sheet1.xml": part})) == "archive_too_large"


def test_an_embedded_picture_may_compress_as_well_as_it_likes() -> None:
    assert recognise(workbook(**{"xl/media/image1.bmp": b" " * (limits.RATIO_FROM_BYTES + 1)}))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_archive_with_two_entries_of_one_name_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as whole:
        for part in (b"1", b"2"):
            whole.writestr("[Content_Types].xml", part)
    assert code_of(target.getvalue()) == "broken_file"


def test_an_encrypted_archive_needs_its_password_removed() -> None:
    content = bytearray(workbook())
    place = content.index(b"PK\x01\x02")
    content[place + 8] |= 1
    assert code_of(bytes(content)) == "password"
