"""The parts of the page Imbalance: its choices, and its pictures with their sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import streamlit as st

from govmaturity.analysis import inequality
from govmaturity.analysis.imbalance import can_be_relative, imbalance_table, population_of
from govmaturity.analysis.inequality import Floats, UndefinedMeasureError
from govmaturity.charts import imbalance as charts
from govmaturity.report import findings
from govmaturity.scoring import Scores
from govmaturity.units.groups import group_of
from ui import choices, computed, widgets
from ui.view import View, regions_of

POPULATION = "population"
DRAWS = 1_000
# Up to so many units intervals are there at once; beyond, whoever wants them waits a second.
AT_ONCE = 500


def weighting_choice(view: View) -> str:
    """By unit or by resident; only where the values hold residents."""
    if population_of(view.now, POPULATION) is None:
        st.caption(view.say("imbalance.no_population"))
        return "unit"
    names = {one: view.say(f"imbalance.by_{one}") for one in ("unit", "resident")}
    return choices.buttons(view.state, "weighting", view.say("imbalance.weighting"), names)


def grouping_choice(view: View) -> str:
    """What units are grouped by: the widest of the registry's columns that splits them at all."""
    options = [
        column
        for column in ("province", "prefecture", "kind", "group")
        if len(set(groups_of(view, column).values())) > 1
    ]
    if not options:
        return ""
    names = {one: view.say(f"imbalance.group_{one}") for one in options}
    return choices.box(view.state, "group", view.say("imbalance.group_by"), names)


def groups_of(view: View, column: str) -> dict[str, str]:
    attributes = view.dataset.checked.values.attributes if view.dataset else pd.DataFrame()
    found = group_of(
        column,
        view.now.units,
        attributes.drop(columns=column, errors="ignore"),
        view.registry,
        view.language,
    )
    if column in ("kind", "group"):
        return {unit: view.say(f"units.{_key(group)}") for unit, group in found.items()}
    return found


def _key(group: str) -> str:
    return group.replace("-", "_").replace(" ", "_")


def measures(view: View, node: str, grouping: str) -> pd.DataFrame:
    """All measures of a node as on the command line, for the period and region chosen."""
    many = len(view.now.unit) > AT_ONCE
    asked = not many
    if many:
        key = f"intervals_{node}_{grouping}_{view.period}_{view.region}"
        asked = st.session_state.get(key, False) or st.button(
            view.say("imbalance.intervals"), icon=":material/timer:", key=f"ask_{key}"
        )
        st.session_state[key] = asked
    if not asked:
        return _measures(view, node, grouping, draws=0)
    bar = st.progress(0.0, view.say("imbalance.drawing")) if many else None
    table = _measures(view, node, grouping, draws=DRAWS, progress=bar.progress if bar else None)
    if bar:
        bar.empty()
    return table


def _measures(
    view: View,
    node: str,
    grouping: str,
    *,
    draws: int,
    progress: Callable[[float], object] | None = None,
) -> pd.DataFrame:
    def made() -> pd.DataFrame:
        return imbalance_table(
            view.now,
            node,
            group_by=[grouping] if grouping else [],
            groupings=[groups_of(view, grouping)] if grouping else [],
            population=population_of(view.now, POPULATION),
            draws=draws,
            progress=progress,
        )

    # What draws a bar while it works cannot be taken from a cache.
    if progress is not None:
        return made()
    return computed.imbalance(view.version, node, grouping, view.language, draws, made)


def second_region(view: View) -> View | None:
    """A second region to set beside the first, from the address; never merged with it."""
    options = {"": view.say("imbalance.no_second")} | {
        region: name for region, name in regions_of(view).items() if region not in ("", view.region)
    }
    chosen = choices.box(view.state, "region2", view.say("imbalance.second"), options)
    return replace(view, region=chosen) if chosen else None


def side_by_side(view: View, other: View, node: str, weighting: str) -> None:
    """The measures of two regions, each by itself."""
    found = {one.region_name(): _measures(one, node, "", draws=DRAWS) for one in (view, other)}
    for name, table in found.items():
        sentence = findings.measure(table, "standard_deviation", weighting, view.language)
        st.markdown(f"- **{widgets.plain(name)}**: {widgets.plain(sentence)}")
    rows = []
    for measure in dict.fromkeys(
        measure for table in found.values() for measure in table["measure"]
    ):
        row: dict[str, object] = {view.say("imbalance.measure"): view.say(f"lab.{measure}_name")}
        for name, table in found.items():
            row[name] = _with_interval(table, measure, weighting)
        if any(row[name] for name in found):
            rows.append(row)
    both = pd.DataFrame(rows)
    st.dataframe(both, hide_index=True)
    widgets.downloads(view, lambda: both, "regions")


def _with_interval(table: pd.DataFrame, measure: str, weighting: str) -> str:
    one = table[
        (table["measure"] == measure)
        & (table["weighting"] == weighting)
        & (table["part"] == "total")
        & table["value"].notna()
    ]
    if one.empty:
        return ""
    value, low, high = (float(one.iloc[0][name]) for name in ("value", "low", "high"))
    return f"{value:.4g} ({low:.4g}-{high:.4g})" if low == low else f"{value:.4g}"


