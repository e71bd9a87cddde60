"""The command line: `python -m govmaturity COMMAND ...`.

Exit status: 0 good, 1 the data or the framework is at fault, 2 wrong use.
Messages go to stderr in the language asked for; results to files or stdout.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from govmaturity.commands.errors import FaultError, UsageError
from govmaturity.texts import LANGUAGES, say

GOOD, AT_FAULT, WRONG_USE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    # A Windows console may know no Chinese; a message that fails to print helps nobody.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    chosen = _parser().parse_args(arguments)
    try:
        # Only what the command needs: checking a framework should not wait for pandas.
        import_module(f"govmaturity.commands.{chosen.module}").run(chosen)
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

    def command(name: str, help_: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=help_, description=help_)
        made.set_defaults(module=name.replace("-", "_"))
        _add_common(made)
        return made

    _add_check_framework(command("check-framework", "check a framework; all faults at once"))
    _add_template(command("template", "make the workbook that people fill in"))
    _add_check(command("check", "check a file of values; all issues at once"))
    _add_score(command("score", "score units and write scores, levels and ranks"))
    _add_imbalance(command("imbalance", "measure how unequal units are"))
    _add_robustness(command("robustness", "say how sure scores and ranks are"))
    _add_store(commands)
    return parser


def _add_common(made: argparse.ArgumentParser) -> None:
    made.add_argument("framework", metavar="FRAMEWORK.yaml", type=Path)
    made.add_argument(
        "--language", choices=LANGUAGES, default="en", help="of messages and of what is made"
    )
    made.add_argument("--period", help="of values whose file has no column for it, like 2024")
    made.add_argument(
        "--unit-changes",
        metavar="CHANGES.csv",
        type=Path,
        help="mergers, splits and renames beside those that ship",
    )


def _add_check_framework(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "--card", metavar="OUT.pdf", type=Path, help="write the method card, one page"
    )


def _add_template(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "--units", metavar="UNITS", required=True, help="codes of any tier, or a .csv of units"
    )
    made.add_argument("--reporter", help="only what they have to report")
    made.add_argument("--last", metavar="VALUES", type=Path, help="earlier values to show")
    made.add_argument("-o", dest="out", metavar="FILE.xlsx", type=Path, required=True)


def _add_check(made: argparse.ArgumentParser) -> None:
    made.add_argument("values", metavar="VALUES", type=Path)
    made.add_argument("--json", action="store_true", help="print the issues as JSON")
    made.add_argument(
        "--annotated", metavar="OUT.xlsx", type=Path, help="write the file with its faults marked"
    )
    made.add_argument(
        "--last", metavar="VALUES", type=Path, help="earlier values to compare with, of any period"
    )


def _add_scoring(made: argparse.ArgumentParser, formats: str) -> None:
    """What every command that scores takes."""
    made.add_argument("values", metavar="VALUES", type=Path, nargs="+")
    made.add_argument("-o", dest="out", metavar=f"OUT.{{{formats}}}", type=Path, required=True)
    made.add_argument("--skip-faulty", action="store_true", help="leave faulty cells missing")
    made.add_argument("--weights", metavar="NAME", help="a weight set of the framework, or equal")
    made.add_argument("--profile", metavar="NAME")
    made.add_argument("--lens", metavar="NAME")


def _add_score(made: argparse.ArgumentParser) -> None:
    _add_scoring(made, "xlsx,csv,parquet,json")
    made.add_argument("--rank-within", metavar="COLUMN", help="rank among units of one group")
    made.add_argument(
        "--as-of", metavar="PERIOD", help="restate earlier periods for the units of this one"
    )
    made.add_argument("--no-ranks", action="store_true", help="levels alone, no column of ranks")
    made.add_argument("--names", action="store_true", help="add names of units and nodes")
    made.add_argument(
        "--workbook-of",
        metavar="UNIT",
        help="one unit alone (its latest period), as an .xlsx with live formulas",
    )


def _add_imbalance(made: argparse.ArgumentParser) -> None:
    _add_scoring(made, "csv,json")
    made.add_argument("--node", metavar="ID", help="default: the root")
    made.add_argument("--group-by", metavar="A,B", default="", help="columns, outermost first")
    made.add_argument("--population", metavar="INPUT|FILE", default="population")
    made.add_argument(
        "--draws", metavar="N", type=int, default=1000, help="bootstrap draws for intervals"
    )
    made.add_argument("--seed", metavar="S", type=int, default=0, help="of the draws")


def _add_robustness(made: argparse.ArgumentParser) -> None:
    _add_scoring(made, "csv,json")
    made.add_argument("--vary", choices=("weights", "all"), default="weights")
    made.add_argument("--runs", metavar="N", type=int, default=1000)
    made.add_argument("--seed", metavar="S", type=int, default=0)
    made.add_argument("--no-ranks", action="store_true", help="no columns of ranks")


def _add_store(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The one command that knows no framework: what it moves is all there is."""
    about = "back up, restore, export, import or migrate what is kept in GOVMATURITY_HOME"
    store = commands.add_parser("store", help=about, description=about)
    store.set_defaults(module="store")
    acts = store.add_subparsers(required=True, metavar="ACT", dest="act")
    for name, help_ in (
        ("backup", "write the database and all files into one archive"),
        ("restore", "bring a backup back into an empty GOVMATURITY_HOME"),
        ("export", "write all tables as JSON lines, and all files, into one archive"),
        ("import", "fill an empty GOVMATURITY_HOME from an export"),
        ("migrate", "bring the database to the shape that this version expects"),
    ):
        act = acts.add_parser(name, help=help_, description=help_)
        if name != "migrate":
            act.add_argument("file", metavar="FILE.zip", type=Path)
        act.add_argument("--language", choices=LANGUAGES, default="en", help="of messages")


if __name__ == "__main__":
    sys.exit(main())
