"""Good files, spoilt at random: `python -m tests.hostile.fuzz --cases 10000 --seed 1`.

Each case is made from the seed and its number alone, so that one of them can
be made again: `--only 4711`. Whatever comes out, `check` has to answer, no
value may be infinite, every finding has to have its sentence, and nothing may
be written.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from govmaturity.intake.checks import check
from govmaturity.texts import LANGUAGES
from tests.hostile.making import FRAMEWORK
from tests.hostile.spoiling import Spoilt, spoilt


def outcome(case: Spoilt) -> tuple[str, list[str]]:
    """What `check` makes of a case, in a word, and what must not be."""
    checked = check(case.content, case.file, FRAMEWORK)
    table = checked.values.table
    reported = table.loc[table["status"] == "reported", "value"]
    wrong = [f"not finite: {value}" for value in reported if not math.isfinite(value)]
    for issue in checked.issues:
        for language in LANGUAGES:
            sentence = issue.message(language)
            if not sentence or "\n" in sentence:
                wrong.append(f"{issue.code} has no line in {language}: {sentence!r}")
    errors = [issue.code for issue in checked.issues if issue.severity == "error"]
    if not checked.rows and errors:
        return errors[0], wrong
    return ("read, with errors" if errors else "read"), wrong


@contextmanager
def nothing_written() -> Iterator[list[str]]:
    """Point the app's folder and the temporary one at empty folders; list what appears there."""
    found: list[str] = []
    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryDirectory() as temporary:
        before = {name: os.environ.get(name) for name in ("GOVMATURITY_HOME", "TMPDIR")}
        os.environ |= {"GOVMATURITY_HOME": home, "TMPDIR": temporary}
        # Where this process would write to is remembered from the first time it is asked.
        kept, tempfile.tempdir = tempfile.tempdir, temporary
        try:
            yield found
        finally:
            tempfile.tempdir = kept
            for name, value in before.items():
                os.environ.pop(name)
                if value is not None:
                    os.environ[name] = value
            found += [str(path) for folder in (home, temporary) for path in Path(folder).rglob("*")]


# The command ----------------------------------------------------------------------------------


def main(arguments: list[str] | None = None) -> int:
    """Run the cases; 1 if one of them came out as it must not."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.fuzz", description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="one case, by its number")
    parser.add_argument("--save", type=Path, help="where to write the file of --only")
    chosen = parser.parse_args(arguments)
    if chosen.only is not None:
        case = spoilt(chosen.seed, chosen.only)
        if chosen.save:
            chosen.save.write_bytes(case.content)
        print(f"{case.kind}: {len(case.content)} bytes as {case.file}")
        print(*outcome(case))
        return 0
    outcomes: Counter[str] = Counter()
    failed = 0
    with nothing_written() as written, ThreadPoolExecutor(os.cpu_count()) as pool:
        running = [
            pool.submit(lambda n: outcome(spoilt(chosen.seed, n)), n) for n in range(chosen.cases)
        ]
        for number, future in enumerate(running):
            fault = future.exception()
            label, wrong = future.result() if fault is None else ("raised", [repr(fault)])
            outcomes[label] += 1
            if wrong:
                failed += 1
                print(f"--seed {chosen.seed} --only {number}: {wrong}", file=sys.stderr)
            if fault is not None:
                traceback.print_exception(fault, limit=-4)
    for label, times in outcomes.most_common():
        print(f"{times:7d}  {label}")
    print(f"{chosen.cases:7d}  cases with seed {chosen.seed}; {failed} failed; written: {written}")
    return 1 if failed or written else 0


if __name__ == "__main__":
    raise SystemExit(main())
