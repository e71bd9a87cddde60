"""The values that a command was given, checked, and their scores."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from govmaturity.analysis.change.back_series import back_series
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
from govmaturity.units.changes import ChangeError, read_changes
from govmaturity.units.groups import REGISTRY_COLUMNS, group_of
from govmaturity.units.registry import Registry, registry
from govmaturity.values.table import Values


def checked_file(
    chosen: argparse.Namespace, framework: Framework, path: Path, last: Values | None = None
) -> Checked:
    """One file of values, with all that was found in it."""
    refuse_bad_period(chosen)
    return check(
        path.read_bytes(),
        path.name,
        framework,
        period=chosen.period,
        last=last,
        registry=known_units(chosen),
    )


def known_units(chosen: argparse.Namespace) -> Registry:
    """The registry, after the changes of `--unit-changes`."""
    path: Path | None = chosen.unit_changes
    if path is None:
        return registry()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return registry().with_changes(read_changes(file))
    except ChangeError as fault:
        told = say(
            "cli.bad_changes",
            chosen.language,
            file=path,
            line=fault.line,
            field=fault.field,
            found=fault.found,
            expected=fault.expected,
        )
        raise FaultError([told]) from None
    except UnicodeDecodeError:
        raise FaultError([say("cli.changes_not_utf8", chosen.language, file=path)]) from None


def earlier_values(chosen: argparse.Namespace, framework: Framework) -> Values | None:
    """The values of `--last`, which may be of any period; refused while an error stands."""
    if chosen.last is None:
        return None
    checked = check(
        chosen.last.read_bytes(), chosen.last.name, framework, registry=known_units(chosen)
    )
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
    known, values = known_units(chosen), checked.values
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


def restated(chosen: argparse.Namespace, framework: Framework, checked: Checked) -> Checked:
    """The values with periods before `--as-of` restated for its units; says what was."""
    if chosen.as_of is None:
        return checked
    if read_period(chosen.as_of) is None:
        raise UsageError(
            say("cli.bad_period", chosen.language, option="--as-of", found=chosen.as_of)
        )
    found = back_series(checked.values, framework, known_units(chosen), chosen.as_of)
    for one in found.restated:
        parts = ", ".join(
            code if share == 1 else f"{share:g} x {code}" for code, share in one.parts
        )
        told = say(f"cli.{one.how}", chosen.language, unit=one.unit, period=one.period, parts=parts)
        print(told, file=sys.stderr)
    return replace(checked, values=found.values)


def refuse_bad_period(chosen: argparse.Namespace) -> None:
    """Raise where `--period` has none of the forms of the contract."""
    if chosen.period is not None and read_period(chosen.period) is None:
        raise UsageError(
            say("cli.bad_period", chosen.language, option="--period", found=chosen.period)
        )


def refuse_unknown_column(
    option: str, column: str | None, checked: Checked, language: Language
) -> None:
    """Raise where an option names a column that neither the values nor the registry have."""
    known = (*map(str, checked.values.attributes.columns), *REGISTRY_COLUMNS)
    refuse_unknown(option, column, known, language)
