"""Whether an index hangs together, as sentences. Each figure is one of its tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pandas as pd

from govmaturity.analysis.consistency.structure import ACCEPTABLE, Consistency
from govmaturity.texts import Language, numbers, say

# A weight that brings so much more, or less, than it states is worth a sentence.
GAP: Final = 0.1
# Kaiser (1974) and Bartlett's usual line.
_GOOD_KMO: Final = 0.5
_SIGNIFICANT: Final = 0.05
_BLUNT: Final = ("constant", "concentrated")
Names = Mapping[str, str]


def finding(found: Consistency, language: Language) -> str:
    """How many groups agree, and how many flags there are."""
    known = found.groups[found.groups["alpha"].notna()]
    return say(
        "consistency.finding",
        language,
        groups=len(known),
        agree=int((known["alpha"] >= ACCEPTABLE).sum()),
        redundant=_pairs(found, "redundant"),
        contradicting=_pairs(found, "contradicting"),
        blunt=sum(has_flag(flags, *_BLUNT) for flags in found.indicators["flags"]),
        n=found.units,
    )


def of_pairs(found: Consistency, names: Names, language: Language) -> list[str]:
    """A sentence for each pair that says the same or goes apart, the strongest first."""
    order = found.pairs["correlation"].abs().sort_values(ascending=False).index
    return [
        say(
            f"consistency.pair_{row['flag']}",
            language,
            one=names[row["one"]],
            other=names[row["other"]],
            value=numbers.signed(row["correlation"], language, 2),
        )
        for row in _rows(found.pairs.loc[order])
    ]


def of_indicators(found: Consistency, names: Names, language: Language) -> list[str]:
    """A sentence for each flag of an indicator."""
    return [
        say(
            f"consistency.indicator_{flag}",
            language,
            name=names[row["indicator"]],
            group=names[row["group"]],
            nearest=names.get(row["nearest"], ""),
            value=numbers.signed(row["with_group"], language, 2),
            other=numbers.signed(row["with_nearest"], language, 2),
            share=numbers.share(row["concentrated"], language),
        )
        for row in _rows(found.indicators)
        for flag in row["flags"].split()
    ]


def of_groups(found: Consistency, names: Names, language: Language) -> list[str]:
    """A sentence for each group of several parts: do they agree, do the data allow components."""
    return [_of_group(row, names, language) for row in _rows(found.groups) if row["parts"] > 1]


def _of_group(row: Mapping[str, Any], names: Names, language: Language) -> str:
    name, notes = names[row["group"]], row["notes"].split()
    if pd.isna(row["alpha"]):
        return say("consistency.group_undefined", language, name=name, n=row["units"])
    key = "agree" if row["alpha"] >= ACCEPTABLE else "loose"
    sentence = say(
        f"consistency.group_{'against' if row['alpha'] < 0 else key}",
        language,
        name=name,
        alpha=numbers.signed(row["alpha"], language, 2),
        parts=row["parts"],
    )
    if not pd.isna(row["explained"]):
        sentence += say(
            "consistency.group_components",
            language,
            n=row["components"],
            share=numbers.share(row["explained"], language),
        )
    # Of two parts it is 0.5 whatever they are.
    if row["parts"] > 2 and not pd.isna(row["kmo"]):
        shared = "shared" if row["kmo"] >= _GOOD_KMO - 1e-9 else "not_shared"
        kmo = numbers.decimal(row["kmo"], language, 3)
        sentence += say(f"consistency.group_{shared}", language, kmo=kmo)
    if not pd.isna(row["p_value"]) and row["p_value"] > _SIGNIFICANT:
        p = numbers.decimal(row["p_value"], language, 2)
        sentence += say("consistency.group_bartlett", language, p=p)
    if "constant_part" in notes:
        sentence += say("consistency.group_constant", language)
    if "few_units" in notes:
        sentence += say("consistency.group_few", language, n=row["units"], parts=row["parts"])
    return sentence


def of_weights(table: pd.DataFrame, names: Names, language: Language) -> list[str]:
    """A sentence for each part that makes much more, or less, of its group than its weight says."""
    gap = (table["effective"] - table["in_force"]).abs()
    chosen = table.loc[gap[gap >= GAP].sort_values(ascending=False).index]
    return [
        say(
            f"consistency.weight_{'more' if row['effective'] > row['in_force'] else 'less'}",
            language,
            name=names[row["node"]],
            group=names[row["group"]],
            stated=numbers.share(row["in_force"], language),
            effective=numbers.signed_share(row["effective"], language),
        )
        for row in _rows(chosen)
    ]


def has_flag(flags: str, *wanted: str) -> bool:
    """Whether one of some codes is among those that spaces separate.

    Examples
    --------
    >>> has_flag("weak elsewhere", "elsewhere"), has_flag("", "weak")
    (True, False)
    """
    return bool(set(flags.split()) & set(wanted))


def _pairs(found: Consistency, flag: str) -> int:
    return int((found.pairs["flag"] == flag).sum())


def _rows(table: pd.DataFrame) -> Iterator[dict[str, Any]]:
    yield from ({str(key): row[key] for key in row} for row in table.to_dict("records"))
