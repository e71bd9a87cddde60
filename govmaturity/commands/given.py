"""The values that a command was given, checked, and their scores."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from govmaturity.commands.base import listed, refuse_unknown
from govmaturity.commands.errors import FaultError, UsageError
from govmaturity.framework.model import Framework
from govmaturity.intake.checks import Checked, check
from govmaturity.intake.issues import grouped
from govmaturity.intake.table.periods import read_period
from govmaturity.intake.together import combine
from govmaturity.scoring import Scores, score
from govmaturity.scoring.errors import MethodError
from govmaturity.scoring.plan import EQUAL
from govmaturity.texts import Language, say
from govmaturity.units.groups import REGISTRY_COLUMNS, group_of
from govmaturity.units.registry import registry
from govmaturity.values.table import Values


def checked_file(
    chosen: argparse.Namespace, framework: Framework, path: Path, last: Values | None = None
) -> Checked:
    """One file of values, with all that was found in it."""
    refuse_bad_period(chosen)
    return check(path.read_bytes(), path.name, framework, period=chosen.period, last=last)


def earlier_values(chosen: argparse.Namespace, framework: Framework) -> Values | None:
    """The values of `--last`, which may be of any period; refused while an error stands."""
    if chosen.last is None:
        return None
    checked = check(chosen.last.read_bytes(), chosen.last.name, framework)
    errors = [issue for issue in grouped(checked.issues) if issue.severity == "error"]
    if errors:
        first = say("cli.last_refused", chosen.language, n=len(errors), file=chosen.last)
        raise FaultError([first, *listed(errors, chosen.language)])
    return checked.values


def all_checked(chosen: argparse.Namespace, framework: Framework) -> Checked:
    """All files of values as one; refused while an error stands and is not skipped."""
    checked = combine([checked_file(chosen, framework, path) for path in chosen.values])
    errors = [issue for issue in grouped(checked.issues) if issue.severity == "error"]
    lines = listed(errors, chosen.language)
    if not errors:
        return checked
    if not chosen.skip_faulty or not len(checked.values.table):
        raise FaultError([say("cli.refused", chosen.language, n=len(errors)), *lines])
    skipped = [f"- {unit}, {period}, {indicator}" for unit, period, indicator in checked.faulty]
    print(
        say("cli.skipped", chosen.language, n=len(skipped)),
        *lines,
        *skipped,
        sep="\n",
        file=sys.stderr,
    )
    return checked


def scores_of(chosen: argparse.Namespace, framework: Framework, checked: Checked) -> Scores:
    """Scores by the weights, profile and lens that were asked for."""
    language: Language = chosen.language
    refuse_unknown("weights", chosen.weights, (EQUAL, *framework.weight_sets), language)
    refuse_unknown("profile", chosen.profile, framework.profiles, language)
    refuse_unknown("lens", chosen.lens, framework.lenses, language)
    column = getattr(chosen, "rank_within", None)
    refuse_unknown_column("rank-within", column, checked, language)
    known, values = registry(), checked.values
    try:
        return score(
            framework,
            values,
            weights=chosen.weights,
            profile=chosen.profile,
            lens=chosen.lens,
            rank_within=group_of(column, values.units, values.attributes, known)
            if column
            else None,
            unranked=[u for u in values.units if u in known and not known.get(u).assessed],
        )
    except MethodError as fault:  # a value that a method cannot take
        raise FaultError([fault.message(language)]) from None


def refuse_bad_period(chosen: argparse.Namespace) -> None:
    """Raise where `--period` has none of the forms of the contract."""
    if chosen.period is not None and read_period(chosen.period) is None:
        raise UsageError(say("cli.bad_period", chosen.language, found=chosen.period))


def refuse_unknown_column(
    option: str, column: str | None, checked: Checked, language: Language
) -> None:
    """Raise where an option names a column that neither the values nor the registry have."""
    known = (*map(str, checked.values.attributes.columns), *REGISTRY_COLUMNS)
    refuse_unknown(option, column, known, language)
