"""Good files, spoilt at random: `python -m tests.hostile.fuzz --cases 10000 --seed 1`.

Each case is made from the seed and its number alone, so that one of them can
be made again: `--only 4711`. Whatever comes out, `check` has to answer, no
value may be infinite, every finding has to have its sentence, and nothing may
be written.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import re
import sys
import tempfile
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from govmaturity.intake.checks import check
from govmaturity.texts import LANGUAGES
from tests.hostile.making import (
    FRAMEWORK,
    TABLE,
    Parts,
    ods,
    ods_content,
    ods_row,
    parts,
    text,
    xls,
    xls_number,
    xls_rows,
    zipped,
)

_ROWS: Final = [
    ["adcode", "name", "period", "S2", "N1"],
    ["440106", "天河区", "2024", 85, 12],
    ["440103", "荔湾区", "2024", 0.7, "1,234"],
    ["440104", "越秀区", "2024", "85%", None],
    ["440105", "海珠区", "2023", "n/a", 1e5],
    ["合计", None, None, 99, 3],
]
_ODD: Final = (
    "",
    "-1",
    "99999999999999999999",
    "1e400",
    "NaN",
    "XFD1048576",
    "A0",
    "�",
    "\U0010ffff",
    "\u202e",
    "￾",
    "&#0;",
    "&amp;",
    "]]>",
    "<!--",
    "$",
    "e",
    "s",
    "str",
    "true",
)
_ENCODINGS: Final = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "big5", "latin-1")
_BIT: Final = 8


@dataclass(frozen=True)
class Spoilt:
    """A file and how it was spoilt."""

    kind: str
    content: bytes
    file: str


def spoilt(seed: int, number: int) -> Spoilt:
    """Make one case; the same numbers give the same bytes."""
    chance = random.Random(f"{seed}:{number}")
    kind = chance.choice(list(_KINDS))
    file, content = _KINDS[kind](chance)
    return Spoilt(kind, content, file)


def outcome(case: Spoilt) -> tuple[str, list[str]]:
    """What `check` makes of a case, in a word, and what must not be."""
    checked = check(case.content, case.file, FRAMEWORK)
    table = checked.values.table
    reported = table.loc[table["status"] == "reported", "value"]
    wrong = [f"not finite: {value}" for value in reported if not math.isfinite(value)]
    for issue in checked.issues:
        for language in LANGUAGES:
            sentence = issue.message(language)
            if not sentence or "\n" in sentence:
                wrong.append(f"{issue.code} has no line in {language}: {sentence!r}")
    errors = [issue.code for issue in checked.issues if issue.severity == "error"]
    if not checked.rows and errors:
        return errors[0], wrong
    return ("read, with errors" if errors else "read"), wrong


@contextmanager
def nothing_written() -> Iterator[list[str]]:
    """Point the app's folder and the temporary one at empty folders; list what appears there."""
    found: list[str] = []
    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryDirectory() as temporary:
        before = {name: os.environ.get(name) for name in ("GOVMATURITY_HOME", "TMPDIR")}
        os.environ |= {"GOVMATURITY_HOME": home, "TMPDIR": temporary}
        # Where this process would write to is remembered from the first time it is asked.
        kept, tempfile.tempdir = tempfile.tempdir, temporary
        try:
            yield found
        finally:
            tempfile.tempdir = kept
            for name, value in before.items():
                os.environ.pop(name)
                if value is not None:
                    os.environ[name] = value
            found += [str(path) for folder in (home, temporary) for path in Path(folder).rglob("*")]


# How bytes are spoilt -------------------------------------------------------------------------


def _bytes(chance: random.Random, content: bytes) -> bytes:
    found = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        if not found:
            break
        at = chance.randrange(len(found))
        size = chance.choice((1, 1, 2, 8, 100))
        match chance.randrange(6):
            case 0:
                found[at] ^= 1 << chance.randrange(_BIT)
            case 1:
                found[at : at + size] = chance.randbytes(size)
            case 2:
                del found[at : at + size]
            case 3:
                found[at:at] = found[at : at + size]
            case 4:
                found[at : at + size] = bytes(min(size, len(found) - at))
            case _:
                del found[at:]
    return bytes(found)


