"""`check-framework`: all faults of a framework at once; its method card where it has none."""

from __future__ import annotations

import argparse
import sys

from govmaturity.commands.base import format_of, framework_of
from govmaturity.commands.errors import FaultError
from govmaturity.framework.model import Framework
from govmaturity.texts import say


def run(chosen: argparse.Namespace) -> None:
    """Say that a framework is right, or all that is not."""
    if chosen.card is not None:
        format_of(chosen.card, ("pdf",), chosen.language)
    framework = framework_of(chosen)
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
    if chosen.card is not None:
        _write_card(chosen, framework)


def _write_card(chosen: argparse.Namespace, framework: Framework) -> None:
    # Only here: checking a framework should not wait for numpy.
    from govmaturity.report.card.fonts import NoFontError
    from govmaturity.report.card.make import method_card

    try:
        content = method_card(framework, chosen.language)
    except NoFontError as fault:
        raise FaultError([fault.message(chosen.language)]) from None
    chosen.card.write_bytes(content)
    print(say("cli.card_written", chosen.language, file=chosen.card), file=sys.stderr)
