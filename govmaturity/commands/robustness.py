"""`robustness`: how sure scores and ranks are."""

from __future__ import annotations

import argparse
import sys

from govmaturity.analysis.robustness.choices import ALL, WEIGHTS
from govmaturity.analysis.robustness.run import RANK_COLUMNS, robustness
from govmaturity.analysis.robustness.variants import standard_errors
from govmaturity.commands.base import format_of, framework_of, refuse_too_small
from govmaturity.commands.given import all_checked, scores_of
from govmaturity.report.tables import as_file
from govmaturity.texts import Language, say
from govmaturity.values.table import SIMULATED


def run(chosen: argparse.Namespace) -> None:
    """Write ranges of scores and ranks."""
    language: Language = chosen.language
    format_ = format_of(chosen.out, ("csv", "json"), language)
    refuse_too_small("runs", chosen.runs, 1, language)
    refuse_too_small("seed", chosen.seed, 0, language)
    framework = framework_of(chosen)
    checked = all_checked(chosen, framework)
    scores = scores_of(chosen, framework, checked)
    found = robustness(
        scores,
        choices=ALL if chosen.vary == "all" else WEIGHTS,
        runs=chosen.runs,
        seed=chosen.seed,
        errors=standard_errors(scores, checked.values),
    )
    table = found.table()
    if chosen.no_ranks:
        table = table.drop(columns=list(RANK_COLUMNS))
    if checked.values.is_simulated:
        table["data_note"] = SIMULATED
    chosen.out.write_bytes(as_file(table, "csv" if format_ == "csv" else "json"))
    units, period = len(found.scores.unit), found.scores.periods[-1]
    print(
        say("cli.varied", language, n=units, period=period, runs=found.runs, file=chosen.out),
        file=sys.stderr,
    )
    if found.failed:
        print(say("cli.runs_failed", language, n=found.failed, runs=found.runs), file=sys.stderr)