def _text(chance: random.Random, content: str) -> str:
    for _ in range(chance.choice((1, 2, 4))):
        at = chance.randrange(len(content) + 1)
        size = chance.choice((0, 1, 3, 30))
        put = chance.choice((*_ODD, chr(chance.randrange(1, 0xD800)), content[at : at + 50]))
        content = content[:at] + put + content[at + size :]
    return content


# Kinds of cases -------------------------------------------------------------------------------


def _workbook(chance: random.Random) -> Parts:
    made = "".join(
        f'<row r="{n}">'
        + "".join(_cell(chance, f"{'ABCDE'[place]}{n}", value) for place, value in enumerate(row))
        + "</row>"
        for n, row in enumerate(_ROWS, start=1)
    )
    return parts(made)


def _cell(chance: random.Random, ref: str, value: object) -> str:
    style = chance.choice(("", "", ' s="1"'))
    if value is None:
        return f'<c r="{ref}"{style}/>'
    if isinstance(value, str):
        return f'<c r="{ref}" t="inlineStr"><is><t>{value}</t></is></c>'
    formula = chance.choice(("", "", "<f>1+1</f>"))
    return f'<c r="{ref}"{style}>{formula}<v>{value}</v></c>'


def _archive_bytes(chance: random.Random) -> tuple[str, bytes]:
    method = chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
    return "a.xlsx", _bytes(chance, zipped(_workbook(chance), method))


def _archive_entries(chance: random.Random) -> tuple[str, bytes]:
    entries = _workbook(chance)
    for _ in range(chance.choice((1, 2, 3))):
        one, other = chance.choice(list(entries)), chance.choice(list(entries))
        match chance.randrange(5):
            case 0:
                entries[one], entries[other] = entries[other], entries[one]
            case 1:
                del entries[one]
            case 2:
                entries[chance.choice((one.upper(), f"../{one}", f"{one}/", "xl/a.xml"))] = b"<a/>"
            case 3:
                entries[one] = _bytes(chance, entries[one])
            case _:
                entries[one] = chance.choice((b"", b"<a/>", b"\0" * 99, zipped({"a": b"b"})))
        if not entries:
            break
    method = chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2))
    return "a.xlsx", zipped(entries, method)


def _directory(chance: random.Random) -> tuple[str, bytes]:
    content = bytearray(zipped(_workbook(chance)))
    marks = [found.start() for found in re.finditer(rb"PK(?:\x01\x02|\x03\x04|\x05\x06)", content)]
    for _ in range(chance.choice((1, 2))):
        at = chance.choice(marks) + chance.randrange(4, 46)
        value = chance.choice((b"\0", b"\xff", b"\xff\xff", b"\xff\xff\xff\x7f", b"\1\0\0\0"))
        content[at : at + len(value)] = value
    return "a.xlsx", bytes(content)


def _sheet_xml(chance: random.Random) -> tuple[str, bytes]:
    entries = _workbook(chance)
    name = chance.choice(("xl/worksheets/sheet1.xml",) * 4 + tuple(entries))
    entries[name] = _markup(chance, entries[name].decode()).encode("utf-8", "replace")
    return "a.xlsx", zipped(entries)


def _markup(chance: random.Random, content: str) -> str:
    for _ in range(chance.choice((1, 1, 2, 4))):
        tags = list(re.finditer(r"<[^>]+>", content))
        values = list(re.finditer(r'"[^"]*"|>[^<]+<', content))
        if not tags or not values:
            break
        tag, other, value = chance.choice(tags), chance.choice(tags), chance.choice(values)
        odd = chance.choice((*_ODD, str(chance.randrange(10**9)), chr(chance.randrange(1, 0xD800))))
        match chance.randrange(6):
            case 0:
                content = content[: tag.start()] + content[tag.end() :]
            case 1:
                content = (
                    content[: tag.end()] + tag[0] * chance.choice((1, 9)) + content[tag.end() :]
                )
            case 2:
                first, last = sorted((tag.start(), other.end()))
                content = content[:last] + content[first:last] + content[last:]
            case 3:
                inside = f"{value[0][0]}{odd}{value[0][-1]}"
                content = content[: value.start()] + inside + content[value.end() :]
            case 4:
                content = content[: tag.start()] + other[0] + content[tag.end() :]
            case _:
                content = _text(chance, content)
    return content


