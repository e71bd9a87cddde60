"""The framework's own rules: what the values of one unit and period must hold together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import fsum
from typing import Final

from govmaturity.framework.fields import Field
from govmaturity.framework.model import Framework, Words
from govmaturity.framework.rules import PartRule, RatioRule, RubricRule, Rule, SumRule
from govmaturity.intake.issues import Code, Findings, Issue, Slot, shown
from govmaturity.intake.table.entries import Entries, Entry, Key
from govmaturity.intake.table.wording import range_in_signs

# Sums and quotients of decimals may miss their bound by the last bits of a float.
_NOISE: Final = 1e-9

Given = Mapping[str, float]
"""The values of one unit and period that a rule looks at, by field."""


def check_rules(
    framework: Framework, fields: Mapping[str, Field], entries: Entries, findings: Findings
) -> None:
    """Report where values break a rule of the framework, with the cells of all of them.

    A rule is left alone where one of its values is missing, not applicable or
    faulty: what is wrong with that cell has been said. Where a broken rule is
    an error, the values it names first (the part, the parts, the numerator,
    the rubric) are left missing: with the others alone nothing is at odds.
    """
    for rule in framework.rules:
        for key in entries.columns.get(rule.fields[0], {}):
            cells = _cells(rule, key, entries)
            if cells is None:
                continue
            given = {id_: entry.value for id_, entry in cells.items() if entry.value is not None}
            broken = _CHECKS[rule.kind](rule, given)
            if broken is not None:
                found, expected = broken
                findings.add(_issue(rule, fields, key, cells, found, expected))
                if rule.severity == "error":
                    _spoil(rule, key, entries)


def _cells(rule: Rule, key: Key, entries: Entries) -> dict[str, Entry] | None:
    """The entries of all fields of a rule; of checklist items those that are there."""
    found: dict[str, Entry] = {}
    for id_ in rule.fields:
        entry = entries.columns.get(id_, {}).get(key)
        if entry is not None and entry.value is not None:
            found[id_] = entry
        elif not isinstance(rule, RubricRule) or id_ == rule.rubric:
            return None
    return found


def _part(rule: PartRule, given: Given) -> tuple[str, str] | None:
    part, whole = given[rule.part], given[rule.whole]
    return None if part <= whole else (shown(part), f"<= {shown(whole)}")


def _sum(rule: SumRule, given: Given) -> tuple[str, str] | None:
    total = given[rule.total]
    added = fsum(given[id_] for id_ in rule.parts)
    slack = rule.tolerance + _NOISE * max(abs(total), abs(added))
    if abs(added - total) <= slack:
        return None
    return shown(float(f"{added:.12g}")), shown(total)


def _ratio(rule: RatioRule, given: Given) -> tuple[str, str] | None:
    below = fsum(given[id_] for id_ in rule.ratio.denominator)
    if not below:
        return None
    value = rule.ratio.times * fsum(given[id_] for id_ in rule.ratio.numerator) / below
    slack = _NOISE * max(abs(value), 1.0)
    if rule.bounds.holds(value - slack) or rule.bounds.holds(value + slack):
        return None
    return shown(float(f"{value:.6g}")), range_in_signs(rule.bounds)


def _rubric(rule: RubricRule, given: Given) -> tuple[str, str] | None:
    unmet = [id_ for id_ in rule.items if given.get(id_) == 0]
    if given[rule.rubric] < rule.level or not unmet:
        return None
    return shown(given[rule.rubric]), ", ".join(unmet)


_CHECKS: Final[Mapping[str, Callable[..., tuple[str, str] | None]]] = {
    "part": _part,
    "sum": _sum,
    "ratio": _ratio,
    "rubric": _rubric,
}
_CODES: Final[Mapping[str, Code]] = {
    "part": "rule_part",
    "sum": "rule_sum",
    "ratio": "rule_ratio",
    "rubric": "rule_rubric",
}


def _issue(
    rule: Rule,
    fields: Mapping[str, Field],
    key: Key,
    cells: Mapping[str, Entry],
    found: str,
    expected: str,
) -> Issue:
    if isinstance(rule, RubricRule):
        shown_cells = [cells[rule.rubric], *(cells[id_] for id_ in rule.items if id_ in cells)]
    else:
        shown_cells = list(cells.values())
    sheet = shown_cells[0].sheet
    places = tuple(dict.fromkeys(entry.ref for entry in shown_cells if entry.sheet == sheet))
    slots: tuple[tuple[str, Slot], ...] = (
        ("rule", rule.name),
        ("fields", _names(rule, fields)),
        ("level", rule.level if isinstance(rule, RubricRule) else 0),
    )
    return Issue(
        _CODES[rule.kind],
        rule.severity,
        sheet,
        places,
        key[0],
        rule.fields[0],
        found,
        expected,
        slots,
    )


def _names(rule: Rule, fields: Mapping[str, Field]) -> Words:
    names = [fields[id_].name for id_ in rule.fields]
    return Words(zh="、".join(name.zh for name in names), en=", ".join(name.en for name in names))


def _spoil(rule: Rule, key: Key, entries: Entries) -> None:
    match rule:
        case PartRule():
            first: tuple[str, ...] = (rule.part,)
        case SumRule():
            first = tuple(rule.parts)
        case RatioRule():
            first = rule.ratio.numerator
        case RubricRule():
            first = (rule.rubric,)
    for id_ in first:
        entries.columns[id_][key] = entries.columns[id_][key].spoilt()
