"""One unit's index as a workbook that recomputes itself."""

from __future__ import annotations

from govmaturity.report.workbook.about import write_about
from govmaturity.report.workbook.entered import write_values
from govmaturity.report.workbook.groups import write_groups
from govmaturity.report.workbook.indicators import write_indicators
from govmaturity.report.workbook.levels import write_levels
from govmaturity.report.workbook.lookups import Lookups
from govmaturity.report.workbook.results import Results
from govmaturity.report.workbook.sheets import Book, Head
from govmaturity.scoring import Scores
from govmaturity.texts import Language, say


def unit_workbook(
    scores: Scores,
    unit: str,
    language: Language,
    *,
    period: str | None = None,
    name: str = "",
    is_simulated: bool = False,
) -> bytes:
    """Return the scores of one unit as a workbook with live formulas.

    Sheets: about, results, values, indicators, groups, levels (where the
    framework has any), lookups (where a formula looks something up). The
    cached value of every formula is what the engine found, and a spreadsheet
    program that recomputes the workbook comes to the same to 1e-9 of the
    scale; so it does after a value was changed, except for what the first
    sheet says is held: groups that compare units (TOPSIS of the sample,
    Copeland, benefit of the doubt), weights found from data, bounds of
    outliers, imputed values.

    Parameters
    ----------
    scores : Scores
        With all units that were scored together: samples are theirs.
    unit : str
    language : {"zh", "en"}
    period : str, optional
        The unit's latest one unless said.
    name : str
        The unit's name, as it is to be shown.
    is_simulated : bool
        Marks every sheet and every printed page.

    Returns
    -------
    bytes
        xlsx; the same input gives the same bytes.

    Raises
    ------
    KeyError
        If the scores have no such unit, or not in that period.
    """
    row = scores.row(unit, period or _latest(scores, unit))
    title = " · ".join((name or unit, str(scores.period[row]), scores.framework.name.in_(language)))
    book = Book(Head(title, language, is_simulated, scores.framework.width))

    def sheet_name(key: str) -> str:
        return say(f"workbook.sheet_{key}", language)

    about = book.sheet(sheet_name("about"))
    results = Results(book.sheet(sheet_name("results")), scores, row, language)
    values, indicators, groups = (
        book.sheet(sheet_name(key)) for key in ("values", "indicators", "groups")
    )
    entered = write_values(values, scores, row, language)
    lookups = Lookups(sheet_name("lookups"))
    placed = write_indicators(indicators, scores, row, entered, lookups, language)
    group_scores, group_coverage = write_groups(groups, scores, row, placed, language)
    starts = ""
    caps: dict[str, list[str]] = {}
    if scores.framework.levels:
        starts, caps = write_levels(
            book.sheet(sheet_name("levels")),
            scores,
            row,
            entered.cell,
            {node: results.coverage(node) for node in scores.plan.nodes},
            results.before_gates(),
            language,
        )
    results.write(placed, group_scores, group_coverage, starts, caps)
    if lookups.columns:
        lookups.write(book.sheet(sheet_name("lookups")), say("workbook.lookups_note", language))
    write_about(about, scores, row, results, name or unit, language, is_simulated=is_simulated)
    return book.finished()


def _latest(scores: Scores, unit: str) -> str:
    periods = scores.period[scores.unit == unit]
    if not len(periods):
        raise KeyError(f"no values of unit {unit!r}")
    return str(max(periods))
