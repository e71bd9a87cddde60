"""What pictures show, as sentences. Each figure in them is one of the picture's table."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from govmaturity.analysis.inequality import ABSOLUTE
from govmaturity.analysis.summary import Extremes, extremes, level_counts, most_lost, weakest_part
from govmaturity.scoring import Scores
from govmaturity.scoring.level import NO_LEVEL
from govmaturity.texts import Language, numbers, say


def overview(scores: Scores, names: Mapping[str, str], region: str, language: Language) -> str:
    """How many units, how far apart, how many in the fullest level; without ranks no name."""
    root = scores.plan.root
    ends = extremes(scores, root)
    n = int((scores.rank_of(root) > 0).sum())
    if ends is None:
        return say("findings.overview_few", language, region=region, n=n)
    width = scores.framework.width
    if not scores.has_ranks:
        distance = numbers.score(ends.distance, language, width)
        told = say("findings.overview_unranked", language, region=region, n=n, distance=distance)
        return told + _fullest_level(scores, language)
    sentence = say(
        "findings.overview",
        language,
        region=region,
        n=n,
        highest=names[str(scores.unit[ends.highest])],
        high=numbers.score(scores.of(root)[ends.highest], language, width),
        lowest=names[str(scores.unit[ends.lowest])],
        low=numbers.score(scores.of(root)[ends.lowest], language, width),
        distance=numbers.score(ends.distance, language, width),
    )
    return sentence + _fullest_level(scores, language)


def _fullest_level(scores: Scores, language: Language) -> str:
    counts = level_counts(scores, scores.plan.root) if scores.framework.levels else []
    filled = [place for place, count in enumerate(counts) if count]
    if not filled:
        return ""
    place = max(filled, key=lambda one: counts[one])
    return say(
        "findings.overview_levels",
        language,
        count=counts[place],
        level=f"{place + 1} {scores.framework.levels[place].name.in_(language)}",
    )


def overview_simulated(scores: Scores, region: str, language: Language) -> str:
    """The same for simulated values: no unit is named best or worst."""
    root = scores.plan.root
    ends = extremes(scores, root)
    width = scores.framework.width
    distance = numbers.score(ends.distance if ends else float("nan"), language, width)
    n = int((scores.rank_of(root) > 0).sum())
    return say("findings.overview_simulated", language, region=region, n=n, distance=distance)


def map_ends(scores: Scores, node: str, names: Mapping[str, str], language: Language) -> str:
    """Where a node is highest and where lowest; without ranks only how far they lie apart."""
    ends = extremes(scores, node)
    name = scores.plan.name(node).in_(language)
    if ends is None:
        n = int((scores.rank_of(node) > 0).sum())
        return say("findings.overview_few", language, region=name, n=n)
    width = scores.framework.width
    if not scores.has_ranks:
        distance = numbers.score(ends.distance, language, width)
        return say("findings.map_unranked", language, node=name, distance=distance)
    return say(
        "findings.map_ends",
        language,
        node=name,
        highest=names[str(scores.unit[ends.highest])],
        high=numbers.score(scores.of(node)[ends.highest], language, width),
        lowest=names[str(scores.unit[ends.lowest])],
        low=numbers.score(scores.of(node)[ends.lowest], language, width),
    )


def widest_part(scores: Scores, language: Language) -> str:
    """The part of the root in which units lie furthest apart."""
    found = _widest(scores)
    if found is None:
        return ""
    part, ends = found
    return say(
        "findings.widest_part",
        language,
        part=scores.plan.name(part).in_(language),
        distance=numbers.score(ends.distance, language, scores.framework.width),
    )


def widest_gap(scores: Scores, names: Mapping[str, str] | None, language: Language) -> str:
    """The same with its two ends; no unit is named without `names`, as for simulated values."""
    found = _widest(scores)
    if found is None:
        return ""
    part, ends = found
    values, width = scores.of(part), scores.framework.width
    words = {
        "part": scores.plan.name(part).in_(language),
        "high": numbers.score(float(values[ends.highest]), language, width),
        "low": numbers.score(float(values[ends.lowest]), language, width),
    }
    if names is None:
        return say("findings.widest_gap_simulated", language, **words)
    return say(
        "findings.widest_gap",
        language,
        **words,
        highest=names[str(scores.unit[ends.highest])],
        lowest=names[str(scores.unit[ends.lowest])],
    )


def _widest(scores: Scores) -> tuple[str, Extremes] | None:
    found = {part: ends for part in scores.plan.parts if (ends := extremes(scores, part))}
    if not found:
        return None
    part = max(found, key=lambda one: found[one].distance)
    return part, found[part]


def unit(
    scores: Scores, row: int, name: str, language: Language, *, is_simulated: bool = False
) -> str:
    """Score, level and rank of a unit, its weakest part and what costs it most.

    Simulated values give no rank: no real place is to be named first or last by them.
    """
    root = scores.plan.root
    value = float(scores.of(root)[row])
    if np.isnan(value):
        coverage = numbers.share(float(scores.coverage_of(root)[row]), language)
        return say("findings.unit_no_score", language, name=name, coverage=coverage)
    level = int(scores.level_of(root)[row])
    level_name = (
        f"{level} {scores.framework.levels[level - 1].name.in_(language)}"
        if level != NO_LEVEL and scores.framework.levels
        else say("charts.no_level", language)
    )
    ranked = "findings.unit" if scores.has_ranks else "findings.unit_unranked"
    sentence = say(
        "findings.unit_simulated" if is_simulated else ranked,
        language,
        name=name,
        score=numbers.score(value, language, scores.framework.width),
        level=level_name,
        rank=int(scores.rank_of(root)[row]) or numbers.NOTHING,
        n=int((scores.rank_of(root) > 0).sum()),
    )
    weakest = weakest_part(scores, row)
    if weakest is not None:
        sentence += say(
            "findings.unit_weakest",
            language,
            part=scores.plan.name(weakest).in_(language),
            score=numbers.score(float(scores.of(weakest)[row]), language, scores.framework.width),
        )
    lost = most_lost(scores, row, 1)
    for node, points in lost.items():
        sentence += say(
            "findings.unit_lost",
            language,
            indicator=scores.framework.nodes[node].name.in_(language),
            points=numbers.score(points, language, scores.framework.width),
        )
    return sentence


def holding_back(scores: Scores, row: int, language: Language) -> list[str]:
    """One sentence for each gate that lowered or withheld a row's level, or could not decide."""
    sentences = []
    for effect in scores.gates:
        gate = next(gate for gate in scores.framework.gates if gate.id == effect.gate)
        key = None
        if effect.acted[row]:
            key = (
                "findings.gate_withheld" if effect.cap[row] == NO_LEVEL else "findings.gate_capped"
            )
        elif effect.undecided[row] and scores.level_of(effect.node)[row] != NO_LEVEL:
            key = "findings.gate_undecided"
        if key is not None:
            cap = int(effect.cap[row])
            level = f"{cap} {scores.framework.levels[cap - 1].name.in_(language)}" if cap else ""
            sentences.append(say(key, language, gate=gate.name.in_(language), level=level))
    return sentences


