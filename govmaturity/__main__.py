"""The command line: `python -m govmaturity COMMAND ...`.

Exit status: 0 good, 1 the data or the framework is at fault, 2 wrong use.
Messages go to stderr in the language asked for; results to files or stdout.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Final

from govmaturity.texts import LANGUAGES, Language, say

if TYPE_CHECKING:
    from govmaturity.framework.model import Framework
    from govmaturity.intake.checks import Checked
    from govmaturity.intake.issues import Issue
    from govmaturity.scoring import Scores
    from govmaturity.units.chosen import Chosen
    from govmaturity.values.table import Values

GOOD, AT_FAULT, WRONG_USE = 0, 1, 2
SHOWN_ERRORS: Final = 10
# What heavy commands need is imported inside them: checking a framework
# should not wait for pandas.


class FaultError(Exception):
    """The data or the framework is at fault; the lines say how."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(lines))


class UsageError(Exception):
    """A wrong use of the command line."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    # A Windows console may know no Chinese; a message that fails to print helps nobody.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    chosen = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], None] = chosen.run
    try:
        run(chosen)
    except FaultError as fault:
        print("\n".join(fault.lines), file=sys.stderr)
        return AT_FAULT
    except (UsageError, OSError) as fault:
        print(say("cli.wrong_use", chosen.language, reason=fault), file=sys.stderr)
        return WRONG_USE
    return GOOD


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m govmaturity", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], None], help_: str) -> _Command:
        made = commands.add_parser(name, help=help_, description=help_)
        made.set_defaults(run=run)
        made.add_argument("framework", metavar="FRAMEWORK.yaml", type=Path)
        made.add_argument(
            "--language", choices=LANGUAGES, default="en", help="of messages and of what is made"
        )
        made.add_argument("--period", help="of values whose file has no column for it, like 2024")
        return made

    command("check-framework", _check_framework, "check a framework; all faults at once")
    template = command("template", _template, "make the workbook that people fill in")
    template.add_argument(
        "--units", metavar="UNITS", required=True, help="codes of any tier, or a .csv of units"
    )
    template.add_argument("--reporter", help="only what they have to report")
    template.add_argument("--last", metavar="VALUES", type=Path, help="earlier values to show")
    template.add_argument("-o", dest="out", metavar="FILE.xlsx", type=Path, required=True)
    check = command("check", _check, "check a file of values; all issues at once")
    check.add_argument("values", metavar="VALUES", type=Path)
    check.add_argument("--json", action="store_true", help="print the issues as JSON")
    check.add_argument(
        "--annotated", metavar="OUT.xlsx", type=Path, help="write the file with its faults marked"
    )
    check.add_argument(
        "--last", metavar="VALUES", type=Path, help="earlier values to compare with, of any period"
    )
    score = command("score", _score, "score units and write scores, levels and ranks")
    score.add_argument("values", metavar="VALUES", type=Path, nargs="+")
    score.add_argument(
        "-o", dest="out", metavar="OUT.{xlsx,csv,parquet,json}", type=Path, required=True
    )
    score.add_argument("--rank-within", metavar="COLUMN", help="rank among units of one group")
    score.add_argument("--skip-faulty", action="store_true", help="leave faulty cells missing")
    score.add_argument("--names", action="store_true", help="add names of units and nodes")
    imbalance = command("imbalance", _imbalance, "measure how unequal units are")
    imbalance.add_argument("values", metavar="VALUES", type=Path, nargs="+")
    imbalance.add_argument("-o", dest="out", metavar="OUT.{csv,json}", type=Path, required=True)
    imbalance.add_argument("--node", metavar="ID", help="default: the root")
    imbalance.add_argument("--group-by", metavar="A,B", default="", help="columns, outermost first")
    imbalance.add_argument("--population", metavar="INPUT|FILE", default="population")
    imbalance.add_argument("--skip-faulty", action="store_true", help="leave faulty cells missing")
    imbalance.add_argument(
        "--draws", metavar="N", type=int, default=1000, help="bootstrap draws for intervals"
    )
    imbalance.add_argument("--seed", metavar="S", type=int, default=0, help="of the draws")
    robustness = command("robustness", _robustness, "say how sure scores and ranks are")
    robustness.add_argument("values", metavar="VALUES", type=Path, nargs="+")
    robustness.add_argument("-o", dest="out", metavar="OUT.{csv,json}", type=Path, required=True)
    robustness.add_argument("--vary", choices=("weights", "all"), default="weights")
    robustness.add_argument("--runs", metavar="N", type=int, default=1000)
    robustness.add_argument("--seed", metavar="S", type=int, default=0)
    robustness.add_argument("--skip-faulty", action="store_true", help="leave faulty cells missing")
    for made in (score, imbalance, robustness):
        made.add_argument(
            "--weights", metavar="NAME", help="a weight set of the framework, or equal"
        )
        made.add_argument("--profile", metavar="NAME")
        made.add_argument("--lens", metavar="NAME")
    return parser


_Command = argparse.ArgumentParser


def _check_framework(chosen: argparse.Namespace) -> None:
    framework = _framework(chosen)
    print(
        say(
            "framework.ok",
            chosen.language,
            file=chosen.framework,
            name=framework.name.in_(chosen.language),
            version=framework.version,
            groups=len(framework.nodes) - len(framework.indicators),
            indicators=len(framework.indicators),
            levels=len(framework.levels),
        ),
        file=sys.stderr,
    )


def _template(chosen: argparse.Namespace) -> None:
    from govmaturity.framework.fields import fields
    from govmaturity.intake.template.make import make_template

    language: Language = chosen.language
    _format(chosen.out, ("xlsx",), language)
    framework = _framework(chosen)
    _refuse_bad_period(chosen)
    period = chosen.period or framework.default_period
    if period is None:
        raise UsageError(say("cli.no_period", language))
    told = [field.reporter for field in fields(framework).values() if field.reporter]
    reporters = dict.fromkeys(name for words in told for name in (words.zh, words.en))
    _refuse_unknown("reporter", chosen.reporter, reporters, language)
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
    from govmaturity.units.chosen import (
        UNIT_COLUMNS,
        UnitsFileError,
        UnknownUnitsError,
        choose,
        choose_from_csv,
    )
    from govmaturity.units.registry import registry

    given: str = chosen.units
    try:
        if given.lower().endswith(".csv"):
            return choose_from_csv(Path(given).read_bytes(), registry(), chosen.language)
        return choose(given.split(","), registry(), chosen.language)
    except UnitsFileError:
        known = ", ".join(UNIT_COLUMNS)
        raise FaultError([say("cli.bad_units", chosen.language, file=given, known=known)]) from None
    except UnknownUnitsError as fault:
        raise FaultError([_unknown_units(fault.unknown, chosen.language)]) from None


def _unknown_units(unknown: Sequence[str], language: Language) -> str:
    from govmaturity.units.registry import registry

    told = []
    for id_ in unknown[:SHOWN_ERRORS]:
        old = registry().old_code(id_)
        told.append(f"{id_} ({old.note.in_(language)})" if old else id_)
    more = ["…"] if len(unknown) > SHOWN_ERRORS else []
    return say("cli.unknown_units", language, n=len(unknown), listed=", ".join((*told, *more)))


def _last_values(
    chosen: argparse.Namespace, framework: Framework, period: str, units: Sequence[str]
) -> Values | None:
    """The values to show beside the cells; says so where there are none before the period."""
    from govmaturity.intake.table.periods import years

    last = _earlier(chosen, framework)
    if last is None:
        return None
    periods = last.table.loc[last.table["unit"].isin(units), "period"].unique()
    if not any(years(str(one))[1] < years(period)[1] for one in periods):
        told = say("cli.no_last_values", chosen.language, file=chosen.last, period=period)
        print(told, file=sys.stderr)
    return last


def _earlier(chosen: argparse.Namespace, framework: Framework) -> Values | None:
    """The values of `--last`, which may be of any period; refused while an error stands."""
    if chosen.last is None:
        return None
    from govmaturity.intake.checks import check
    from govmaturity.intake.issues import grouped

    checked = check(chosen.last.read_bytes(), chosen.last.name, framework)
    errors = [issue for issue in grouped(checked.issues) if issue.severity == "error"]
    if errors:
        first = say("cli.last_refused", chosen.language, n=len(errors), file=chosen.last)
        raise FaultError([first, *_listed(errors, chosen.language)])
    return checked.values


def _listed(errors: Sequence[Issue], language: Language) -> list[str]:
    """The first errors, a line each, and how many more there are."""
    lines = [f"- {issue.message(language)}" for issue in errors[:SHOWN_ERRORS]]
    if len(errors) > SHOWN_ERRORS:
        lines.append(say("cli.more_errors", language, n=len(errors) - SHOWN_ERRORS))
    return lines


def _check(chosen: argparse.Namespace) -> None:
    from govmaturity.intake.checks import as_json
    from govmaturity.intake.issues import grouped

    framework = _framework(chosen)
    if chosen.annotated is not None:
        _format(chosen.annotated, ("xlsx",), chosen.language)
    checked = _checked(chosen, framework, chosen.values, _earlier(chosen, framework))
    if chosen.json:
        print(json.dumps(as_json(checked, framework), ensure_ascii=False, indent=1))
    else:
        for issue in grouped(checked.issues):
            severity = say(f"cli.{issue.severity}", chosen.language)
            print(f"{severity}: {issue.message(chosen.language)}", file=sys.stderr)
    if chosen.annotated is not None:
        _write_marked(chosen, checked)
    summary = say(
        "cli.checked",
        chosen.language,
        file=chosen.values,
        rows=checked.rows,
        errors=checked.blocking,
    )
    if checked.blocking:
        raise FaultError([summary])
    print(summary, file=sys.stderr)


def _write_marked(chosen: argparse.Namespace, checked: Checked) -> None:
    from govmaturity.intake.marked.mark import mark

    language: Language = chosen.language
    marked = mark(chosen.values.read_bytes(), chosen.values.name, checked.issues, language)
    chosen.annotated.write_bytes(marked.content)
    listed = say("marked.between", language).join(marked.lost)
    lost = say("marked.lost_after", language, lost=listed) if listed else ""
    print(
        say("marked.written", language, file=chosen.annotated, about=marked.about, lost=lost),
        file=sys.stderr,
    )


def _score(chosen: argparse.Namespace) -> None:
    from govmaturity.intake.issues import grouped
    from govmaturity.report.scores import issues_table, scores_file
    from govmaturity.report.tables import FORMATS
    from govmaturity.units.registry import registry

    format_ = _format(chosen.out, FORMATS, chosen.language)
    framework = _framework(chosen)
    checked = _all_checked(chosen, framework)
    scores = _scores(chosen, framework, checked)
    names = registry()
    language: Language = chosen.language

    def name_of(unit: str) -> str:
        return names.name(unit, language) if unit in names else unit

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


def _imbalance(chosen: argparse.Namespace) -> None:
    import pandas as pd

    from govmaturity.analysis.imbalance import imbalance_table
    from govmaturity.analysis.imbalance.wider import wider_table
    from govmaturity.report.tables import as_file
    from govmaturity.units.groups import group_of
    from govmaturity.units.registry import registry
    from govmaturity.values.table import SIMULATED

    format_ = _format(chosen.out, ("csv", "json"), chosen.language)
    _refuse_too_small("draws", chosen.draws, 0, chosen.language)
    _refuse_too_small("seed", chosen.seed, 0, chosen.language)
    framework = _framework(chosen)
    checked = _all_checked(chosen, framework)
    scores = _scores(chosen, framework, checked)
    node = chosen.node or scores.plan.root
    _refuse_unknown("node", node, scores.plan.nodes, chosen.language)
    columns = [column for column in chosen.group_by.split(",") if column]
    groupings = []
    for column in columns:
        _refuse_unknown_column("group-by", column, checked, chosen.language)
        attributes = checked.values.attributes
        groupings.append(group_of(column, scores.units, attributes, registry(), chosen.language))
    table = imbalance_table(
        scores,
        node,
        group_by=columns,
        groupings=groupings,
        population=_population(chosen, scores),
        draws=chosen.draws,
        seed=chosen.seed,
    )
    wider = wider_table(scores, node, group_by=columns, groupings=groupings, seed=chosen.seed)
    table = pd.concat([one.astype({"n": object}) for one in (table, wider)], ignore_index=True)
    if checked.values.is_simulated:
        table["data_note"] = SIMULATED
    chosen.out.write_bytes(as_file(table, "csv" if format_ == "csv" else "json"))
    print(say("cli.measured", chosen.language, n=len(table), file=chosen.out), file=sys.stderr)


def _robustness(chosen: argparse.Namespace) -> None:
    from govmaturity.analysis.robustness.choices import ALL, WEIGHTS
    from govmaturity.analysis.robustness.run import robustness
    from govmaturity.analysis.robustness.variants import standard_errors
    from govmaturity.report.tables import as_file
    from govmaturity.values.table import SIMULATED

    language: Language = chosen.language
    format_ = _format(chosen.out, ("csv", "json"), language)
    _refuse_too_small("runs", chosen.runs, 1, language)
    _refuse_too_small("seed", chosen.seed, 0, language)
    framework = _framework(chosen)
    checked = _all_checked(chosen, framework)
    scores = _scores(chosen, framework, checked)
    found = robustness(
        scores,
        choices=ALL if chosen.vary == "all" else WEIGHTS,
        runs=chosen.runs,
        seed=chosen.seed,
        errors=standard_errors(scores, checked.values),
    )
    table = found.table()
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


def _framework(chosen: argparse.Namespace) -> Framework:
    from govmaturity.framework.faults import FrameworkError
    from govmaturity.framework.load import load_framework

    try:
        return load_framework(chosen.framework)
    except FrameworkError as error:
        counted = say("framework.faults_counted", chosen.language, n=len(error.faults))
        raise FaultError(
            [counted, *(f"- {fault.message(chosen.language)}" for fault in error.faults)]
        ) from None


def _checked(
    chosen: argparse.Namespace, framework: Framework, path: Path, last: Values | None = None
) -> Checked:
    from govmaturity.intake.checks import check

    _refuse_bad_period(chosen)
    return check(path.read_bytes(), path.name, framework, period=chosen.period, last=last)


def _refuse_bad_period(chosen: argparse.Namespace) -> None:
    from govmaturity.intake.table.periods import read_period

    if chosen.period is not None and read_period(chosen.period) is None:
        raise UsageError(say("cli.bad_period", chosen.language, found=chosen.period))


def _all_checked(chosen: argparse.Namespace, framework: Framework) -> Checked:
    from govmaturity.intake.issues import grouped
    from govmaturity.intake.together import combine

    checked = combine([_checked(chosen, framework, path) for path in chosen.values])
    errors = [issue for issue in grouped(checked.issues) if issue.severity == "error"]
    lines = _listed(errors, chosen.language)
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


def _scores(chosen: argparse.Namespace, framework: Framework, checked: Checked) -> Scores:
    from govmaturity.scoring import score
    from govmaturity.scoring.errors import MethodError
    from govmaturity.scoring.plan import EQUAL
    from govmaturity.units.groups import group_of
    from govmaturity.units.registry import registry

    language: Language = chosen.language
    _refuse_unknown("weights", chosen.weights, (EQUAL, *framework.weight_sets), language)
    _refuse_unknown("profile", chosen.profile, framework.profiles, language)
    _refuse_unknown("lens", chosen.lens, framework.lenses, language)
    column = getattr(chosen, "rank_within", None)
    _refuse_unknown_column("rank-within", column, checked, language)
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


def _refuse_unknown(
    option: str, given: str | None, known: Iterable[str], language: Language
) -> None:
    names = list(known)
    if given is None or given in names:
        return
    near = get_close_matches(given, names, n=1) or names[:SHOWN_ERRORS]
    raise UsageError(
        say("cli.unknown_name", language, option=option, found=given, known=", ".join(near) or "-")
    )


def _refuse_too_small(option: str, given: int, least: int, language: Language) -> None:
    if given < least:
        raise UsageError(say("cli.too_small", language, option=option, found=given, least=least))


def _refuse_unknown_column(
    option: str, column: str | None, checked: Checked, language: Language
) -> None:
    from govmaturity.units.groups import REGISTRY_COLUMNS

    known = (*map(str, checked.values.attributes.columns), *REGISTRY_COLUMNS)
    _refuse_unknown(option, column, known, language)


def _population(chosen: argparse.Namespace, scores: Scores) -> dict[str, dict[str, float]] | None:
    from govmaturity.analysis.imbalance import population_of
    from govmaturity.intake.issues import grouped
    from govmaturity.intake.population import check_population, residents

    given: str = chosen.population
    if given in scores.framework.inputs or given == "population":
        return population_of(scores, given)
    if not given.lower().endswith(".csv"):
        raise UsageError(say("cli.bad_population", chosen.language, found=given))
    checked = check_population(Path(given).read_bytes(), Path(given).name)
    errors = [issue for issue in grouped(checked.issues) if issue.severity == "error"]
    if errors:
        raise FaultError([f"{given}:", *_listed(errors, chosen.language)])
    return residents(checked.values, scores.periods)


def _format(path: Path, allowed: Sequence[str], language: Language) -> str:
    format_ = path.suffix.lower().removeprefix(".")
    if format_ not in allowed:
        listed = ", ".join(f".{one}" for one in allowed)
        raise UsageError(say("cli.unknown_format", language, file=path, known=listed))
    return format_


if __name__ == "__main__":
    sys.exit(main())
