"""What a cell of a template lets in: drop-downs, ranges, colours and hints.

The ranges are those of the server's own checks (`Field.valid`), the hints are
made of the sentences of its remarks.
"""

from __future__ import annotations

from typing import Final

from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from govmaturity.framework.fields import Field
from govmaturity.framework.rules import Bounds
from govmaturity.intake.table.wording import range_in_signs, what_to_enter
from govmaturity.intake.template.plan import Plan
from govmaturity.texts import Language, say

# What stands for no value: not applicable in two spellings, and suppressed in two.
# The comparison of spreadsheets knows no case, so N/A is let through as well.
NO_VALUE: Final = ("n/a", "不适用", "*", "保密")
_IN_LISTS: Final[dict[Language, tuple[str, str]]] = {"zh": ("不适用", "保密"), "en": ("n/a", "*")}
_YES_NO: Final[dict[Language, tuple[str, str]]] = {"zh": ("是", "否"), "en": ("Yes", "No")}

# Excel's own limits; it takes a file that goes beyond for a damaged one.
_MOST_TITLE, _MOST_ERROR, _MOST_PROMPT, _MOST_LIST = 32, 225, 255, 255

AMBER: Final = PatternFill("solid", start_color="00FFD966", end_color="00FFD966")
TINT: Final = PatternFill("solid", start_color="00FFF9E5", end_color="00FFF9E5")


class Lists:
    """The entries of drop-downs that are too long for a cell's own rule: columns of one sheet."""

    def __init__(self, sheet_name: str) -> None:
        self.sheet_name = sheet_name
        self.columns: dict[tuple[str, ...], int] = {}

    def formula(self, entries: tuple[str, ...]) -> str:
        """The list as a rule has it: itself where it is short and has no comma, else its place."""
        joined = ",".join(entries)
        if (
            len(joined) <= _MOST_LIST
            and joined.count(",") == len(entries) - 1
            and '"' not in joined
        ):
            return f'"{joined}"'
        column = get_column_letter(self.columns.setdefault(entries, len(self.columns) + 1))
        return f"{quote_sheetname(self.sheet_name)}!${column}$1:${column}${len(entries)}"


def entries_of(field: Field, language: Language) -> tuple[str, ...]:
    """What a drop-down offers; nothing for a field of numbers."""
    if field.measure == "yes_no":
        return (*_YES_NO[language], *_IN_LISTS[language])
    names = (f"{option.code} {option.name.in_(language)}" for option in field.options)
    return (*names, *_IN_LISTS[language]) if field.options else ()


def shown_value(field: Field, value: float, language: Language) -> str | float:
    """A value as a person would enter it."""
    if field.measure == "yes_no":
        return _YES_NO[language][0 if value else 1]
    for option in field.options:
        if option.value == value:
            return f"{option.code} {option.name.in_(language)}"
    return value


def requirement(field: Field, language: Language) -> str:
    """The range or the kind of entry, and whether it is required, in a few words."""
    if field.measure == "yes_no" or field.options:
        kind = say("template.chosen", language)
    else:
        kind = range_in_signs(field.valid).replace(">=", "≥").replace("<=", "≤")
    required = say("template.required", language) if field.is_required else ""
    return "\n".join(filter(None, (required, kind)))


def hint(plan: Plan, field: Field) -> list[str]:
    """What a person may want to know before entering: the lines of a note."""
    language = plan.language

    def line(key: str, text: str) -> str:
        return say(f"template.note_{key}", language, text=text) if text else ""

    return [
        f"{field.id} {plan.label(field)}",
        line("definition", field.definition.in_(language) if field.definition else ""),
        line("unit_of_measure", field.unit_of_measure.in_(language)),
        line("enter", what_to_enter(field).in_(language)),
        line("usual", range_in_signs(field.plausible)),
        line("evidence", field.evidence.in_(language) if field.evidence else ""),
        line("reporter", field.reporter.in_(language) if field.reporter else ""),
    ]


def add_entry_rules(
    sheet: Worksheet, plan: Plan, field: Field, place: tuple[int, int, int], lists: Lists
) -> None:
    """Put the rules of a field on the cells of a column, from one row to another."""
    column, first, last = place
    letter = get_column_letter(column)
    cells = f"{letter}{first}:{letter}{last}" if last > first else f"{letter}{first}"
    sheet.add_data_validation(_validation(plan, field, f"{letter}{first}", lists, cells))
    if field.is_required:
        sheet.conditional_formatting.add(cells, _ground(f"LEN(TRIM({letter}{first}))=0", TINT))
    outside = _outside(field.plausible, f"{letter}{first}")
    if outside:
        usual = _ground(f"AND(ISNUMBER({letter}{first}),{outside})", AMBER)
        sheet.conditional_formatting.add(cells, usual)


def _ground(formula: str, fill: PatternFill) -> Rule:
    return Rule(type="expression", formula=[formula], dxf=DifferentialStyle(fill=fill))


def _validation(plan: Plan, field: Field, cell: str, lists: Lists, cells: str) -> DataValidation:
    language = plan.language
    entries = entries_of(field, language)
    enter = what_to_enter(field).in_(language)
    if entries:
        wanted = say("template.choose", language)
        error = say("template.refused_list", language)
    else:
        wanted = say("template.enter", language, enter=enter)
        error = say("template.refused_number", language, enter=enter)
    made = DataValidation(
        type="list" if entries else "custom",
        formula1=lists.formula(entries) if entries else _range_formula(field.valid, cell),
        allow_blank=True,
        showErrorMessage=True,
        showInputMessage=True,
        errorStyle="stop",
        errorTitle=_cut(say("template.refused", language, id=field.id), _MOST_TITLE),
        error=_cut(error, _MOST_ERROR),
        promptTitle=_cut(field.id, _MOST_TITLE),
        prompt=_cut(f"{plan.label(field)}\n{wanted}", _MOST_PROMPT),
    )
    made.add(cells)
    return made


def _range_formula(bounds: Bounds, cell: str) -> str:
    """A number within the bounds, or a word that stands for no value."""
    parts = [f"ISNUMBER({cell})"]
    if bounds.min is not None:
        parts.append(f"{cell}>={bounds.min:.15g}")
    if bounds.max is not None:
        parts.append(f"{cell}<={bounds.max:.15g}")
    # Rules take no array such as {"n/a","*"}, hence a comparison for each word.
    words = (f'{cell}="{word}"' for word in NO_VALUE)
    return f"OR({','.join((f'AND({chr(44).join(parts)})', *words))})"


def _outside(bounds: Bounds, cell: str) -> str:
    parts = []
    if bounds.min is not None:
        parts.append(f"{cell}<{bounds.min:.15g}")
    if bounds.max is not None:
        parts.append(f"{cell}>{bounds.max:.15g}")
    return f"OR({','.join(parts)})" if parts else ""


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
