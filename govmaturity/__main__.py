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
        return made

    checking = command("check-framework", "check a framework; all faults at once")
    checking.add_argument(
        "--card", metavar="OUT.pdf", type=Path, help="write the method card, one page"
    )
    template = command("template", "make the workbook that people fill in")
    template.add_argument(
        "--units", metavar="UNITS", required=True, help="codes of any tier, or a .csv of units"
    )
    template.add_argument("--reporter", help="only what they have to report")
    template.add_argument("--last", metavar="VALUES", type=Path, help="earlier values to show")
    template.add_argument("-o", dest="out", metavar="FILE.xlsx", type=Path, required=True)
    check = command("check", "check a file of values; all issues at once")
    check.add_argument("values", metavar="VALUES", type=Path)
    check.add_argument("--json", action="store_true", help="print the issues as JSON")
    check.add_argument(
        "--annotated", metavar="OUT.xlsx", type=Path, help="write the file with its faults marked"
    )
    check.add_argument(
        "--last", metavar="VALUES", type=Path, help="earlier values to compare with, of any period"
    )
    score = command("score", "score units and write scores, levels and ranks")
    score.add_argument("values", metavar="VALUES", type=Path, nargs="+")
    score.add_argument(
        "-o", dest="out", metavar="OUT.{xlsx,csv,parquet,json}", type=Path, required=True
    )
    score.add_argument("--rank-within", metavar="COLUMN", help="rank among units of one group")
    score.add_argument(
        "--as-of", metavar="PERIOD", help="restate earlier periods for the units of this one"
    )
    score.add_argument("--no-ranks", action="store_true", help="levels alone, no column of ranks")
    score.add_argument("--skip-faulty", action="store_true", help="leave faulty cells missing")
    score.add_argument("--names", action="store_true", help="add names of units and nodes")
    score.add_argument(
        "--workbook-of",
        metavar="UNIT",
        help="one unit alone (its latest period), as an .xlsx with live formulas",
    )
    imbalance = command("imbalance", "measure how unequal units are")
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
    robustness = command("robustness", "say how sure scores and ranks are")
    robustness.add_argument("values", metavar="VALUES", type=Path, nargs="+")
    robustness.add_argument("-o", dest="out", metavar="OUT.{csv,json}", type=Path, required=True)
    robustness.add_argument("--vary", choices=("weights", "all"), default="weights")
    robustness.add_argument("--runs", metavar="N", type=int, default=1000)
    robustness.add_argument("--seed", metavar="S", type=int, default=0)
    robustness.add_argument("--no-ranks", action="store_true", help="no columns of ranks")
    robustness.add_argument("--skip-faulty", action="store_true", help="leave faulty cells missing")
    _add_store(commands)
    for made in (score, imbalance, robustness):
        made.add_argument(
            "--weights", metavar="NAME", help="a weight set of the framework, or equal"
        )
        made.add_argument("--profile", metavar="NAME")
        made.add_argument("--lens", metavar="NAME")
    return parser


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
