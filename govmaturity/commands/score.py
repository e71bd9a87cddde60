"""`score`: scores, levels and ranks of units."""

from __future__ import annotations

import argparse
import sys

from govmaturity.commands.base import format_of, framework_of, refuse_unknown
from govmaturity.commands.given import all_checked, known_units, restated, scores_of
from govmaturity.intake.issues import grouped
from govmaturity.report.scores import issues_table, scores_file
from govmaturity.report.tables import FORMATS
from govmaturity.report.workbook.make import unit_workbook
from govmaturity.texts import Language, say


def run(chosen: argparse.Namespace) -> None:
    """Write scores, levels and ranks; or one unit's index with live formulas."""
    allowed = FORMATS if chosen.workbook_of is None else ("xlsx",)
    format_ = format_of(chosen.out, allowed, chosen.language)
    framework = framework_of(chosen)
    checked = restated(chosen, framework, all_checked(chosen, framework))
    scores = scores_of(chosen, framework, checked)
    if chosen.no_ranks:
        scores = scores.without_ranks()
    names = known_units(chosen)
    language: Language = chosen.language

    def name_of(unit: str) -> str:
        return names.name(unit, language) if unit in names else unit

    if chosen.workbook_of is not None:
        refuse_unknown("workbook-of", chosen.workbook_of, scores.units, language)
        content = unit_workbook(
            scores,
            chosen.workbook_of,
            language,
            name=name_of(chosen.workbook_of),
            is_simulated=checked.values.is_simulated,
        )
        chosen.out.write_bytes(content)
        print(say("cli.workbook_written", language, file=chosen.out), file=sys.stderr)
        return
    content = scores_file(
        scores,
        next(one for one in FORMATS if one == format_),
        language,
        name_of=name_of if chosen.names else None,
        issues=issues_table(grouped(checked.issues), language),
        is_simulated=checked.values.is_simulated,
    )
    chosen.out.write_bytes(content)
    scored = int((scores.rank_of(scores.plan.root) > 0).sum())
    print(say("cli.scored", language, n=scored, file=chosen.out), file=sys.stderr)
