"""`template`: the workbook that people fill in."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from govmaturity.commands.base import SHOWN_ERRORS, format_of, framework_of, refuse_unknown
from govmaturity.commands.errors import FaultError, UsageError
from govmaturity.commands.given import earlier_values, known_units, refuse_bad_period
from govmaturity.framework.fields import fields
from govmaturity.framework.model import Framework
from govmaturity.intake.table.periods import years
from govmaturity.intake.template.make import make_template
from govmaturity.texts import Language, say
from govmaturity.units.chosen import (
    UNIT_COLUMNS,
    Chosen,
    UnitsFileError,
    UnknownUnitsError,
    choose,
    choose_from_csv,
)
from govmaturity.values.table import Values


def run(chosen: argparse.Namespace) -> None:
    """Write the template."""
    language: Language = chosen.language
    format_of(chosen.out, ("xlsx",), language)
    framework = framework_of(chosen)
    refuse_bad_period(chosen)
    period = chosen.period or framework.default_period
    if period is None:
        raise UsageError(say("cli.no_period", language))
    told = [field.reporter for field in fields(framework).values() if field.reporter]
    reporters = dict.fromkeys(name for words in told for name in (words.zh, words.en))
    refuse_unknown("reporter", chosen.reporter, reporters, language)
    units = _units(chosen)
    last = _last_values(chosen, framework, period, [unit for unit, _ in units])
    try:
        content = make_template(
            framework, units, period, reporter=chosen.reporter, last=last, language=language
        )
    except ValueError as fault:  # too many units or fields for one file
        raise UsageError(str(fault)) from None
    chosen.out.write_bytes(content)
    print(say("cli.template_written", language, n=len(units), file=chosen.out), file=sys.stderr)


def _units(chosen: argparse.Namespace) -> Chosen:
    given: str = chosen.units
    try:
        if given.lower().endswith(".csv"):
            return choose_from_csv(Path(given).read_bytes(), known_units(chosen), chosen.language)
        return choose(given.split(","), known_units(chosen), chosen.language)
    except UnitsFileError:
        known = ", ".join(UNIT_COLUMNS)
        raise FaultError([say("cli.bad_units", chosen.language, file=given, known=known)]) from None
    except UnknownUnitsError as fault:
        raise FaultError([_unknown_units(fault.unknown, chosen)]) from None


def _unknown_units(unknown: Sequence[str], chosen: argparse.Namespace) -> str:
    told = []
    for id_ in unknown[:SHOWN_ERRORS]:
        old = known_units(chosen).old_code(id_)
        told.append(f"{id_} ({old.told.in_(chosen.language)})" if old else id_)
    more = ["…"] if len(unknown) > SHOWN_ERRORS else []
    return say(
        "cli.unknown_units", chosen.language, n=len(unknown), listed=", ".join((*told, *more))
    )


def _last_values(
    chosen: argparse.Namespace, framework: Framework, period: str, units: Sequence[str]
) -> Values | None:
    """The values to show beside the cells; says so where there are none before the period."""
    last = earlier_values(chosen, framework)
    if last is None:
        return None
    periods = last.table.loc[last.table["unit"].isin(units), "period"].unique()
    if not any(years(str(one))[1] < years(period)[1] for one in periods):
        told = say("cli.no_last_values", chosen.language, file=chosen.last, period=period)
        print(told, file=sys.stderr)
    return last