def sentences(view: View, table: pd.DataFrame, weighting: str, names: Sequence[str]) -> None:
    """One sentence for each measure."""
    for name in names:
        sentence = findings.measure(table, name, weighting, view.language)
        st.markdown(f"- {widgets.plain(sentence)}")


def spread_chart(view: View, node: str, grouping: str) -> None:
    """Every unit on the scale, a line per group."""
    scores = counted(view)
    groups = groups_of(view, grouping) if grouping else {}
    other = view.say("charts.all_units")
    units = [str(unit) for unit in scores.unit]
    names = [view.names[unit] for unit in units]
    figure = charts.spread(
        scores.of(node),
        [groups.get(unit, other) for unit in units],
        names,
        units,
        view.caption(view.say("imbalance.spread_title", node=view.node_name(node))),
    )
    table = pd.DataFrame(
        {
            view.say("widgets.unit"): names,
            view.say("imbalance.group"): [groups.get(unit, "") for unit in units],
            view.node_name(node): scores.of(node),
        }
    )
    widgets.chart_with_table(
        view,
        figure,
        lambda: table,
        "spread",
        columns=widgets.score_columns(view),
        on_click=widgets.open_unit(view, view.node),
    )


def lorenz_chart(view: View, node: str, weighting: str) -> None:
    """Lorenz curve, or why there is none."""
    scores = counted(view)
    values, weights = scores.of(node), weights_of(scores, weighting)
    if not can_be_relative(scores, scores.plan.root):
        st.info(view.say("findings.scale_negative"))
        return
    try:
        across, up = inequality.lorenz(values, weights)
    except UndefinedMeasureError as reason:
        widgets.undefined(view, reason)
        return
    caption = view.caption(view.say("imbalance.lorenz_title", node=view.node_name(node)), unit="%")
    is_by_resident = weighting == "resident"
    axis = "charts.share_of_residents" if is_by_resident else "charts.share_of_units"
    table = pd.DataFrame(
        {view.say(axis): 100 * across, view.say("charts.share_of_points"): 100 * up}
    )
    number = st.column_config.NumberColumn(format="%.1f%%")
    widgets.chart_with_table(
        view,
        charts.lorenz_curve(across, up, is_by_resident, caption),
        lambda: table,
        "lorenz",
        columns=dict.fromkeys(table.columns, number),
    )


def between_chart(
    view: View, table: pd.DataFrame, node: str, grouping: str, weighting: str
) -> None:
    """How much of Theil's T lies between groups and how much within which."""
    if not grouping:
        st.info(view.say("imbalance.no_groups"))
        return
    name = view.say(f"imbalance.group_{grouping}")
    sentence = findings.between(table, weighting, name, view.language)
    if not sentence:
        st.info(view.say("findings.scale_negative"))
        return
    st.markdown(f"**{widgets.plain(sentence)}**")
    groups = groups_of(view, grouping)
    scores = counted(view)
    scores = scores.rows(np.array([unit in groups for unit in scores.unit]))
    parts = inequality.theil_by_groups(
        scores.of(node),
        [[groups[str(unit)] for unit in scores.unit]],
        weights_of(scores, weighting),
    )
    keys = {key: key[0] for key in parts.groups}
    title = view.say("imbalance.between_title", groups=name, node=view.node_name(node))
    rows = pd.DataFrame(
        {
            view.say("imbalance.part"): [
                view.say("charts.between_groups"),
                *(view.say("charts.within_group", group=key[0]) for key in parts.groups),
            ],
            "Theil T": [sum(parts.between), *parts.groups.values()],
        }
    )
    number = st.column_config.NumberColumn(format="%.6f")
    widgets.chart_with_table(
        view,
        charts.between_and_within(
            parts, keys, view.caption(title, unit=view.say("imbalance.share_of_theil"))
        ),
        lambda: rows,
        "between",
        alt=sentence,
        columns={"Theil T": number},
    )


def readable(view: View, table: pd.DataFrame) -> pd.DataFrame:
    """The table of measures in the reader's words."""
    shown = table[table["value"].notna()]
    return pd.DataFrame(
        {
            view.say("imbalance.measure"): [
                view.say(f"lab.{name}_name") for name in shown["measure"]
            ],
            view.say("imbalance.weighting"): [
                view.say(f"imbalance.by_{one}") for one in shown["weighting"]
            ],
            view.say("imbalance.part"): [
                view.say(f"imbalance.part_{part}") for part in shown["part"]
            ],
            view.say("imbalance.group"): [
                view.node_name(group) if part in ("child", "indicator") else group
                for part, group in zip(shown["part"], shown["group"].fillna(""), strict=True)
            ],
            view.say("imbalance.value"): shown["value"].astype(float).round(6),
            view.say("imbalance.interval"): [
                f"{low:.4g} - {high:.4g}" if low == low else ""
                for low, high in zip(
                    shown["low"].astype(float), shown["high"].astype(float), strict=True
                )
            ],
            "n": shown["n"],
        }
    )


def counted(view: View) -> Scores:
    """The units that count: those that are ranked."""
    scores = view.now
    return scores.rows(scores.rank_of(scores.plan.root) > 0)


def weights_of(scores: Scores, weighting: str) -> Floats | None:
    """Residents as weights, or none where each unit counts once."""
    if weighting != "resident":
        return None
    people = (population_of(scores, POPULATION) or {}).get(scores.periods[-1], {})
    return np.array([people.get(str(unit), 0.0) for unit in scores.unit])
