"""Rows of the table of imbalance: figures of one sample with their intervals."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np

from govmaturity.analysis.contributions import (
    SplitMeasure,
    Whose,
    aligned,
    is_sum,
    points_brought,
    source_rows,
    sources_of,
)
from govmaturity.analysis.inequality.bootstrap import Progress, intervals
from govmaturity.analysis.inequality.dagum import PARTS, dagum_rows
from govmaturity.analysis.inequality.measures import MEASURES, refuse, refuse_relative
from govmaturity.analysis.inequality.rows import Rows
from govmaturity.analysis.inequality.sample import Floats, Sample, UndefinedMeasureError
from govmaturity.analysis.inequality.split import SPLIT, Groups, groups_of, split_rows
from govmaturity.scoring import Scores

SCALE_NEGATIVE: Final = "scale_negative"
_WILLIAMSON: Final = "williamson"
Row = dict[str, object]


class Key(NamedTuple):
    """What a figure is: the columns `measure`, `part` and `group`."""

    measure: str
    part: str = "total"
    group: str = ""


@dataclass(frozen=True)
class Asked:
    """Figures of one sample that move with its draws, and those that are `fixed`.

    `undefined` holds those that the sample does not have, with the reason;
    `n` the number of units by group, where it is not all.
    """

    figures: Callable[[Floats], dict[Key, Floats]]
    undefined: dict[Key, str] = field(default_factory=dict)
    notes: Mapping[Key, str] = field(default_factory=dict)
    note: str = ""
    n: Mapping[str, int] = field(default_factory=dict)
    fixed: Mapping[Key, float] = field(default_factory=dict)


def rows_of(
    sample: Sample, asked: Asked, *, draws: int, seed: int, progress: Progress | None
) -> Iterator[Row]:
    """One row per figure: its value, its interval, on how many units it rests.

    `low` and `high` are left out where there is no interval. Ends of the
    sample have none (`Measure.has_interval`).
    """
    values = {key: float(found[0]) for key, found in asked.figures(sample.w[None, :]).items()}
    ends = (
        intervals(sample, asked.figures, draws=draws, seed=seed, progress=progress)
        if values
        else {}
    )
    for key in [*values, *asked.fixed, *asked.undefined]:
        row: Row = {
            "measure": key.measure,
            "part": key.part,
            "n": asked.n.get(key.group, sample.size),
            "note": asked.undefined.get(key) or asked.notes.get(key, asked.note),
        }
        if key.group:
            row["group"] = key.group
        if key not in asked.undefined:
            row["value"] = values.get(key, asked.fixed.get(key))
        measure = MEASURES.get(key.measure)
        if key in ends and (measure is None or measure.has_interval):
            row["low"], row["high"] = ends[key]
        yield row


def totals(sample: Sample, *, relative: bool, by_resident: bool, note: str) -> Asked:
    """Every measure of a sample."""
    undefined: dict[Key, str] = {}
    defined = []
    for name, measure in MEASURES.items():
        if measure.is_relative and not relative:
            undefined[Key(name)] = SCALE_NEGATIVE
            continue
        try:
            refuse(measure, sample)
            defined.append(name)
        except UndefinedMeasureError as reason:
            undefined[Key(name)] = reason.reason

    def figures(p: Floats) -> dict[Key, Floats]:
        rows = Rows(sample.x, p)
        found = {Key(name): MEASURES[name].formula(rows) for name in defined}
        if by_resident and "coefficient_of_variation" in defined:
            found[Key(_WILLIAMSON)] = found[Key("coefficient_of_variation")]
        return found

    return Asked(figures, undefined, note=note)


def between_groups(
    sample: Sample,
    groupings: Sequence[Sequence[str]],
    names: Sequence[str],
    *,
    relative: bool,
    note: str,
) -> Asked:
    """The variance, Theil's T and L and Dagum's Gini between and within groups."""
    groups = groups_of(sample, groupings)
    undefined: dict[Key, str] = {}
    defined = []
    for name in (*SPLIT, "dagum"):
        try:
            if MEASURES.get(name, MEASURES["gini"]).is_relative and not relative:
                raise UndefinedMeasureError(SCALE_NEGATIVE)
            refuse_relative(sample) if name == "dagum" else refuse(MEASURES[name], sample)
            defined.append(name)
        except UndefinedMeasureError as reason:
            undefined[Key(name, "net_between" if name == "dagum" else "between")] = reason.reason
    levels = [f"between_{name}" for name in names] if len(names) > 1 else ["between"]
    labels = ["/".join(key) for key in groups.innermost]

    def figures(p: Floats) -> dict[Key, Floats]:
        found: dict[Key, Floats] = {}
        for name in defined:
            parts, within = (
                dagum_rows(sample.x, p, groups)
                if name == "dagum"
                else _with_sum(*split_rows(name, sample.x, p, groups))
            )
            heads = PARTS if name == "dagum" else (*levels, "within")
            found |= {Key(name, part): parts[:, i] for i, part in enumerate(heads)}
            order = sorted(range(len(labels)), key=labels.__getitem__)
            found |= {Key(name, "within", labels[i]): within[:, i] for i in order}
        return found

    return Asked(figures, undefined, note=note, n=_sizes(groups, labels))


def sources(
    scores: Scores, node: str, sample: Sample, weights: Floats | None, *, relative: bool
) -> Asked:
    """What children and indicators make of the variance and the Gini index.

    Shapley values have no interval: each draw would cost as much as all else.
    """
    exact: dict[tuple[SplitMeasure, Whose], tuple[list[str], Floats]] = {}
    fixed: dict[Key, float] = {}
    notes: dict[Key, str] = {}
    measures: list[SplitMeasure] = ["variance", "gini"] if relative else ["variance"]
    for measure in measures:
        for whose in _depths(scores, node):
            try:
                found = sources_of(scores, node, measure, whose, weights)
            except UndefinedMeasureError:
                continue  # the measure itself is in the table, with the reason
            if found is None:
                continue
            notes |= {Key(measure, whose, part): found.method for part in found.parts}
            if is_sum(scores, node, whose):
                brought = points_brought(scores, node, whose)
                exact[measure, whose] = list(brought), aligned(brought.values(), sample)
            else:
                fixed |= {Key(measure, whose, part): v for part, v in found.parts.items()}

    def figures(p: Floats) -> dict[Key, Floats]:
        rows = Rows(sample.x, p)
        found: dict[Key, Floats] = {}
        for (measure, whose), (ids, parts) in exact.items():
            values = source_rows(measure, rows, parts)
            found |= {Key(measure, whose, id_): values[:, i] for i, id_ in enumerate(ids)}
        return found

    return Asked(figures, notes=notes, fixed=fixed)


def _depths(scores: Scores, node: str) -> tuple[Whose, ...]:
    children = scores.plan.children(node)
    return ("child",) if children == scores.plan.leaves(node) else ("child", "indicator")


def _with_sum(between: Floats, within: Floats) -> tuple[Floats, Floats]:
    return np.column_stack([between, within.sum(axis=1)]), within


def _sizes(groups: Groups, labels: Sequence[str]) -> dict[str, int]:
    counts = np.bincount(groups.codes[-1], minlength=len(labels))
    return dict(zip(labels, map(int, counts), strict=True))
