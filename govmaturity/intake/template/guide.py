"""The sheets beside the data: instructions, levels and items, lists, the version sheet."""

from __future__ import annotations

from typing import Final

from openpyxl.worksheet.worksheet import Worksheet

from govmaturity.intake.template.entry import Lists
from govmaturity.intake.template.plan import Plan
from govmaturity.intake.template.sheets import (
    TEXT_FORMAT,
    Pen,
    fit_height,
    set_up_print,
    set_widths,
)
from govmaturity.texts import say

_GUIDE: Final = (
    "guide_fill",
    "guide_blank",
    "guide_no_value",
    "guide_percent",
    "guide_chosen",
    "guide_colours",
    "guide_last",
    "guide_keep",
    "guide_paste",
    "guide_upload",
)
_GUIDE_WIDTHS: Final = (5.0, 110.0)
_RUBRIC_WIDTHS: Final = (16.0, 34.0, 16.0, 70.0)


def write_guide(sheet: Worksheet, plan: Plan) -> None:
    """Write how to fill in the template, and what not to do."""
    language = plan.language
    pen = Pen(sheet, language)
    set_widths(sheet, _GUIDE_WIDTHS)
    pen.title(1, say("template.sheet_guide", language))
    pen.warning(2, say("template.notice", language))
    left_out = set() if plan.last else {"guide_last"}
    if not _texts(plan):
        left_out.add("guide_chosen")
    told = [key for key in _GUIDE if key not in left_out]
    for number, key in enumerate(told, start=1):
        row = number + 2
        text = say(
            f"template.{key}",
            language,
            data=say("template.sheet_data", language),
            rubrics=say("template.sheet_rubrics", language),
            period=plan.last_period,
            page=say("pages.submit", language),
        )
        pen.text(row, 1, f"{number}.")
        pen.text(row, 2, text)
        fit_height(sheet, row, [(text, _GUIDE_WIDTHS[1])])
    set_up_print(sheet, plan.title, _GUIDE_WIDTHS)


def write_rubrics(sheet: Worksheet, plan: Plan) -> bool:
    """Write the levels of rubrics, the options and the items of checklists; False if none is asked.

    One row each, under the ids and names of their indicators.
    """
    language = plan.language
    pen = Pen(sheet, language)
    rows = _texts(plan)
    set_widths(sheet, _RUBRIC_WIDTHS)
    pen.title(1, say("template.sheet_rubrics", language))
    for column, label in enumerate(("indicator", "label", "level", "level_text"), start=1):
        pen.heading(2, column, say(f"template.column_{label}", language))
    before = ""
    for row, told in enumerate(rows, start=3):
        shown = told if told[0] != before else ("", "", *told[2:])
        before = told[0]
        for column, text in enumerate(shown, start=1):
            pen.framed(row, column, text, TEXT_FORMAT)
        fit_height(sheet, row, zip(shown, _RUBRIC_WIDTHS, strict=True))
    sheet.freeze_panes = "A3"
    set_up_print(sheet, plan.title, _RUBRIC_WIDTHS, "2:2")
    return bool(rows)


def _texts(plan: Plan) -> list[tuple[str, str, str, str]]:
    """Indicator, its name, level or item, text."""
    language = plan.language
    rows: list[tuple[str, str, str, str]] = []
    for field in plan.fields:
        indicator = plan.framework.indicators.get(field.indicator)
        if field.kind == "item" and indicator is not None:
            said = indicator.name.in_(language), field.id, field.name.in_(language)
            rows.append((indicator.id, *said))
        for option in field.options:
            said = field.name.in_(language), option.code, option.name.in_(language)
            rows.append((field.id, *said))
    return rows


def write_lists(sheet: Worksheet, lists: Lists) -> None:
    """Write what drop-downs offer, a list a column, out of sight."""
    for entries, column in lists.columns.items():
        for row, entry in enumerate(entries, start=1):
            sheet.cell(row, column, entry).data_type = "s"
    sheet.sheet_state = "hidden"


def write_version(sheet: Worksheet, plan: Plan) -> None:
    """Write what the file was made for, where no menu shows it."""
    for row, cells in enumerate(plan.stamp.rows(), start=1):
        for column, text in enumerate(cells, start=1):
            if text:
                cell = sheet.cell(row, column, text)
                cell.data_type, cell.number_format = "s", TEXT_FORMAT
    sheet.sheet_state = "veryHidden"
