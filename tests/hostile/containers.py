"""Files as they are packed: formats, archives, old containers, names that mislead."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import warnings
import zipfile
from collections.abc import Iterator

from govmaturity.intake.files import limits
from tests.hostile.making import (
    STRICT,
    Case,
    Parts,
    book,
    good,
    grid,
    parts,
    refused,
    relations,
    text,
    workbook,
    zipped,
)
from tests.hostile.making_others import CONTAINER, container, ods, xls

PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
PAGE = "<html><body><table><tr><td>adcode</td><td>S2</td></tr></table></body></html>"


def cases() -> Iterator[Case]:
    yield from _other_kinds()
    yield from _named_wrongly()
    yield from _broken_archives()
    yield from _bombs()
    yield from _parts()


def _other_kinds() -> Iterator[Case]:
    yield refused("a file of no bytes", b"", "empty_file")
    yield refused("a file of zeros and line ends", bytes(50) + b"\r\n", "empty_file")
    yield refused("a file over the limit", b"a,b\n" * (limits.MAX_BYTES // 4 + 1), "file_too_large")
    yield refused("a PDF named xlsx", b"%PDF-1.7\n1 0 obj\n", "pdf")
    yield refused("a PNG named xlsx", PNG, "picture")
    yield refused("a JPEG named xlsx", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(99), "picture")
    yield refused("a WEBP named xlsx", b"RIFF\x10\0\0\0WEBPVP8 " + bytes(99), "picture")
    yield refused("a photo of a phone", b"\0\0\0\x18ftypheic" + bytes(99), "picture")
    yield refused("a GIF named csv", b"GIF89a" + bytes(50), "picture", "a.csv")
    yield refused("a rich text document", b"{\\rtf1\\ansi S2}", "word_document")
    yield refused(
        "a docx named xlsx",
        zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}),
        "word_document",
    )
    yield refused(
        "an old Word document", container({"WordDocument": b"\xec\xa5" * 90}), "word_document"
    )
    yield refused("an odt named ods", _odt(), "word_document", "a.ods")
    yield refused("a csv in a zip", zipped({"a.csv": b"adcode,S2\n"}), "archive", "a.zip")
    yield refused("a gzip named csv", gzip.compress(b"adcode,S2\n", mtime=0), "archive", "a.csv")
    yield refused("a 7z archive", b"7z\xbc\xaf\x27\x1c" + bytes(50), "archive")
    yield refused("a rar archive", b"Rar!\x1a\x07" + bytes(50), "archive")
    yield refused("an xz archive", b"\xfd7zXZ\0" + bytes(50), "archive")
    yield refused("a tar archive", _tar(), "archive")
    yield refused("a Numbers file", zipped({"Index/Document.iwa": b"x"}), "numbers_file")
    yield refused("an old Numbers file", zipped({"Index.zip": b"x"}), "numbers_file")
    yield refused(
        "a binary workbook",
        zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"\x83\x01"}),
        "binary_excel",
        "a.xlsb",
    )
    yield refused("a table of WPS by its name", xls(), "wps_file", "填报表.et")
    yield refused("a text of WPS by its name", container({"CONTENTS": b"x"}), "wps_file", "a.wps")
    yield refused("a container of something else", container({"Thumbs": b"x"}), "unknown_format")
    yield refused("a program named xlsx", b"MZ\x90\0\x03\0\0\0" * 40, "unknown_format")
    yield refused("bytes of no format", bytes(range(1, 256)) * 4, "unknown_format")


def _named_wrongly() -> Iterator[Case]:
    yield refused("a web page named xls", PAGE.encode(), "web_page", "a.xls")
    yield refused(
        "a web page in GB18030 named xls",
        f'<meta charset="gb18030">{PAGE}区县'.encode("gb18030"),
        "web_page",
        "a.xls",
    )
    yield refused(
        "an XML spreadsheet of 2003 named xls",
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
        "xml_spreadsheet",
        "a.xls",
    )
    yield refused(
        "a flat OpenDocument file",
        b'<?xml version="1.0"?><office:document xmlns:office="x"/>',
        "xml_spreadsheet",
        "a.fods",
    )
    mime = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
    yield refused("a web archive named xls", mime + PAGE.encode(), "web_archive", "a.xls")
    yield good("a csv named xlsx", text().encode())
    yield good("a workbook named csv", book(), file="a.csv")
    yield good("an ods named xls", ods(), file="a.xls")
    yield good("an old workbook named xlsx", xls())
    yield good("a workbook without any ending", book(), file="upload")


def _broken_archives() -> Iterator[Case]:
    whole = book()
    yield refused("a workbook cut in the middle", whole[: len(whole) // 2], "broken_file")
    yield refused("a workbook cut by one byte", whole[:-1], "broken_file")
    yield refused("the first four bytes of a workbook", whole[:4], "broken_file")
    yield refused("an archive without entries", zipped({}), "broken_file")
    yield refused("junk before a workbook", b"junk\n" * 20 + whole, "broken_file")
    yield refused("a PDF before a workbook", b"%PDF-1.7\n" + whole, "pdf")
    yield good("a comment behind a workbook", _with_comment(whole))
    yield refused("two entries of one name", _doubled(), "broken_file")
    yield refused(
        "two entries that differ in case",
        zipped(parts() | {"XL/worksheets/Sheet1.xml": b"<x/>"}),
        "broken_file",
    )
    yield good(
        "paths that lead out of the folder",
        zipped(parts() | {"../../etc/passwd": b"x", "/tmp/evil.txt": b"x", "C:\\evil.bat": b"x"}),
    )
    yield refused("an entry said to be encrypted", _patched(whole, 8, b"\x01"), "password")
    yield refused("a method of packing that nobody knows", _patched(whole, 10, b"\x63"), _BROKEN)
    yield refused("a checksum that is wrong", _patched(whole, 16, b"\0\1\2\3"), _BROKEN)
    yield refused(
        "a size declared far too small", _patched(whole, 24, struct.pack("<I", 5)), _BROKEN
    )
    yield refused(
        "a size declared far too large",
        _patched(whole, 24, struct.pack("<I", 2**31)),
        "archive_too_large",
    )
    yield refused(
        "an entry that begins behind the end",
        _patched(whole, 42, struct.pack("<I", 2**30)),
        _BROKEN,
    )
    yield good("a workbook in the long form ZIP64", _zip64())
    yield good("a workbook that is not compressed", zipped(parts(), zipfile.ZIP_STORED))
    yield refused("a workbook packed with LZMA", zipped(parts(), zipfile.ZIP_LZMA), _BROKEN)


def _bombs() -> Iterator[Case]:
    yield refused(
        "one part that unpacks to 70 MB",
        book(xl__sharedStrings__xml=b"<si><t>a</t></si>" * 4_200_000),
        "archive_too_large",
    )
    blank = b" " * (limits.MAX_DECLARED_BYTES // 40)
    yield refused(
        "many parts that unpack to 70 MB",
        zipped(parts() | {f"xl/{number}.bin": blank for number in range(45)}),
        "archive_too_large",
    )
    yield refused(
        "a sheet that compresses a thousand times",
        zipped(parts() | {"xl/worksheets/sheet1.xml": b" " * 11_000_000}),
        "archive_too_large",
    )
    yield refused(
        "2,001 entries",
        zipped(parts() | {f"xl/media/{number}": b"" for number in range(limits.MAX_ENTRIES)}),
        "archive_too_large",
    )
    yield good(
        "a thousand small pictures", zipped(parts() | {f"xl/media/{n}": b"x" for n in range(1000)})
    )
    yield good(
        "an archive in an archive",
        zipped(parts() | {"xl/embeddings/a.zip": zipped({"a": b"b"})}),
        "external_links",
    )
    shared = b"<sst><si><t>" + b"x" * 9_000_000 + b"</t></si></sst>"
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 100_001))
    yield refused(
        "one text of 9 MB in 100,000 cells",
        book(cells, xl__sharedStrings__xml=shared),
        "too_much_memory|reader_stopped",
    )


def _parts() -> Iterator[Case]:
    for name in (
        "_rels/.rels",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/worksheets/sheet1.xml",
    ):
        left = {key: part for key, part in parts().items() if key != name}
        yield refused(f"a workbook without {name}", zipped(left), _BROKEN)
    left = {key: part for key, part in parts().items() if key != "xl/styles.xml"}
    yield good("a workbook without xl/styles.xml", zipped(left))
    shared = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    yield refused("texts that are shared nowhere", book(shared), _BROKEN)
    yield refused(
        "a text beyond the shared ones",
        book(
            shared.replace("<v>0", "<v>7"), xl__sharedStrings__xml=b"<sst><si><t>a</t></si></sst>"
        ),
        _BROKEN,
    )
    yield good("a workbook in the strict form", _strict())
    yield good("names with a prefix", _prefixed())
    macros = parts() | {"xl/vbaProject.bin": b"\0"}
    yield good("a workbook with macros", zipped(macros), "macros_not_run", file="a.xlsm")
    for name in ("xl/externalLinks/externalLink1.xml", "xl/connections.xml"):
        more = parts() | {name: b"<x/>"}
        yield good(f"a workbook with {name}", zipped(more), "external_links")
    dde = b'<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
    yield good(
        "a workbook with DDE",
        zipped(parts() | {"xl/externalLinks/externalLink1.xml": dde}),
        "external_links",
    )
    ole = parts() | {"xl/embeddings/oleObject1.bin": CONTAINER}
    yield good("a workbook with an OLE object", zipped(ole), "external_links")
    yield good("a chart sheet before the data", _with_chart_sheet("chartsheet"))
    yield good("a dialog sheet before the data", _with_chart_sheet("dialogsheet"))
    names = '<definedNames><definedName name="x">Gone!$A$1</definedName><definedName name="y">'
    names += "#REF!</definedName></definedNames>"
    sheets = '<sheet name="Data" sheetId="1" r:id="rId1"/>'
    named = parts() | {"xl/workbook.xml": workbook(sheets, after=names)}
    yield good("defined names of sheets that are gone", zipped(named))
    early = parts() | {"xl/workbook.xml": workbook(sheets, '<workbookPr date1904="1"/>')}
    yield good("dates that count from 1904", zipped(early))


_BROKEN = "broken_file"


def _odt() -> bytes:
    content = (
        b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">'
        b"<office:body><office:text/></office:body></office:document-content>"
    )
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content})


def _tar() -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.csv"), io.BytesIO())
    return target.getvalue()


def _with_comment(content: bytes) -> bytes:
    target = io.BytesIO(content)
    with zipfile.ZipFile(target, "a") as archive:
        archive.comment = b"made by a system"
    return target.getvalue()


def _doubled() -> bytes:
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w") as archive:
        warnings.simplefilter("ignore")
        for entries in (parts(), parts(grid([["adcode", "S2"], ["440106", 99]]))):
            for name, part in entries.items():
                archive.writestr(zipfile.ZipInfo(name), part)
    return target.getvalue()


def _patched(content: bytes, at: int, value: bytes) -> bytes:
    """The archive with another field in the directory's entry of the first sheet."""
    entry = content.rindex(b"xl/worksheets/sheet1.xml") - 46
    return content[: entry + at] + value + content[entry + at + len(value) :]


