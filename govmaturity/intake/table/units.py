"""Which unit a row is about: by its code, else by its name within its province and city."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from govmaturity.intake.files.reader import Row
from govmaturity.intake.issues import Code, Findings, Issue, Severity, shown
from govmaturity.intake.table.headers import NAME, UNIT, header_key, text_of
from govmaturity.intake.table.layout import Table
from govmaturity.intake.table.named import names_of
from govmaturity.intake.table.periods import read_period, years
from govmaturity.texts import LANGUAGES
from govmaturity.units.changes import UnitChange
from govmaturity.units.chosen import OWN_ID
from govmaturity.units.registry import Registry, names_agree

TOTALS: Final = frozenset(
    {
        "合计",
        "总计",
        "共计",
        "小计",
        "总和",
        "平均",
        "平均值",
        "均值",
        "全国",
        "全省",
        "全市",
        "全区",
        "全县",
        "全州",
    }
    | {
        "total",
        "totals",
        "grandtotal",
        "subtotal",
        "sum",
        "average",
        "mean",
        "national",
        "nationaltotal",
    }
)
# 广州市合计, 全区小计
_TOTAL_END: Final = re.compile(r".*(?:合计|总计|小计|平均|平均值|均值)[：:]?")
_ADCODE: Final = re.compile(r"[1-9][0-9]{5}")
# Statistics codes go on to towns and villages; zeros there mean the county itself.
_LONG_CODE: Final = re.compile(r"([1-9][0-9]{5})(?:000|000000)")


@dataclass
class Units:
    """The rows of a table by number, with the unit of each.

    `unknown` are rows whose unit cannot be told: their cells are checked like
    the others', their values are left out.
    """

    by_row: dict[int, str] = field(default_factory=dict)
    unknown: set[int] = field(default_factory=set)
    own: dict[str, str] = field(default_factory=dict)


def identify(
    table: Table,
    registry: Registry,
    findings: Findings,
    encoding: str = "",
    period: str | None = None,
) -> Units:
    """Find the unit of every row, and say which rows are passed over.

    Passed over are rows of totals, headers repeated and notes without values.
    A province or prefecture is a total where the file also has units inside it.
    A code that is no more is taken where a row's period lies before its end.

    Parameters
    ----------
    table : Table
    registry : Registry
    findings : Findings
        Takes unknown and abolished codes, names that disagree, and the rest.
    encoding : str
        Of a csv; GB18030 is believed only if the names agree with the register.
    period : str, optional
        Of rows that state none.
    """
    found = Units()
    names: list[tuple[Row, str, str]] = []
    for row in table.rows:
        code = text_of(row.cell(table.unit)) if table.unit else ""
        name = text_of(row.cell(table.name)) if table.name else ""
        if _is_passed_over(table, row, code, name, findings):
            continue
        unit = None
        if table.unit and code:
            unit = _by_code(table, row, code, period, registry, findings)
        elif not table.unit and name:
            unit = _by_name(table, row, name, registry, findings)
        if unit is None:
            found.unknown.add(row.number)
            found.by_row[row.number] = code or name or f"?{row.number}"
            continue
        found.by_row[row.number] = unit
        if unit not in registry:
            found.own.setdefault(unit, row.ref(table.key_column))
        elif name and table.unit:
            names.append((row, unit, name))
    _leave_out_totals(table, found, registry, findings)
    _compare_names(table, names, registry, findings, encoding)
    _report_known(table, found, registry, findings)
    return found


def _is_passed_over(table: Table, row: Row, code: str, name: str, findings: Findings) -> bool:
    if header_key(code) in UNIT or header_key(name) in NAME:
        return True
    for text in (code, "" if _ADCODE.fullmatch(code) else name):
        if header_key(text) in TOTALS or _TOTAL_END.fullmatch(header_key(text)):
            _add(findings, table, row, "total_row", "info", text)
            return True
    if _has_values(table, row) or _ADCODE.fullmatch(code):
        return False
    if not code or not OWN_ID.fullmatch(code):
        text = code or name or next((text_of(cell) for cell in row.cells if text_of(cell)), "")
        findings.add(
            Issue(
                "note_row",
                "info",
                table.sheet.name,
                (row.ref(table.key_column),),
                found=shown(text),
            )
        )
        return True
    return False


def _has_values(table: Table, row: Row) -> bool:
    columns = [table.long["value"]] if table.long else table.fields
    return any(row.cell(column).kind != "blank" for column in columns)


def _by_code(
    table: Table, row: Row, code: str, period: str | None, registry: Registry, findings: Findings
) -> str | None:
    long_code = _LONG_CODE.fullmatch(code)
    if long_code and long_code[1] in registry:
        _add(findings, table, row, "unit_from_long_code", "info", code)
        code = long_code[1]
    old = registry.old_code(code)
    if old is not None:
        return _by_old_code(table, row, old, period, registry, findings)
    if code in registry:
        return code
    if _ADCODE.fullmatch(code):
        _add(findings, table, row, "unit_unknown", "error", code)
        return None
    if row.cell(table.unit or 1).kind == "error" or not OWN_ID.fullmatch(code):
        _add(findings, table, row, "unit_unreadable", "error", code)
        return None
    return code


def _by_old_code(
    table: Table,
    row: Row,
    old: UnitChange,
    default: str | None,
    registry: Registry,
    findings: Findings,
) -> str | None:
    """The unit of a code that is no more, where the row is of a time when it was."""
    text = text_of(row.cell(table.period)) if table.period else ""
    period = read_period(text) if text else default
    is_of_its_time = period is not None and registry.was(old.code, years(period)[1])
    findings.add(
        Issue(
            "unit_of_its_time" if is_of_its_time else "unit_abolished",
            "info" if is_of_its_time else "error",
            table.sheet.name,
            (row.ref(table.key_column),),
            old.code,
            found=old.code,
            expected=old.successor or "",
            slots=(("note", old.told), ("example", old.successor or "440106")),
        )
    )
    return old.code if is_of_its_time else None


def _by_name(
    table: Table, row: Row, name: str, registry: Registry, findings: Findings
) -> str | None:
    """The one unit of that name, within the province and city that stand beside it."""
    candidates = names_of(registry).ids_within(name, table.parents(row))
    if len(candidates) == 1:
        return candidates[0]
    _add(
        findings,
        table,
        row,
        "name_ambiguous" if candidates else "name_unknown",
        "error",
        name,
        ", ".join(candidates),
    )
    return None


def _leave_out_totals(table: Table, found: Units, registry: Registry, findings: Findings) -> None:
    above = {
        parent
        for unit in set(found.by_row.values())
        if unit in registry
        for parent in registry.ancestors(unit)
    }
    names = {registry.name(unit, "zh") for unit in above}
    by_number = {row.number: row for row in table.rows}
    for number, unit in list(found.by_row.items()):
        row = by_number[number]
        name = text_of(row.cell(table.name)) if table.name else ""
        if unit in above or (number in found.unknown and name in names):
            _add(findings, table, row, "total_row", "confirm", f"{unit} {name}".strip())
            del found.by_row[number]
            found.unknown.discard(number)
        elif number in found.unknown and not text_of(row.cell(table.key_column)):
            _add(findings, table, row, "unit_blank", "error")


def _compare_names(
    table: Table,
    names: list[tuple[Row, str, str]],
    registry: Registry,
    findings: Findings,
    encoding: str,
) -> None:
    different = [
        (row, unit, name)
        for row, unit, name in names
        if not any(names_agree(registry.name(unit, said), name) for said in LANGUAGES)
    ]
    if encoding == "gb18030" and len(different) > len(names) / 2:
        found = ", ".join(shown(name) for _, _, name in different[:3])
        expected = ", ".join(registry.name(unit, "zh") for _, unit, _ in different[:3])
        findings.add(Issue("doubtful_encoding", "error", found=found, expected=expected))
        return
    for row, unit, name in different:
        expected = registry.name(unit, "zh")
        ref = row.ref(table.name or table.key_column)
        found = f"{unit} {shown(name)} ≠ {expected}"
        findings.add(
            Issue("name_differs", "confirm", table.sheet.name, (ref,), unit, "", found, expected)
        )


def _report_known(table: Table, found: Units, registry: Registry, findings: Findings) -> None:
    by_number = {row.number: row for row in table.rows}
    for number, unit in found.by_row.items():
        if unit in registry and not registry.get(unit).assessed:
            _add(findings, table, by_number[number], "not_assessed", "info", unit)
    plain: list[str] = []
    for unit, ref in found.own.items():
        candidates = names_of(registry).ids(unit)
        if candidates:
            issue = Issue("unit_is_name", "confirm", table.sheet.name, (ref,), unit)
            findings.add(replace(issue, found=unit, expected=", ".join(candidates)))
        else:
            plain.append(unit)
    if plain:
        refs = tuple(found.own[unit] for unit in plain)
        shown_ids = ", ".join(plain[:10]) + (", …" if len(plain) > 10 else "")
        findings.add(Issue("own_units", "info", table.sheet.name, refs, found=shown_ids))


def _add(
    findings: Findings,
    table: Table,
    row: Row,
    code: Code,
    severity: Severity,
    found: str = "",
    expected: str = "",
) -> None:
    findings.add(
        Issue(
            code,
            severity,
            table.sheet.name,
            (row.ref(table.key_column),),
            found=shown(found),
            expected=expected,
        )
    )