def _ods_xml(chance: random.Random) -> tuple[str, bytes]:
    rows = "".join(ods_row(*values) for values in _ROWS)
    content = _markup(chance, ods_content(rows).decode())
    return "a.ods", ods(**{"content.xml": content.encode("utf-8", "replace")})


def _ods_bytes(chance: random.Random) -> tuple[str, bytes]:
    return "a.ods", _bytes(chance, ods("".join(ods_row(*values) for values in _ROWS)))


def _xls_bytes(chance: random.Random) -> tuple[str, bytes]:
    whole = xls(xls_rows(_ROWS) + xls_number(7, 3, 0.5, 1))
    if chance.random() < 0.5:
        return "a.xls", _bytes(chance, whole)
    # The records themselves: the rest of the file is mostly padding.
    return "a.xls", whole[:512] + _bytes(chance, whole[512:1600])[:1088].ljust(1088, b"\0") + whole[
        1600:
    ]


def _csv_bytes(chance: random.Random) -> tuple[str, bytes]:
    encoding = chance.choice(_ENCODINGS)
    return "a.csv", _bytes(chance, text(_ROWS).encode(encoding, "replace"))


def _csv_text(chance: random.Random) -> tuple[str, bytes]:
    delimiter = chance.choice((",", ";", "\t", "|", "，", ", ", '","'))
    end = chance.choice(("\n", "\r\n", "\r", "\n\n", "\n\r", "\u2028", "\x85"))
    content = _text(chance, text(chance.choice((_ROWS, TABLE)), delimiter, end))
    for _ in range(chance.choice((0, 0, 1, 2))):
        at = chance.randrange(len(content) + 1)
        content = (
            content[:at] + chance.choice(('"', "'", '""', ",", "\n", "\0", "=")) + content[at:]
        )
    return "a.csv", content.encode(chance.choice(_ENCODINGS), "replace")


def _csv_joined(chance: random.Random) -> tuple[str, bytes]:
    pieces = (text(_ROWS).encode(chance.choice(_ENCODINGS), "replace") for _ in range(2))
    return "a.csv", b"".join(pieces)


_KINDS: Final[dict[str, Callable[[random.Random], tuple[str, bytes]]]] = {
    "bytes of an archive": _archive_bytes,
    "entries of an archive": _archive_entries,
    "fields of the directory": _directory,
    "XML of a workbook": _sheet_xml,
    "XML of an ods": _ods_xml,
    "bytes of an ods": _ods_bytes,
    "bytes of an xls": _xls_bytes,
    "bytes of a csv": _csv_bytes,
    "text of a csv": _csv_text,
    "two encodings in a csv": _csv_joined,
}


# The command ----------------------------------------------------------------------------------


def main(arguments: list[str] | None = None) -> int:
    """Run the cases; 1 if one of them came out as it must not."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.fuzz", description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="one case, by its number")
    parser.add_argument("--save", type=Path, help="where to write the file of --only")
    chosen = parser.parse_args(arguments)
    if chosen.only is not None:
        case = spoilt(chosen.seed, chosen.only)
        if chosen.save:
            chosen.save.write_bytes(case.content)
        print(f"{case.kind}: {len(case.content)} bytes as {case.file}")
        print(*outcome(case))
        return 0
    outcomes: Counter[str] = Counter()
    failed = 0
    with nothing_written() as written, ThreadPoolExecutor(os.cpu_count()) as pool:
        running = [
            pool.submit(lambda n: outcome(spoilt(chosen.seed, n)), n) for n in range(chosen.cases)
        ]
        for number, future in enumerate(running):
            fault = future.exception()
            label, wrong = future.result() if fault is None else ("raised", [repr(fault)])
            outcomes[label] += 1
            if wrong:
                failed += 1
                print(f"--seed {chosen.seed} --only {number}: {wrong}", file=sys.stderr)
            if fault is not None:
                traceback.print_exception(fault, limit=-4)
    for label, times in outcomes.most_common():
        print(f"{times:7d}  {label}")
    print(f"{chosen.cases:7d}  cases with seed {chosen.seed}; {failed} failed; written: {written}")
    return 1 if failed or written else 0


if __name__ == "__main__":
    raise SystemExit(main())