def _zip64() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts().items():
            with archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as entry:
                entry.write(part)
    return target.getvalue()


def _strict() -> bytes:
    found: Parts = {}
    for name, part in parts().items():
        for usual, strict in STRICT.items():
            part = part.replace(usual.encode(), strict.encode())
        found[name] = part
    return zipped(found)


def _prefixed() -> bytes:
    part = parts()["xl/worksheets/sheet1.xml"].replace(b"<", b"<x:").replace(b"<x:/", b"</x:")
    return zipped(parts() | {"xl/worksheets/sheet1.xml": part.replace(b"xmlns=", b"xmlns:x=")})


def _with_chart_sheet(kind: str) -> bytes:
    sheets = (
        '<sheet name="Chart" sheetId="2" r:id="rId9"/><sheet name="Data" sheetId="1" r:id="rId1"/>'
    )
    links = relations(
        ("rId1", "worksheet", "worksheets/sheet1.xml"),
        ("rId2", "styles", "styles.xml"),
        ("rId9", kind, f"{kind}s/sheet1.xml"),
    )
    return zipped(
        parts()
        | {
            "xl/workbook.xml": workbook(sheets),
            "xl/_rels/workbook.xml.rels": links,
            f"xl/{kind}s/sheet1.xml": f"<{kind}/>".encode(),
        }
    )
