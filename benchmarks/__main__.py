"""Measure everything, or the subjects named: `python -m benchmarks [SUBJECT ...]`.

Exit status: 0 if everything is as fast as asked, else 1.
"""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import sys

from benchmarks.measure import Result, table

SUBJECTS = ("scoring", "robustness", "imbalance", "command_line", "uploads", "app", "large")


def main() -> int:
    """Run the benchmarks and print their table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("subject", nargs="*", metavar="SUBJECT", help=", ".join(SUBJECTS))
    chosen = parser.parse_args().subject or SUBJECTS
    unknown = sorted(set(chosen) - set(SUBJECTS))
    if unknown:
        parser.error(f"no such subject: {', '.join(unknown)}; expected: {', '.join(SUBJECTS)}")
    _say_if_busy()
    found: list[Result] = []
    for subject in chosen:
        print(f"measuring: {subject}", file=sys.stderr, flush=True)
        found += importlib.import_module(f"benchmarks.{subject}").results()
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}")
    print(table(found))
    return int(any(result.is_ok is False for result in found))


def _say_if_busy() -> None:
    if not hasattr(os, "getloadavg"):
        return
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    if load > cores / 2:
        print(
            f"The machine is busy (load {load:.1f} on {cores} cores): expect times that are too "
            "long; ratios suffer less.",
            file=sys.stderr,
        )


if __name__ == "__main__":
    sys.exit(main())
