"""The whole corpus, timed and weighed: `python -m tests.hostile`.

Fails where an answer is not the expected one, takes more than five seconds or
needs a child larger than it may be. Files are looked at one after another, by
the process that has seen all those before.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Sequence
from typing import Final

from govmaturity.intake.files import limits
from tests.hostile.corpus import corpus
from tests.hostile.judging import examine, faults, spec
from tests.hostile.making import Case

MAX_SECONDS: Final = 5.0
_SHOWN: Final = 44


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each case; 1 if one of them fails."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)
    parser.add_argument("--slow", action="store_true", help="only cases of a second and more")
    chosen = parser.parse_args(arguments)
    failed = total = 0
    slowest = 0.0
    for group, case in corpus():
        seconds, said, wrong = _measured(case)
        total += 1
        slowest = max(slowest, seconds)
        failed += bool(wrong)
        if wrong or not chosen.slow or seconds >= 1:
            peak = _peak()
            print(f"{group:9} {seconds:5.2f} s {peak:4.0f} MB  {case.name[:70]:70}  {said}")
        for fault in wrong:
            print(f"  FAILED: {fault}", file=sys.stderr)
    print(
        f"{total} cases, {failed} failed; slowest {slowest:.2f} s; "
        f"largest child {_peak():.0f} MB of {limits.MAX_MEMORY_BYTES / limits.MB:.0f}"
    )
    return 1 if failed else 0


def _measured(case: Case) -> tuple[float, str, list[str]]:
    begun = time.perf_counter()
    checked = examine(case)
    seconds = time.perf_counter() - begun
    wrong = faults(case, checked)
    if seconds > MAX_SECONDS:
        wrong.append(f"took {seconds:.1f} s, expected at most {MAX_SECONDS:g} s")
    if _peak() * limits.MB > limits.MAX_MEMORY_BYTES:
        wrong.append(f"a child took {_peak():.0f} MB")
    said = " ".join(map(spec, checked.issues)) or "-"
    return seconds, said if len(said) <= _SHOWN else f"{said[:_SHOWN]}...", wrong


def _peak() -> float:
    """The largest child so far, in megabytes."""
    kilobyte = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * kilobyte / limits.MB


if __name__ == "__main__":
    raise SystemExit(main())
