"""Hold what `check` gives against what a case expects."""

from __future__ import annotations

import re
from collections import Counter

from govmaturity.intake.checks import Checked, check
from govmaturity.intake.issues import Issue
from govmaturity.texts import LANGUAGES
from tests.hostile.making import FRAMEWORK, Case

# Words of Python, of its libraries and of this project's insides.
_INSIDE = re.compile(
    r"Traceback|Error\b|Exception|None\b|NoneType|\bstr\b|\bfloat\b|\.py\b|python|calamine|xlrd"
    r"|expat|\{[a-z_]*\}|<[a-z]+ object"
)


def examine(case: Case) -> Checked:
    """Check the file of a case like any upload."""
    return check(case.content, case.file, FRAMEWORK)


def faults(case: Case, checked: Checked) -> list[str]:
    """What differs from the expectation; empty where all is as it should be."""
    found = [*_issues(case, checked), *_values(case, checked)]
    for issue in checked.issues:
        found += _sentence(issue)
    return found


def spec(issue: Issue) -> str:
    """An issue as cases write it: `code@Data!B2,B3`."""
    cells = ",".join(issue.cells)
    place = f"{issue.sheet}!{cells}" if issue.sheet and cells else issue.sheet or cells
    return f"{issue.code}@{place}" if place else issue.code


def _issues(case: Case, checked: Checked) -> list[str]:
    if "*" in case.issues:
        return [] if checked.issues else ["nothing is said"]
    said = Counter(spec(issue) for issue in checked.issues)
    wanted = Counter(case.issues)
    if len(case.issues) == 1 and "|" in case.issues[0]:
        is_one = len(checked.issues) == 1 and checked.issues[0].code in case.issues[0].split("|")
        return [] if is_one else [f"said: {dict(said)}"]
    missing, more = wanted - said, said - wanted
    return [f"not said: {one}" for one in missing] + [f"said: {one}" for one in more]


def _values(case: Case, checked: Checked) -> list[str]:
    table = checked.values.table
    reported = table[table["status"] == "reported"]
    latest = reported[reported["period"] == "2024"]
    told = {
        (unit, indicator): value
        for unit, indicator, value in zip(
            latest["unit"], latest["indicator"], latest["value"], strict=True
        )
    }
    return [] if told == dict(case.told) else [f"values: {told}, expected {dict(case.told)}"]


def _sentence(issue: Issue) -> list[str]:
    found = []
    for language in LANGUAGES:
        sentence = issue.message(language)
        # What the file itself says may be anything.
        own = sentence
        for said in sorted((issue.found, issue.expected, issue.sheet), key=len, reverse=True):
            own = own.replace(said, "") if said else own
        if not sentence.strip() or "\n" in sentence or "\r" in sentence:
            found.append(f"no line: {sentence!r}")
        if _INSIDE.search(own):
            found.append(f"words of programs: {own!r}")
    return found
