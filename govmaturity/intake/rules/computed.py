"""Checks of what is computed from several cells: a ratio that its counts cannot make."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from govmaturity.framework.fields import Field
from govmaturity.framework.model import Framework
from govmaturity.framework.rules import Ratio
from govmaturity.intake.issues import Findings, Issue, shown
from govmaturity.intake.table.entries import Entries, Entry, Key
from govmaturity.intake.table.wording import range_in_signs

# A quotient of counts may miss its bound by the last bits of a float.
_NOISE: Final = 1e-9


def check_ratios(
    framework: Framework, fields: Mapping[str, Field], entries: Entries, findings: Findings
) -> None:
    """Report ratios outside the valid range of their indicator, or outside the plausible one.

    Without this a part larger than its whole would be held at the best
    goalpost and score full marks. Where the ratio is not valid, the cells of
    its numerator are left missing.
    """
    for id_, indicator in framework.indicators.items():
        if indicator.ratio is None:
            continue
        for key in entries.columns.get(indicator.ratio.numerator[0], {}):
            parts = _parts(indicator.ratio, key, entries)
            value = _value(indicator.ratio, parts)
            if value is not None:
                _judge(fields[id_], indicator.ratio, key, parts, value, entries, findings)


def _parts(ratio: Ratio, key: Key, entries: Entries) -> dict[str, Entry]:
    ids = (*ratio.numerator, *ratio.denominator)
    found = {id_: entries.columns.get(id_, {}).get(key) for id_ in ids}
    return {id_: entry for id_, entry in found.items() if entry is not None}


def _value(ratio: Ratio, parts: Mapping[str, Entry]) -> float | None:
    known = {id_: entry.value for id_, entry in parts.items() if entry.value is not None}
    if not all(id_ in known for id_ in (*ratio.numerator, *ratio.denominator)):
        return None
    whole = sum(known[id_] for id_ in ratio.denominator)
    return ratio.times * sum(known[id_] for id_ in ratio.numerator) / whole if whole else None


def _judge(
    field: Field,
    ratio: Ratio,
    key: Key,
    parts: Mapping[str, Entry],
    value: float,
    entries: Entries,
    findings: Findings,
) -> None:
    slack = _NOISE * max(abs(value), 1.0)
    is_valid = field.valid.holds(value - slack) or field.valid.holds(value + slack)
    if is_valid and field.plausible.holds(value):
        return
    bounds = field.plausible if is_valid else field.valid
    findings.add(
        Issue(
            "ratio_outside_plausible" if is_valid else "ratio_outside_valid",
            "confirm" if is_valid else "error",
            next(iter(parts.values())).sheet,
            tuple(dict.fromkeys(entry.ref for entry in parts.values())),
            key[0],
            field.id,
            shown(float(f"{value:.6g}")),
            range_in_signs(bounds),
            (("name", field.name),),
        )
    )
    if not is_valid:
        for id_ in ratio.numerator:
            entries.columns[id_][key] = entries.columns[id_][key].spoilt()
