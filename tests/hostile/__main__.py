"""The whole corpus, timed and weighed: `python -m tests.hostile`.

Fails where an answer is not the expected one, takes more than five seconds or
needs a child larger than it may be. Files are looked at one after another, by
the process that has seen all those before.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from typing import Final

from govmaturity.intake.files import limits
from tests.hostile.corpus import corpus
from tests.hostile.judging import examine, faults, spec
from tests.hostile.making import Case
from tests.hostile.weighing import weigh

MAX_SECONDS: Final = 5.0
_SHOWN: Final = 44


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each case; 1 if one of them fails."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)
    parser.add_argument("--slow", action="store_true", help="only cases of a second and more")
    chosen = parser.parse_args(arguments)
    failed = total = most = 0
    slowest = 0.0
    for group, case in corpus():
        seconds, peak, said, wrong = _measured(case)
        total += 1
        slowest, most = max(slowest, seconds), max(most, peak or 0)
        failed += bool(wrong)
        if wrong or not chosen.slow or seconds >= 1:
            weight = " ended" if peak is None else f"{peak / limits.MB:3.0f} MB"
            print(f"{group:9} {seconds:5.2f} s {weight}  {case.name[:70]:70}  {said}")
        for fault in wrong:
            print(f"  FAILED: {fault}", file=sys.stderr)
    print(
        f"{total} cases, {failed} failed; slowest {slowest:.2f} s; largest child "
        f"{most / limits.MB:.0f} MB of {limits.MAX_MEMORY_BYTES / limits.MB:.0f}"
    )
    return 1 if failed else 0


def _measured(case: Case) -> tuple[float, int | None, str, list[str]]:
    begun = time.perf_counter()
    checked = examine(case)
    seconds = time.perf_counter() - begun
    wrong = faults(case, checked)
    if seconds > MAX_SECONDS:
        wrong.append(f"took {seconds:.1f} s, expected at most {MAX_SECONDS:g} s")
    peak = weigh(case)
    if peak is not None and peak > limits.MAX_MEMORY_BYTES:
        wrong.append(f"the reading process took {peak / limits.MB:.0f} MB")
    said = " ".join(map(spec, checked.issues)) or "-"
    return seconds, peak, said if len(said) <= _SHOWN else f"{said[:_SHOWN]}...", wrong


if __name__ == "__main__":
    raise SystemExit(main())
