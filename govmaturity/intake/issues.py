"""Findings about an uploaded file: a code and values; the sentences live in the catalogue.

An issue names its cells; equal findings are one issue. `grouped` merges further
for a person to read: the same finding in one column, whatever was found.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal, Protocol, get_args

from govmaturity.texts import Language, say

Severity = Literal["error", "confirm", "info"]
SEVERITIES: Final[tuple[Severity, ...]] = get_args(Severity)

Code = Literal[
    # the file
    "empty_file",
    "file_too_large",
    "archive_too_large",
    "picture",
    "pdf",
    "word_document",
    "archive",
    "password",
    "wps_file",
    "binary_excel",
    "numbers_file",
    "xml_spreadsheet",
    "web_page",
    "web_archive",
    "unknown_format",
    "broken_file",
    "xml_entities",
    "far_cell",
    "too_many_cells",
    "too_much_memory",
    "too_slow",
    "reader_stopped",
    "unknown_encoding",
    "doubtful_encoding",
    "mixed_encodings",
    "read_big5",
    "wide_delimiter",
    "macros_not_run",
    "external_links",
    "csv_nul",
    "csv_quote",
    "csv_broken",
    # the table
    "no_table",
    "no_known_column",
    "no_values",
    "turned_table",
    "duplicate_header",
    "header_is_name",
    "header_near",
    "ragged_row",
    "unused_columns",
    "columns_without_header",
    "hidden_sheet",
    "hidden_rows",
    "hidden_columns",
    "total_row",
    "note_row",
    # units and periods
    "unit_blank",
    "unit_abolished",
    "unit_unknown",
    "unit_unreadable",
    "unit_from_long_code",
    "unit_of_its_time",
    "unit_is_name",
    "own_units",
    "name_unknown",
    "name_ambiguous",
    "name_differs",
    "not_assessed",
    "period_blank",
    "period_unreadable",
    "period_missing",
    "row_twice",
    "two_values",
    "two_files",
    # long tables
    "unknown_indicator",
    "indicator_blank",
    "unknown_status",
    "status_against_value",
    "detail_not_a_number",
    "evidence_missing",
    # templates
    "template_other_framework",
    "template_old_version",
    "template_other_period",
    "template_column_missing",
    "template_row_missing",
    "template_column_unknown",
    "template_heading_changed",
    "template_other_unit",
    "template_unit_missing",
    "template_changed",
    # cells
    "blank",
    "blank_required",
    "error_cell",
    "formula_without_value",
    "formula_without_value_in_copy",
    "date_in_number",
    "not_a_number",
    "not_exact",
    "percent_not_expected",
    "percent_format_not_expected",
    "not_yes_no",
    "not_an_option",
    "none_or_zero",
    "said_missing",
    "share_or_percent",
    "read_percent_format",
    "read_percent_sign",
    "read_thousands",
    "read_ten_thousands",
    "read_characters",
    "not_whole",
    "outside_valid",
    "outside_plausible",
    "large_change",
    "ratio_outside_valid",
    "ratio_outside_plausible",
    "shortcut",
    # several cells of one unit
    "rule_part",
    "rule_sum",
    "rule_ratio",
    "rule_rubric",
    # against the last values and the other units
    "unit_mix_up",
    "far_from_last",
    "far_from_peers",
    "copied_last",
    "same_as_unit",
    "all_same",
    "shifted_right",
    "shifted_left",
    "sorted_alone",
    "period_future",
]
CODES: Final[tuple[Code, ...]] = get_args(Code)

# What is said in the same words whatever the column, so that a form half filled
# in brings one remark and not one per indicator.
_ACROSS_COLUMNS: Final[frozenset[Code]] = frozenset(
    {
        "blank",
        "blank_required",
        "said_missing",
        "evidence_missing",
        "read_percent_format",
        "read_percent_sign",
        "read_thousands",
        "read_ten_thousands",
        "read_characters",
    }
)
_SHOWN: Final = 10
_SHOWN_TEXT: Final = 60
_NAMED: Final = 5


class TwoLanguages(Protocol):
    """What has words for either language: `framework.model.Words`, `Phrase`."""

    def in_(self, language: Language) -> str: ...


Slot = str | int | float | TwoLanguages


@dataclass(frozen=True)
class Phrase:
    """A part of a sentence that has its own entry in the catalogue `intake`."""

    key: str
    slots: tuple[tuple[str, Slot], ...] = ()

    def in_(self, language: Language) -> str:
        return say(f"intake.{self.key}", language, **_filled(self.slots, language))


@dataclass(frozen=True)
class Listed:
    """Names of several things in a sentence: the first five, and how many more there are."""

    names: tuple[TwoLanguages, ...]

    def in_(self, language: Language) -> str:
        first = [name.in_(language) for name in self.names[:_NAMED]]
        listed = say("intake.between_cells", language).join(first)
        more = len(self.names) - len(first)
        return say("intake.and_more", language, listed=listed, more=more) if more > 0 else listed


@dataclass(frozen=True)
class Issue:
    """One finding about an uploaded file.

    Parameters
    ----------
    code : str
        One of `CODES`.
    severity : {"error", "confirm", "info"}
        An error stands in the way of scoring; what is to be confirmed can be
        right; information needs no answer.
    sheet : str
        Empty for a csv and for findings about the whole file.
    cells : tuple of str
        `D14`, ...; a row is named by the cell that holds its unit.
    unit, indicator : str
        Ids; empty where the finding is about several, or none.
    found, expected : str
        As in the file, and as it should be, in no language: `142`, `0-100`.
    slots : tuple of (str, value)
        What else the sentence needs, such as what to enter.
    """

    code: Code
    severity: Severity
    sheet: str = ""
    cells: tuple[str, ...] = ()
    unit: str = ""
    indicator: str = ""
    found: str = ""
    expected: str = ""
    slots: tuple[tuple[str, Slot], ...] = field(default=())

    def message(self, language: Language) -> str:
        """The sentence: where, what was found, what to enter."""
        return self._sentence(language, self._where(language))

    def reason(self, language: Language) -> str:
        """The sentence without the place, where the cell stands beside it."""
        return self._sentence(language, "")

    def _sentence(self, language: Language, where: str) -> str:
        sentence = say(
            f"intake.{self.code}",
            language,
            where=where,
            indicator=self.indicator,
            unit=self.unit,
            found=self.found,
            expected=self.expected,
            count=len(self.cells),
            **_filled(self.slots, language),
        )
        return sentence[:1].upper() + sentence[1:]

    def _where(self, language: Language) -> str:
        cells = say("intake.between_cells", language).join(self.cells[:_SHOWN])
        if len(self.cells) > _SHOWN:
            cells = say("intake.cells_of_many", language, cells=cells, total=len(self.cells))
        if self.sheet and cells:
            return say("intake.where_sheet_cells", language, sheet=self.sheet, cells=cells)
        if self.sheet:
            return say("intake.where_sheet", language, sheet=self.sheet)
        return say("intake.where_cells", language, cells=cells) if cells else ""


class Unreadable(ValueError):  # noqa: N818 - it says what the file is
    """A file of which no cell can be read, with the issues that say why."""

    def __init__(self, issues: Sequence[Issue]) -> None:
        self.issues = tuple(issues)
        super().__init__("\n".join(issue.message("en") for issue in self.issues))


class Findings:
    """Collects issues while a file is checked: equal ones become one, with all their cells."""

    def __init__(self) -> None:
        self._merged: dict[tuple[object, ...], tuple[Issue, list[str], set[str]]] = {}
        self._whole: list[Issue] = []

    def add(self, issue: Issue) -> None:
        """Take an issue with the cells and the unit that it was found at."""
        key = (
            issue.code,
            issue.severity,
            issue.sheet,
            issue.indicator,
            issue.found,
            issue.expected,
            issue.slots,
        )
        if key not in self._merged:
            self._merged[key] = (issue, [], set())
        _, cells, units = self._merged[key]
        cells.extend(issue.cells)
        units.add(issue.unit)

    def add_whole(self, issue: Issue) -> None:
        """Take an issue that has all its cells: a column of errors can bring thousands of them."""
        self._whole.append(issue)

    def all(self) -> tuple[Issue, ...]:
        """The issues in the order in which they were first found, those of whole columns last."""
        merged = [
            replace(
                first,
                cells=tuple(dict.fromkeys(cells)),
                unit=next(iter(units)) if len(units) == 1 else "",
            )
            for first, cells, units in self._merged.values()
        ]
        return (*merged, *self._whole)


def grouped(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Merge findings that differ only in cells, unit and what was found; errors come first.

    Findings that are said alike in every column, such as blank cells, are
    merged over the columns of a sheet too.

    Returns
    -------
    tuple of Issue
        Of each merged issue `found` and `expected` list the first ten
        different ones; `cells` lists all, the sentence the first ten.
    """
    members: dict[tuple[object, ...], list[Issue]] = {}
    for issue in issues:
        column: tuple[object, ...] = (issue.indicator, issue.slots)
        if issue.code in _ACROSS_COLUMNS:
            column = ()
        key = (issue.code, issue.severity, issue.sheet, *column)
        members.setdefault(key, []).append(issue)
    merged = [_merged(group) for group in members.values()]
    return tuple(sorted(merged, key=lambda issue: SEVERITIES.index(issue.severity)))


