"""The parts of the page Consistency: correlations with flags, groups, indicators, weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import streamlit as st

from govmaturity.analysis.consistency.structure import Consistency
from govmaturity.charts import consistency as charts
from govmaturity.report import consistent as sentences
from govmaturity.report import lab
from ui import computed, widgets
from ui import lab as laboratory
from ui.view import View

# Fewer units than this have no correlation at all.
FEWEST: Final = 3
MOST_SAID: Final = 12
CARDS: Final = (
    *("correlation", "cronbach_alpha", "kmo", "bartlett", "components"),
    *("redundant", "discrimination", "effective_importance"),
)


@dataclass(frozen=True)
class Structure:
    """What was found in the scores shown, and the names of all it is about."""

    view: View
    found: Consistency
    weights: pd.DataFrame
    names: dict[str, str]


def structure_of(view: View) -> Structure | None:
    """How the index hangs together; says why and gives None where there is nothing to look at."""
    found, weights = computed.consistent(view.version, view.now)
    if found.units < FEWEST or len(found.correlations) < 2:
        st.info(view.say("consistency.nothing", n=found.units, of=len(found.correlations)))
        return None
    plan = view.now.plan
    return Structure(view, found, weights, {id_: view.node_name(id_) for id_ in plan.nodes})


def finding(one: Structure) -> None:
    """The sentence the page opens with, and its caution where units are few."""
    widgets.show_finding(sentences.finding(one.found, one.view.language))
    few = lab.few(one.found.units, one.view.language)
    if few:
        st.caption(widgets.plain(few))


def correlations(one: Structure, node: str) -> None:
    """The map of the indicators below a node."""
    view, found = one.view, one.found
    ids = [id_ for id_ in view.now.plan.leaves(node) if id_ in found.correlations]
    if len(ids) < 2:
        st.info(view.say("consistency.one_indicator", node=one.names[node]))
        return
    inside = found.pairs["one"].isin(ids) & found.pairs["other"].isin(ids)
    rows = found.indicators.set_index("indicator").loc[ids]
    table = found.correlations.loc[ids, ids]
    shown = table.set_axis(_unique(one, ids), axis="columns")
    shown.insert(0, view.say("cards.indicator"), [one.names[id_] for id_ in ids])
    widgets.chart_with_table(
        view,
        charts.correlation_map(
            table,
            found.pairs[inside],
            list(rows["group"]),
            set(rows.index[rows["flags"] != ""]),
            one.names,
            view.caption(
                view.say("consistency.map_title", node=one.names[node]),
                unit=view.say("consistency.correlation"),
                note=view.say("consistency.map_note"),
            ),
        ),
        lambda: shown.reset_index(drop=True),
        "correlations",
        columns=dict.fromkeys(shown.columns[1:], st.column_config.NumberColumn(format="%.2f")),
        alt=sentences.finding(found, view.language),
    )


def _unique(one: Structure, ids: list[str]) -> list[str]:
    """Heads of columns: a name that stands twice gets its code."""
    names = [one.names[id_] for id_ in ids]
    return [
        name if names.count(name) == 1 else f"{name} ({id_})"
        for name, id_ in zip(names, ids, strict=True)
    ]


def look_at(one: Structure) -> None:
    """A sentence for every flag: pairs first, then indicators."""
    view = one.view
    st.subheader(view.say("consistency.look_at"), anchor=False)
    told = [
        *sentences.of_pairs(one.found, one.names, view.language),
        *sentences.of_indicators(one.found, one.names, view.language),
    ]
    if not told:
        st.markdown(view.say("consistency.no_flags"))
    _listed(view, told, "flags")


def _listed(view: View, told: list[str], key: str) -> None:
    """Sentences as a list; those beyond a dozen in a fold."""
    st.markdown("\n".join(f"- {widgets.plain(text)}" for text in told[:MOST_SAID]))
    rest = told[MOST_SAID:]
    if rest:
        folded = widgets.folded(view.say("consistency.more", n=len(rest)), key, "list")
        folded.markdown("\n".join(f"- {widgets.plain(text)}" for text in rest))


def _indicators_table(one: Structure) -> pd.DataFrame:
    view, rows = one.view, one.found.indicators
    return pd.DataFrame(
        {
            view.say("cards.code"): rows["indicator"],
            view.say("cards.indicator"): rows["indicator"].map(one.names),
            view.say("consistency.own_group"): rows["group"].map(one.names),
            view.say("consistency.with_group"): rows["with_group"],
            view.say("consistency.with_root"): rows["with_root"],
            view.say("consistency.nearest"): rows["nearest"].map(one.names),
            view.say("consistency.with_nearest"): rows["with_nearest"],
            view.say("consistency.concentrated"): 100 * rows["concentrated"],
            view.say("consistency.flags"): [_flags(view, flags) for flags in rows["flags"]],
        }
    )


def _flags(view: View, flags: str) -> str:
    comma = view.say("lab.comma")
    return comma.join(view.say(f"consistency.flag_{flag}") for flag in flags.split())


def indicators(one: Structure) -> None:
    """Each indicator with its own group, and the one it goes with best."""
    view = one.view
    folded = widgets.folded(view.say("consistency.indicators"), "fit", "table_chart")
    if not folded.open:
        return
    heads = [view.say(f"consistency.{key}") for key in ("with_group", "with_root", "with_nearest")]
    columns: dict[str, Any] = dict.fromkeys(heads, st.column_config.NumberColumn(format="%.2f"))
    share = st.column_config.NumberColumn(format="%.1f%%")
    columns[view.say("consistency.concentrated")] = share
    with folded:
        st.dataframe(_indicators_table(one), hide_index=True, column_config=columns)
        widgets.downloads(view, lambda: _indicators_table(one), "indicators_fit")


def groups(one: Structure) -> None:
    """Whether the parts of each group agree, and whether the data allow components."""
    view, rows = one.view, one.found.groups
    rows = rows[rows["parts"] > 1]
    if rows.empty:
        return
    st.subheader(view.say("consistency.groups"), anchor=False)
    _listed(view, sentences.of_groups(one.found, one.names, view.language), "groups_told")
    table = pd.DataFrame(
        {
            view.say("cards.node"): rows["group"].map(one.names),
            view.say("consistency.parts"): rows["parts"],
            view.say("consistency.full_units"): rows["units"],
            view.say("lab.cronbach_alpha_name"): rows["alpha"],
            "KMO": rows["kmo"],
            view.say("lab.bartlett_name"): rows["bartlett"],
            "p": rows["p_value"],
            view.say("consistency.components"): rows["components"],
            view.say("consistency.explained"): 100 * rows["explained"],
            view.say("consistency.notes"): [
                view.say("lab.comma").join(view.say(f"consistency.note_{n}") for n in notes.split())
                for notes in rows["notes"]
            ],
        }
    )
    two, three = (st.column_config.NumberColumn(format=f"%.{digits}f") for digits in (2, 3))
    widgets.chart_with_table(
        view,
        charts.agreement_dots(
            rows,
            one.names,
            view.caption(
                view.say("consistency.groups_title"), unit=view.say("consistency.coefficient")
            ),
        ),
        lambda: table,
        "agreement",
        columns={
            view.say("lab.cronbach_alpha_name"): two,
            "KMO": two,
            view.say("lab.bartlett_name"): two,
            "p": three,
            view.say("consistency.explained"): st.column_config.NumberColumn(format="%.1f%%"),
        },
    )


def importance(one: Structure, node: str) -> None:
    """What the children of a node weigh, and what they make of its differences."""
    view = one.view
    group = node if node in set(one.weights["group"]) else view.framework.parents.get(node, "")
    rows = one.weights[one.weights["group"] == group]
    if len(rows) < 2 or rows["effective"].isna().all():
        return
    st.subheader(view.say("consistency.importance"), anchor=False)
    told = sentences.of_weights(one.weights, one.names, view.language)
    _listed(view, told or [view.say("consistency.weights_fit")], "weights_told")
    table = pd.DataFrame(
        {
            view.say("cards.node"): rows["node"].map(one.names),
            view.say("consistency.axis_given"): 100 * rows["stated"],
            view.say("consistency.axis_stated"): 100 * rows["in_force"],
            view.say("consistency.axis_effective"): 100 * rows["effective"],
            view.say("consistency.with_group"): rows["correlation"],
        }
    )
    share = st.column_config.NumberColumn(format="%.1f%%")
    widgets.chart_with_table(
        view,
        charts.weight_dots(
            rows,
            one.names,
            view.caption(
                view.say("consistency.importance_title", node=one.names[group]),
                unit=view.say("consistency.share"),
                note=view.say("consistency.importance_note"),
            ),
        ),
        lambda: table,
        "importance",
        columns={
            view.say("consistency.axis_given"): share,
            view.say("consistency.axis_stated"): share,
            view.say("consistency.axis_effective"): share,
            view.say("consistency.with_group"): st.column_config.NumberColumn(format="%.2f"),
        },
    )


def cards(one: Structure) -> None:
    """What each statistic says, how it is computed, when not to trust it."""
    laboratory.cards(one.view, CARDS)
