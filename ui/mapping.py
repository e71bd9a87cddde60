"""What a map shows of its units: a node, its change, or two nodes at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from govmaturity.analysis.classes import METHODS
from govmaturity.analysis.summary import means_by
from govmaturity.charts.coloured import Coloured
from govmaturity.charts.scheme import Scheme, by_change, by_classes, by_level, by_pair
from govmaturity.report import findings, mapped
from govmaturity.scoring import Scores
from govmaturity.scoring.level import bands
from ui import scored, widgets
from ui.places import above
from ui.view import View

THIRDS = 3


@dataclass(frozen=True)
class Subject:
    """What one map shows. `scores` colour it, `second` (if any) stand beside them.

    `note` says what the reader of the picture has to know of its classes.
    """

    title: str
    sentence: str
    coloured: Coloured
    scheme: Scheme | None
    table: pd.DataFrame
    second: Mapping[str, float] | None = None
    note: str = ""

    @property
    def scores(self) -> Mapping[str, float]:
        return self.coloured.scores


def one_node(view: View, node: str, tier: str, method: str, region: str) -> Subject:
    """A node's scores, by level or by the classes chosen."""
    coloured = coloured_of(view, node, tier)
    scheme, note = _classes(view, coloured.scores, node, tier, method)
    sentence = (
        findings.overview_simulated(view.now, view.region_name(), view.language)
        if view.is_simulated
        else findings.map_ends(view.now, node, view.names, view.language)
    )
    key = "map.title" if tier == "county" else "map.title_means"
    words = {"node": view.node_name(node), "region": region, "tier": view.say(f"map.tier_{tier}")}
    table = (
        widgets.parts_table(view)
        if tier == "county"
        else _table(view, tier, coloured, {view.node_name(node): coloured.scores})
    )
    return Subject(view.say(key, **words), sentence, coloured, scheme, table, note=note)


def change(view: View, node: str, tier: str, before: str, region: str) -> Subject:
    """How far a node's scores have moved since an earlier period."""
    now = coloured_of(view, node, tier)
    earlier = _values(view, view.at(before), node, tier)
    moved = {id_: value - earlier.get(id_, np.nan) for id_, value in now.scores.items()}
    details = {id_: earlier.get(id_, np.nan) for id_ in moved}
    coloured = replace(
        now, scores=moved, levels={}, details=details, detail="charts.hover_before", is_change=True
    )
    words = {"node": view.node_name(node), "before": before, "now": view.period}
    columns = {before: earlier, view.period: now.scores, view.say("charts.change"): moved}
    return Subject(
        view.say("map.title_change", region=region, **words),
        mapped.change(moved, view.language, view.framework.width, **words),
        coloured,
        by_change(moved, view.language, view.framework.width),
        _table(view, tier, coloured, columns),
        second=earlier,
    )


def pair(view: View, node: str, node2: str, tier: str, region: str) -> Subject | None:
    """Two nodes at once, in thirds; None where one of them does not differ between units."""
    coloured = coloured_of(view, node, tier)
    second = _values(view, view.now, node2, tier)
    cut = [
        scored.classes_of((*view.key, one, tier), scores, "quantile", THIRDS)
        for one, scores in ((node, coloured.scores), (node2, second))
    ]
    if cut[0] is None or cut[1] is None:
        return None
    names = (view.node_name(node), view.node_name(node2))
    scheme = by_pair((cut[0], coloured.scores, names[0]), (cut[1], second, names[1]), view.language)
    return Subject(
        view.say("map.title_pair", first=names[0], second=names[1], region=region),
        mapped.pair(scheme.of, names, view.language),
        coloured,
        scheme,
        _table(view, tier, coloured, {names[0]: coloured.scores, names[1]: second}),
        second=second,
        note=view.say("map.thirds"),
    )


def parts(view: View, tier: str) -> tuple[dict[str, Coloured], dict[str, Scheme | None]]:
    """The parts of the root, each as a map of its own; all on one scale."""
    maps = {view.node_name(part): coloured_of(view, part, tier) for part in view.now.plan.parts}
    schemes: dict[str, Scheme | None] = {}
    for name, coloured in maps.items():
        levels = {id_: level for id_, level in coloured.levels.items() if level}
        schemes[name] = (
            by_level(view.framework, levels, view.language, is_counted=False)
            if view.framework.levels
            else None
        )
    return maps, schemes


def coloured_of(view: View, node: str, tier: str) -> Coloured:
    """Scores of the units of the region shown, or means of the tier above them."""
    if tier != "county":
        return _means(view, node, tier)
    scores = view.now
    units = [str(unit) for unit in scores.unit]
    ranks = scores.rank_of(node)
    return Coloured(
        scores=dict(zip(units, scores.of(node).tolist(), strict=True)),
        levels=dict(zip(units, scores.level_of(node).tolist(), strict=True)),
        names=view.names,
        details=dict(zip(units, ranks.tolist(), strict=True)),
        detail="charts.hover_rank" if scores.has_ranks else "",
        total=int((ranks > 0).sum()),
    )


def _means(view: View, node: str, tier: str) -> Coloured:
    upper = {unit: above(view, unit, tier) for unit in view.now.units}
    means = means_by(view.now, node, {unit: up for unit, up in upper.items() if up})
    groups = [str(group) for group in means["group"]]
    levels = bands(view.framework, means["score"].to_numpy())
    return Coloured(
        scores=dict(zip(groups, means["score"].tolist(), strict=True)),
        levels=dict(zip(groups, levels.tolist(), strict=True)),
        names={group: view.registry.name(group, view.language) for group in groups},
        details=dict(zip(groups, means["units"].tolist(), strict=True)),
        detail="charts.hover_mean",
        total=len(groups),
    )


def _values(view: View, scores: Scores, node: str, tier: str) -> dict[str, float]:
    if tier == "county":
        return dict(zip(map(str, scores.unit), scores.of(node).tolist(), strict=True))
    upper = {unit: above(view, unit, tier) for unit in scores.units}
    means = means_by(scores, node, {unit: up for unit, up in upper.items() if up})
    return dict(zip(map(str, means["group"]), means["score"].tolist(), strict=True))


def _classes(
    view: View, scores: Mapping[str, float], node: str, tier: str, method: str
) -> tuple[Scheme | None, str]:
    known = next((one for one in METHODS if one == method), None)
    if known is None:
        return None, ""
    found = scored.classes_of((*view.key, node, tier), scores, known)
    if found is None:
        return None, view.say("map.no_classes")
    note = view.say("map.sampled", n=found.sampled) if found.sampled else ""
    return by_classes(found, scores, view.language, view.framework.width), note


def _table(
    view: View, tier: str, coloured: Coloured, columns: Mapping[str, Mapping[str, float]]
) -> pd.DataFrame:
    names = [coloured.names[id_] for id_ in coloured.scores]
    made: dict[str, Sequence[str] | Sequence[float]] = {view.say(f"map.tier_{tier}"): names}
    for head, values in columns.items():
        made[head] = [values.get(id_, np.nan) for id_ in coloured.scores]
    return pd.DataFrame(made)
