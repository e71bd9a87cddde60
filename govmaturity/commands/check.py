"""`check`: all issues of a file of values, and the file back with its faults marked."""

from __future__ import annotations

import argparse
import json
import sys

from govmaturity.commands.base import format_of, framework_of
from govmaturity.commands.errors import FaultError
from govmaturity.commands.given import checked_file, earlier_values
from govmaturity.intake.checks import Checked, as_json
from govmaturity.intake.issues import grouped
from govmaturity.intake.marked.mark import mark
from govmaturity.texts import Language, say


def run(chosen: argparse.Namespace) -> None:
    """Say what was found in a file, and write it back marked if asked."""
    framework = framework_of(chosen)
    if chosen.annotated is not None:
        format_of(chosen.annotated, ("xlsx",), chosen.language)
    checked = checked_file(chosen, framework, chosen.values, earlier_values(chosen, framework))
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
    language: Language = chosen.language
    marked = mark(chosen.values.read_bytes(), chosen.values.name, checked.issues, language)
    chosen.annotated.write_bytes(marked.content)
    listed = say("marked.between", language).join(marked.lost)
    lost = say("marked.lost_after", language, lost=listed) if listed else ""
    print(
        say("marked.written", language, file=chosen.annotated, about=marked.about, lost=lost),
        file=sys.stderr,
    )