def measure(table: pd.DataFrame, name: str, weighting: str, language: Language) -> str:
    """The sentence of one measure of an imbalance table, or why there is none."""
    row = _row(table, name, weighting)
    if row is None:
        return ""
    if pd.isna(row["value"]):
        return say("findings.undefined", language, reason=say(f"findings.{row['note']}", language))
    value = float(row["value"])
    whom = say(f"findings.by_{weighting}", language)
    shown = (
        numbers.decimal(value, language)
        if name in ABSOLUTE or name == "mean"
        else numbers.decimal(value, language, 3)
    )
    return say(
        f"findings.{name}",
        language,
        value=shown,
        whom=whom,
        share=numbers.share(value, language),
        rest=numbers.share(1 - value, language),
        double=numbers.decimal(2 * value, language),
    )


def between(table: pd.DataFrame, weighting: str, groups: str, language: Language) -> str:
    """How much of Theil's T lies between groups and how much within them."""
    total = _row(table, "theil_t", weighting)
    split = table[
        (table["weighting"] == weighting)
        & (table["measure"] == "theil_t")
        & table["group_by"].notna()
    ]
    part = split[split["part"] == "between"]
    if total is None or part.empty or pd.isna(part.iloc[0]["value"]):
        return ""
    within = split[(split["part"] == "within") & split["group"].isna()]
    whole = float(part.iloc[0]["value"]) + float(within.iloc[0]["value"])
    share = float(part.iloc[0]["value"]) / whole if whole else 0.0
    return say(
        "findings.between",
        language,
        groups=groups,
        between=numbers.share(share, language),
        within=numbers.share(1 - share, language),
    )


def _row(table: pd.DataFrame, name: str, weighting: str) -> pd.Series | None:
    found = table[
        (table["measure"] == name)
        & (table["weighting"] == weighting)
        & (table["part"] == "total")
        & table["group_by"].isna()
    ]
    return None if found.empty else found.iloc[0]
