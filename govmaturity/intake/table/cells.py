"""One cell as a value: the only place where what people type becomes a number.

Nothing is guessed in silence. Whatever had to be normalised is reported as a
remark, whatever cannot be read is an error that says what to enter, and what
can mean two things is left missing until somebody answers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite
from typing import Final

from govmaturity.framework.fields import Field
from govmaturity.intake.files.reader import Cell
from govmaturity.intake.issues import Code, Severity
from govmaturity.values.table import Status

NOT_APPLICABLE: Final = frozenset({"n/a", "不适用", "not applicable"})
SUPPRESSED: Final = frozenset({"*", "**", "***", "保密", "suppressed"})
SAID_MISSING: Final = frozenset(
    {
        "-",
        "--",
        "—",
        "——",
        "–",
        "/",
        "\\",
        "...",
        "......",
        "暂无",
        "暂缺",
        "缺失",
        "无数据",
        "未统计",
    }
    | {"missing", "no data"}
)
NONE_OR_ZERO: Final = frozenset({"无", "none", "没有"})
YES: Final = frozenset({"是", "yes", "true", "1", "√", "✓", "✔"})
NO: Final = frozenset({"否", "no", "false", "0", "×", "✗", "✘"})
# A csv that Excel has written holds errors as text.
ERRORS: Final = (
    "#DIV/0!",
    "#N/A",
    "#REF!",
    "#VALUE!",
    "#NAME?",
    "#NUM!",
    "#NULL!",
    "#SPILL!",
    "#CALC!",
)

_PLAIN: Final = re.compile(
    r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?", re.IGNORECASE
)
_GROUPED: Final = re.compile(r"[+-]?[0-9]{1,3}(?:(?:,[0-9]{3})+|(?: [0-9]{3})+)(?:\.[0-9]+)?")
_NOT_EXACT: Final = re.compile(
    r"(?:约|大约|近|超过?|逾|不足|至少|[≥≤<>~≈∼])\s*[0-9].*"
    r"|[0-9.,]+\s*[%万]?\s*(?:[-~—–至到]|to|±|\+/-)\s*[0-9.,]+\s*[%万]?"
    r"|[0-9.,]+\s*[%万]?\s*(?:左右|以上|以下|余|多|\+)",
    re.IGNORECASE,
)
_DATE: Final = re.compile(
    r"[0-9]{4}(?:[./-][0-9]{1,2}[./-][0-9]{1,2}|年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?)"
)
# Spaces that are seen, and marks that are not: zero-width, direction, byte order.
_SPACES: Final = re.compile(r"\s+")
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_MINUS: Final = str.maketrans({"−": "-", "﹣": "-"})
_TEN_THOUSAND: Final = "万"
_HUGE: Final = 1e300


@dataclass(frozen=True)
class Remark:
    """What is to be said of a cell: a code of `govmaturity.intake.issues`."""

    code: Code
    severity: Severity


@dataclass(frozen=True)
class Parsed:
    """A value for the table of values; None unless it is reported."""

    value: float | None
    status: Status
    remarks: tuple[Remark, ...] = ()

    @property
    def is_faulty(self) -> bool:
        return any(remark.severity == "error" for remark in self.remarks)


def parse(cell: Cell, field: Field) -> Parsed:
    """Read one cell as a value of a field.

    Parameters
    ----------
    cell : Cell
    field : Field
        Says whether a number, a yes or no, or one of its options is wanted,
        and whether per cent makes sense.

    Returns
    -------
    Parsed
        Missing where the cell is blank, cannot be read (a remark of severity
        error) or can mean two things (confirm). Never NaN or infinite.

    Examples
    --------
    >>> from govmaturity.framework.fields import Field
    >>> from govmaturity.framework.model import Bounds, Words
    >>> name = Words(zh="户数", en="Households")
    >>> households = Field("h", "input", name, "count", name, Bounds(), Bounds(), None, (),
    ...                    is_required=False, is_shortcut=False)
    >>> parse(Cell("text", "12.5万"), households)
    Parsed(value=125000.0, status='reported', remarks=(Remark(code='read_ten_thousands',
    severity='info'),))
    >>> parse(Cell("text", "≥90"), households).remarks[0].code
    'not_exact'
    """
    if cell.kind == "blank":
        return _MISSING
    if cell.kind == "error":
        return _error("error_cell")
    if cell.kind == "formula_without_value":
        return _error("formula_without_value")
    if field.measure == "yes_no":
        return _parse_words(cell, field, _yes_or_no, "not_yes_no")
    if field.options:
        return _parse_words(cell, field, _option, "not_an_option")
    if cell.kind == "date":
        return _error("date_in_number")
    if cell.kind == "number":
        return _number(cell, field)
    if cell.kind == "bool":
        return _error("not_a_number")
    return _text(str(cell.value), field)


def quick_number(cell: Cell, field: Field) -> float | None:
    """The number of a cell that plainly holds one; None where `parse` has to look.

    What `parse` gives for such a cell of a field of numbers, in half the time:
    most cells of most files are plain. The only remark on it can be
    `read_percent_format`, where the cell is shown as per cent.
    """
    kind, value, is_percent = cell
    if kind == "number" and isinstance(value, float) and value - value == 0:
        if not is_percent:
            return value + 0.0
        return _times(value, 100) if field.is_percent and abs(value) < _HUGE else None
    if kind == "text" and isinstance(value, str) and _PLAIN.fullmatch(value):
        number = float(value)
        return number + 0.0 if isfinite(number) else None
    return None


def clean(text: str) -> tuple[str, bool]:
    """Text in plain characters, and whether more than spaces around it had to change.

    Full-width forms become ordinary ones (NFKC), a minus sign a hyphen, inner
    spaces one space; marks that cannot be seen go.

    Examples
    --------
    >>> clean(" ９５．５\\u3000")
    ('95.5', True)
    """
    if text.isascii():
        return " ".join(text.split()), False
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).translate(_MINUS)
    plain = _SPACES.sub(" ", plain).strip()
    return plain, plain != text.strip()


def special(plain: str) -> Parsed | None:
    """Read the words that say why there is no value; None for any other text."""
    word = plain.casefold()
    if word in NOT_APPLICABLE:
        return Parsed(None, "not_applicable")
    if word in SUPPRESSED:
        return Parsed(None, "suppressed")
    if word in SAID_MISSING:
        return Parsed(None, "missing", (Remark("said_missing", "info"),))
    if word in NONE_OR_ZERO:
        return Parsed(None, "missing", (Remark("none_or_zero", "confirm"),))
    return _error("error_cell") if plain.upper() in ERRORS else None


_MISSING: Final = Parsed(None, "missing")


@lru_cache(maxsize=64)
def _error(code: Code) -> Parsed:
    return Parsed(None, "missing", (Remark(code, "error"),))


def _number(cell: Cell, field: Field) -> Parsed:
    value = float(cell.value or 0) + 0.0  # -0.0 becomes 0.0
    if not isfinite(value):
        return _error("not_a_number")
    if not cell.is_percent:
        return Parsed(value, "reported")
    if field.is_percent:
        return _finite(_times(value, 100), (Remark("read_percent_format", "info"),))
    return Parsed(value, "reported", (Remark("percent_format_not_expected", "confirm"),))


def _text(text: str, field: Field) -> Parsed:
    if _PLAIN.fullmatch(text):
        return _finite(float(text), ())
    plain, is_changed = clean(text)
    if not plain:
        return _MISSING
    known = special(plain)
    if known is not None:
        return known
    remarks = [Remark("read_characters", "info")] if is_changed else []
    times = 1
    rest = plain.replace("﹪", "%")
    if rest.endswith("%"):
        if not field.is_percent:
            return _error("not_exact" if _NOT_EXACT.fullmatch(plain) else "percent_not_expected")
        rest = rest[:-1].rstrip()
        remarks.append(Remark("read_percent_sign", "info"))
    elif rest.endswith(_TEN_THOUSAND):
        rest, times = rest[:-1].rstrip(), 10_000
        remarks.append(Remark("read_ten_thousands", "info"))
    if _GROUPED.fullmatch(rest):
        rest = rest.replace(",", "").replace(" ", "")
        remarks.append(Remark("read_thousands", "info"))
    if _PLAIN.fullmatch(rest):
        return _finite(_times(float(rest), times), tuple(remarks))
    if _DATE.fullmatch(plain):
        return _error("date_in_number")
    return _error("not_exact" if _NOT_EXACT.fullmatch(plain) else "not_a_number")


def _times(value: float, factor: int) -> float:
    """Multiply in decimal: 0.57 as per cent is 57, where binary gives 56.99999999999999."""
    return float(f"{value * factor:.15g}") if factor != 1 else value


def _finite(value: float, remarks: tuple[Remark, ...]) -> Parsed:
    value += 0.0
    return Parsed(value, "reported", remarks) if isfinite(value) else _error("not_a_number")


def _parse_words(
    cell: Cell, field: Field, look_up: Callable[[str, Field], float | None], fault: Code
) -> Parsed:
    if cell.kind == "date" or cell.is_percent:
        return _error(fault)
    if cell.kind == "text":
        plain, _ = clean(str(cell.value))
        if not plain:
            return _MISSING
    elif cell.kind == "bool":
        plain = "true" if cell.value else "false"
    else:
        plain = f"{cell.value:.15g}"
    value = look_up(plain, field)
    if value is not None:
        return Parsed(value, "reported")
    return special(plain) or _error(fault)


def _yes_or_no(plain: str, _: Field) -> float | None:
    word = plain.casefold()
    return 1.0 if word in YES else 0.0 if word in NO else None


def _option(plain: str, field: Field) -> float | None:
    """An option by its code, its name in either language, both or its number, in this order.

    Both, as drop-downs of templates offer it, are the code, a space and the name.
    """
    word = plain.casefold()
    for option in field.options:
        if word == clean(option.code)[0].casefold():
            return option.value
    for option in field.options:
        if word in (clean(option.name.zh)[0].casefold(), clean(option.name.en)[0].casefold()):
            return option.value
    for option in field.options:
        both = (f"{option.code} {option.name.zh}", f"{option.code} {option.name.en}")
        if word in (clean(text)[0].casefold() for text in both):
            return option.value
    if _PLAIN.fullmatch(plain):
        number = float(plain)
        return next((option.value for option in field.options if option.value == number), None)
    return None
