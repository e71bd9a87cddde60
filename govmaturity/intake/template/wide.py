"""The data sheet for several units: units down, fields across."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from openpyxl.worksheet.worksheet import Worksheet
from wcwidth import wcswidth

from govmaturity.framework.fields import Field
from govmaturity.intake.template.entry import (
    Lists,
    add_entry_rules,
    entries_of,
    hint,
    requirement,
    shown_value,
)
from govmaturity.intake.template.plan import Plan
from govmaturity.intake.template.sheets import (
    TEXT_FORMAT,
    Pen,
    fit_height,
    note,
    set_up_print,
    set_widths,
)
from govmaturity.texts import say

MACHINE: Final = ("unit", "name", "period")
_DIMENSION, _NAME, _MEASURE, _WANTED, _MACHINE = 5, 6, 7, 8, 9
FIRST_ROW: Final = 10
_BEFORE: Final = len(MACHINE)
_UNIT_WIDTHS: Final = (15.0, 20.0, 10.0)
_LINES_OF_NAMES: Final = 4


def write_wide(sheet: Worksheet, plan: Plan, lists: Lists) -> None:
    """Write the sheet that people fill in.

    The sheet is not protected: protection would keep people from sorting,
    from inserting rows and from pasting a whole table, in WPS as in Excel,
    and a changed header is found when the file comes back.
    """
    _write_header(sheet, plan)
    pen = Pen(sheet, plan.language)
    for place, key in enumerate((*MACHINE, *(field.id for field in plan.fields)), start=1):
        pen.machine(_MACHINE, place, key)
    for row, _ in enumerate(plan.units, start=FIRST_ROW):
        for column, _ in enumerate(plan.fields, start=_BEFORE + 1):
            pen.framed(row, column, None)
    last = FIRST_ROW + len(plan.units) - 1
    for column, field in enumerate(plan.fields, start=_BEFORE + 1):
        note(sheet.cell(_NAME, column), hint(plan, field))
        add_entry_rules(sheet, plan, field, (column, FIRST_ROW, last), lists)


def write_last_values(sheet: Worksheet, plan: Plan) -> None:
    """Write what was reported last in the same places, in a sheet that is never read.

    It has no row of ids. In the data sheet itself nothing is filled in, so
    that no old value is sent again unseen.
    """
    _write_header(sheet, plan, say("template.last_title", plan.language, period=plan.last_period))
    pen = Pen(sheet, plan.language)
    for row, (unit, _) in enumerate(plan.units, start=FIRST_ROW):
        pen.framed(row, _BEFORE, plan.last_period, TEXT_FORMAT)
        for column, field in enumerate(plan.fields, start=_BEFORE + 1):
            value = plan.last.get((unit, field.id))
            shown = None if value is None else shown_value(field, value, plan.language)
            pen.framed(row, column, shown)


def _write_header(sheet: Worksheet, plan: Plan, subtitle: str = "") -> None:
    language = plan.language
    pen = Pen(sheet, language)
    widths = [*_UNIT_WIDTHS, *(_width(plan, field) for field in plan.fields)]
    set_widths(sheet, widths)
    # Columns A and B are printed on every page, where a long text would be cut off.
    pen.title(1, f"{plan.title} {subtitle}".rstrip(), _BEFORE)
    form = plan.framework.form
    issuer = form.issued_by.in_(language) if form.issued_by else ""
    for row, column, label, value in (
        (2, 1, "period", plan.period),
        (2, 4, "reporter", plan.reporter_name()),
        (2, 6, "form_number", form.number),
        (3, 1, "valid_until", form.valid_until),
        (3, 4, "issued_by", issuer),
        (3, 6, "approval", form.approval),
    ):
        pen.labelled(row, column, say(f"template.{label}", language), value or "")
    pen.warning(4, say("template.notice", language), _BEFORE)
    for place, label in enumerate(("unit_code", "unit_name", "period"), start=1):
        pen.heading(_NAME, place, say(f"template.{label}", language))
        for row in (_DIMENSION, _MEASURE, _WANTED):
            pen.heading(row, place, "")
    _write_dimensions(pen, plan)
    for column, field in enumerate(plan.fields, start=_BEFORE + 1):
        pen.heading(_NAME, column, plan.label(field))
        pen.heading(_MEASURE, column, field.unit_of_measure.in_(language))
        pen.heading(_WANTED, column, requirement(field, language))
    for row, (unit, name) in enumerate(plan.units, start=FIRST_ROW):
        pen.framed(row, 1, unit, TEXT_FORMAT)
        pen.framed(row, 2, name)
        pen.framed(row, 3, plan.period, TEXT_FORMAT)
    _fit_header(sheet, plan, widths)
    # The row of ids is left out of the print.
    sheet.freeze_panes = f"D{FIRST_ROW}"
    set_up_print(sheet, plan.title, widths, f"{_DIMENSION}:{_WANTED}", "A:B")


def _write_dimensions(pen: Pen, plan: Plan) -> None:
    column = _BEFORE + 1
    for heading, fields in groupby(plan.fields, key=plan.heading):
        width = len(list(fields))
        for place in range(column, column + width):
            pen.section(_DIMENSION, place, heading if place == column else "")
        if width > 1:
            pen.sheet.merge_cells(
                start_row=_DIMENSION,
                end_row=_DIMENSION,
                start_column=column,
                end_column=column + width - 1,
            )
        column += width


def _width(plan: Plan, field: Field) -> float:
    """Wide enough for a name in few lines, and for the entries of a drop-down in part."""
    name = max(wcswidth(plan.label(field)), 0) / _LINES_OF_NAMES
    least = 22 if field.options else 12
    heading = 18 if len({plan.heading(one) for one in plan.fields}) == len(plan.fields) else 0
    return max(least, heading, min(name + 4, 30))


def _fit_header(sheet: Worksheet, plan: Plan, widths: list[float]) -> None:
    across = list(zip(plan.fields, widths[_BEFORE:], strict=True))
    language = plan.language
    fit_height(sheet, _NAME, ((plan.label(field), width) for field, width in across))
    measures = ((field.unit_of_measure.in_(language), width) for field, width in across)
    fit_height(sheet, _MEASURE, measures)
    fit_height(sheet, _WANTED, ((requirement(field, language), width) for field, width in across))
    sheet.row_dimensions[_MACHINE].height = 11
    longest = max(len(entries_of(field, language)) for field in plan.fields)
    for row, (_, name) in enumerate(plan.units, start=FIRST_ROW):
        fit_height(sheet, row, [(name, _UNIT_WIDTHS[1])])
        if longest:
            # Room for a chosen level, which is a short sentence.
            sheet.row_dimensions[row].height = max(sheet.row_dimensions[row].height, 33)
