"""The data sheet for one unit: a row per field, dimension by dimension."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Final

from openpyxl.worksheet.worksheet import Worksheet

from govmaturity.framework.fields import Field
from govmaturity.intake.template.entry import Lists, add_entry_rules, hint, requirement, shown_value
from govmaturity.intake.template.plan import Plan
from govmaturity.intake.template.sheets import (
    LINE_BELOW,
    TEXT_FORMAT,
    Pen,
    fit_height,
    note,
    set_up_print,
    set_widths,
)
from govmaturity.intake.template.stamp import ONE_UNIT_COLUMNS
from govmaturity.texts import say

# Widths of the columns; their labels are entries of the catalogue under the same names.
COLUMNS: Final = dict(
    zip(ONE_UNIT_COLUMNS, (20.0, 30.0, 11.0, 38.0, 15.0, 18.0, 24.0, 16.0, 18.0), strict=True)
)
_LABELS, _MACHINE = 7, 8
FIRST_ROW: Final = 9
# Columns of the labels above the table.
_LEFT, _RIGHT = 1, 4


def write_one_unit(sheet: Worksheet, plan: Plan, lists: Lists) -> None:
    """Write the sheet; it is not protected, for the reasons told in `write_wide`."""
    language = plan.language
    pen = Pen(sheet, language)
    columns = [key for key in COLUMNS if key != "last_value" or plan.last]
    widths = [COLUMNS[key] for key in columns]
    set_widths(sheet, widths)
    _write_top(pen, plan)
    for place, key in enumerate(columns, start=1):
        text = say(f"template.column_{key}", language)
        if key == "last_value":
            text = f"{text} ({plan.last_period})"
        pen.heading(_LABELS, place, text)
        pen.machine(_MACHINE, place, key)
    row = FIRST_ROW
    for heading, fields in groupby(plan.fields, key=plan.heading):
        _write_heading(pen, row, heading, len(columns))
        row += 1
        for field in fields:
            _write_field(pen, plan, row, field, columns)
            value = columns.index("value") + 1
            note(sheet.cell(row, 2), hint(plan, field))
            add_entry_rules(sheet, plan, field, (value, row, row), lists)
            row += 1
    told = ((say(f"template.column_{key}", language), COLUMNS[key]) for key in columns)
    fit_height(sheet, _LABELS, told)
    sheet.row_dimensions[_MACHINE].height = 11
    sheet.freeze_panes = f"C{FIRST_ROW}"
    set_up_print(sheet, plan.title, widths, f"{_LABELS}:{_LABELS}")


def _write_top(pen: Pen, plan: Plan) -> None:
    language, form = plan.language, plan.framework.form
    unit, name = plan.units[0]
    issuer = form.issued_by.in_(language) if form.issued_by else ""
    pen.title(1, plan.title)
    for row, column, label, value in (
        (2, _LEFT, "unit_code", unit),
        (3, _LEFT, "unit_name", name),
        (4, _LEFT, "period", plan.period),
        (5, _LEFT, "reporter", plan.reporter_name()),
        (2, _RIGHT, "form_number", form.number),
        (3, _RIGHT, "issued_by", issuer),
        (4, _RIGHT, "approval", form.approval),
        (5, _RIGHT, "valid_until", form.valid_until),
    ):
        text = say(f"template.{label}", language)
        pen.labelled(row, column, text, value or "", right=column == _RIGHT)
        if column == _RIGHT:
            pen.text(row, column + 2, "").border = LINE_BELOW
            pen.sheet.merge_cells(
                start_row=row, end_row=row, start_column=column + 1, end_column=column + 2
            )
    pen.warning(6, say("template.notice", language))


def _write_heading(pen: Pen, row: int, heading: str, width: int) -> None:
    for column in range(1, width + 1):
        pen.section(row, column, heading if column == 1 else "")
    pen.sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)


def _write_field(pen: Pen, plan: Plan, row: int, field: Field, columns: list[str]) -> None:
    language = plan.language
    last = plan.last.get((plan.units[0][0], field.id))
    told: dict[str, str | float | None] = {
        "indicator": field.id,
        "label": plan.label(field),
        "unit_of_measure": field.unit_of_measure.in_(language),
        "definition": "\n".join(_definition(field, plan)),
        "wanted": requirement(field, language),
        "last_value": None if last is None else shown_value(field, last, language),
    }
    for column, key in enumerate(columns, start=1):
        texts = key in ("indicator", "note", "evidence")
        pen.framed(row, column, told.get(key), TEXT_FORMAT if texts else "General")
    fit_height(pen.sheet, row, ((str(text or ""), COLUMNS[key]) for key, text in told.items()))


def _definition(field: Field, plan: Plan) -> Iterable[str]:
    if field.definition:
        yield field.definition.in_(plan.language)
    if field.evidence:
        yield say("template.note_evidence", plan.language, text=field.evidence.in_(plan.language))