def count_errors(issues: Iterable[Issue]) -> int:
    """The number of errors once findings are grouped: what stands in the way of scoring."""
    return sum(issue.severity == "error" for issue in grouped(issues))


def shown(value: object) -> str:
    """What was found, short enough for a sentence."""
    text = f"{value:.15g}" if isinstance(value, float) else str(value)
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN_TEXT else f"{text[: _SHOWN_TEXT - 1]}…"


def _merged(group: list[Issue]) -> Issue:
    if len(group) == 1:
        return group[0]
    units = {issue.unit for issue in group}
    by_cell = {cell: issue for issue in group for cell in issue.cells}
    cells = sorted(by_cell, key=_row_and_column)
    in_order = [by_cell[cell] for cell in cells] or group
    return replace(
        group[0],
        cells=tuple(cells),
        unit=units.pop() if len(units) == 1 else "",
        indicator=group[0].indicator if len({issue.indicator for issue in group}) == 1 else "",
        found=_listed(issue.found for issue in in_order),
        expected=_listed(issue.expected for issue in in_order),
        slots=_merged_slots(group),
    )


def _merged_slots(group: Sequence[Issue]) -> tuple[tuple[str, Slot], ...]:
    """The slots of the first; where they differ by column, the names of all columns."""
    names = dict.fromkeys(value for issue in group for key, value in issue.slots if key == "name")
    if len(names) < 2:
        return group[0].slots
    listed = Listed(tuple(name for name in names if not isinstance(name, str | int | float)))
    return tuple((key, listed if key == "name" else value) for key, value in group[0].slots)


def _row_and_column(cell: str) -> tuple[int, int, str]:
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :] or 0), len(letters), letters


def _listed(texts: Iterable[str]) -> str:
    different = list(dict.fromkeys(text for text in texts if text))
    more = ", …" if len(different) > _SHOWN else ""
    return ", ".join(different[:_SHOWN]) + more


def _filled(slots: tuple[tuple[str, Slot], ...], language: Language) -> dict[str, object]:
    return {
        name: value if isinstance(value, str | int | float) else value.in_(language)
        for name, value in slots
    }
