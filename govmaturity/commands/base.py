"""What every command needs: the framework, and what makes a use wrong."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from govmaturity.commands.errors import FaultError, UsageError
from govmaturity.framework.faults import FrameworkError
from govmaturity.framework.load import load_framework
from govmaturity.framework.model import Framework
from govmaturity.intake.issues import Issue
from govmaturity.texts import Language, say

SHOWN_ERRORS: Final = 10


def framework_of(chosen: argparse.Namespace) -> Framework:
    """The framework that was named, or all its faults."""
    try:
        return load_framework(chosen.framework)
    except FrameworkError as error:
        counted = say("framework.faults_counted", chosen.language, n=len(error.faults))
        raise FaultError(
            [counted, *(f"- {fault.message(chosen.language)}" for fault in error.faults)]
        ) from None


def listed(errors: Sequence[Issue], language: Language) -> list[str]:
    """The first errors, a line each, and how many more there are."""
    lines = [f"- {issue.message(language)}" for issue in errors[:SHOWN_ERRORS]]
    if len(errors) > SHOWN_ERRORS:
        lines.append(say("cli.more_errors", language, n=len(errors) - SHOWN_ERRORS))
    return lines


def refuse_unknown(
    option: str, given: str | None, known: Iterable[str], language: Language
) -> None:
    """Raise where an option names what is not there, with the nearest that is."""
    names = list(known)
    if given is None or given in names:
        return
    near = get_close_matches(given, names, n=1) or names[:SHOWN_ERRORS]
    raise UsageError(
        say("cli.unknown_name", language, option=option, found=given, known=", ".join(near) or "-")
    )


def refuse_too_small(option: str, given: int, least: int, language: Language) -> None:
    """Raise where a number is below the least that makes sense."""
    if given < least:
        raise UsageError(say("cli.too_small", language, option=option, found=given, least=least))


def format_of(path: Path, allowed: Sequence[str], language: Language) -> str:
    """The format that a file's name asks for; raises where it cannot be written."""
    format_ = path.suffix.lower().removeprefix(".")
    if format_ not in allowed:
        listed = ", ".join(f".{one}" for one in allowed)
        raise UsageError(say("cli.unknown_format", language, file=path, known=listed))
    return format_
