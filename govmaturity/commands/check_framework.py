"""`check-framework`: all faults of a framework at once."""

from __future__ import annotations

import argparse
import sys

from govmaturity.commands.base import framework_of
from govmaturity.texts import say


def run(chosen: argparse.Namespace) -> None:
    """Say that a framework is right, or all that is not."""
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
