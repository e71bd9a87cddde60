"""How sure scores and ranks are, on any page: ranges, who cannot be told apart, which choice."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from govmaturity.analysis.robustness.letters import indistinct, letters, told_apart
from govmaturity.analysis.robustness.run import Robustness
from govmaturity.analysis.summary import rows_by_rank
from govmaturity.charts import robustness as charts
from govmaturity.texts import Language, numbers, say
from ui import computed, widgets
from ui.view import View

# Pairs of units are compared with one another; beyond so many it would take minutes.
MOST_COMPARED = 300
RUNS = 1_000
# A level that comes out in so many of the replicates stands.
HELD = 0.9


def ranges(view: View, vary: str = "weights") -> Robustness | None:
    """Replicates of the scores in view; None where nobody is ranked."""
    if not (view.now.rank_of(view.now.plan.root) > 0).any() or view.dataset is None:
        return None
    with st.spinner(view.say("robustness.computing")):
        return computed.ranges(view.version, vary, view.now, view.dataset.checked.values)


def sentence(found: Robustness, row: int, name: str, language: Language) -> str:
    """A unit's rank with its range: `27th, 22-35 over the choices tried, of 90`."""
    root = found.scores.plan.root
    rank = int(found.scores.rank_of(root)[row])
    if not rank:
        return ""
    low, _, high = found.of(root).rank[:, row]
    return say(
        "robustness.rank",
        language,
        name=name,
        rank=rank,
        low=f"{low:.0f}",
        high=f"{high:.0f}",
        of=int(found.is_ranked.sum()),
    )


def sentence_of_level(view: View, found: Robustness, row: int) -> str:
    """How often a unit comes out at its level; empty where it has none."""
    level = int(found.scores.level_of(found.scores.plan.root)[row])
    if not level:
        return ""
    return view.say(
        "robustness.level",
        name=view.names[str(found.scores.unit[row])],
        level=view.level_name(level),
        share=numbers.share(float(found.level_held()[row]), view.language),
    )


def finding(view: View, found: Robustness, rows: Sequence[int]) -> str:
    """How many groups cannot be told apart; without ranks, how many levels stand."""
    if not found.scores.has_ranks:
        held = found.level_held()
        if np.isnan(held).all():
            return ""
        return view.say(
            "robustness.levels_finding",
            runs=f"{found.runs - found.failed:,}",
            n=int((~np.isnan(held)).sum()),
            kept=int((held >= HELD).sum()),
        )
    together, _ = groups(found)
    if not together:
        return ""
    return view.say(
        "robustness.finding",
        runs=f"{found.runs - found.failed:,}",
        n=len(rows),
        groups=len(together),
        largest=max(len(group) for group in together),
    )


def groups(found: Robustness) -> tuple[list[tuple[int, ...]], dict[int, str]]:
    """Groups of units that cannot be told apart, and the letters of each ranked unit."""
    ranked = np.flatnonzero(found.is_ranked)
    if len(ranked) > MOST_COMPARED:
        return [], {}
    order = np.argsort(found.scores.rank_of(found.scores.plan.root)[ranked], kind="stable")
    above = found.probability_above([str(found.scores.unit[row]) for row in ranked])
    together = indistinct(told_apart(above), [int(place) for place in order])
    marks = letters(together, len(ranked))
    rows = [tuple(int(ranked[place]) for place in group) for group in together]
    return rows, {int(ranked[place]): mark for place, mark in enumerate(marks)}


def of_unit(view: View, row: int) -> None:
    """The range of one unit's rank, and whom it cannot be told from."""
    found = ranges(view)
    if found is None or view.is_simulated:
        return
    unit = str(view.now.unit[row])
    here = found.scores.row(unit, str(found.scores.period[0]))
    if not found.scores.has_ranks:
        told = sentence_of_level(view, found, here)
        st.markdown(f"- {widgets.plain(told)}" if told else "")
        return
    told = sentence(found, here, view.names[unit], view.language)
    if not told:
        return
    st.markdown(f"- {widgets.plain(told)}")
    together, _ = groups(found)
    others = sorted({one for group in together if here in group for one in group} - {here})
    if others:
        comma = view.say("lab.comma")
        names = comma.join(view.names[str(found.scores.unit[one])] for one in others[:12])
        st.markdown(
            f"- {widgets.plain(view.say('robustness.not_apart', n=len(others), names=names))}"
        )


def intervals(view: View, found: Robustness, rows: Sequence[int], key: str) -> None:
    """Intervals of ranks, with overlapping letters; without ranks, how often each level."""
    if not found.scores.has_ranks:
        _levels(view, found, rows, key)
        return
    _, marks = groups(found)
    title = view.say("robustness.title", region=view.region_name())
    note = view.say("robustness.letters_note") if marks else ""
    widgets.chart_with_table(
        view,
        charts.rank_intervals(
            found,
            rows,
            view.names,
            marks,
            view.caption(title, unit=view.say("widgets.rank"), note=note),
        ),
        lambda: table(view, found, marks),
        key,
        on_click=widgets.open_unit(view),
    )


def _levels(view: View, found: Robustness, rows: Sequence[int], key: str) -> None:
    if not view.framework.levels:
        return
    title = view.say("robustness.levels_title", region=view.region_name())
    widgets.chart_with_table(
        view,
        charts.level_bars(
            found,
            rows,
            view.names,
            view.caption(title, unit=view.say("robustness.level_share")),
        ),
        lambda: table(view, found, {}),
        key,
        on_click=widgets.open_unit(view),
    )


def table(view: View, found: Robustness, marks: dict[int, str]) -> pd.DataFrame:
    """Scores, ranks (where they are shown) and levels with their ranges, by rank."""
    scores, root = found.scores, found.scores.plan.root
    ranks = scores.rank_of(root)
    rows = [row for row in rows_by_rank(scores) if ranks[row] > 0]
    one = found.of(root)
    frame = pd.DataFrame(
        {view.say("widgets.unit"): [view.names[str(scores.unit[row])] for row in rows]}
    )
    if scores.has_ranks:
        frame[view.say("widgets.rank")] = [
            f"{ranks[row]} ({one.rank[0, row]:.0f}-{one.rank[2, row]:.0f})" for row in rows
        ]
    frame[view.node_name(root)] = [
        f"{scores.of(root)[row]:.1f} ({one.score[0, row]:.1f}-{one.score[2, row]:.1f})"
        for row in rows
    ]
    if marks:
        frame[view.say("robustness.letters")] = [marks.get(row, "") for row in rows]
    for level, share in enumerate(one.levels, start=1):
        frame[view.level_name(level)] = [f"{100 * share[row]:.0f}%" for row in rows]
    return frame


def choices(view: View) -> None:
    """Which choice moves ranks most: each alone, and the shares of all together (Sobol)."""
    st.subheader(view.say("robustness.choices"), anchor=False)
    folded = widgets.folded(view.say("robustness.sobol"), "sobol", "tune")
    if not folded.open or view.dataset is None:
        return
    with folded, st.spinner(view.say("robustness.computing")):
        found = computed.sensitivities(view.version, view.now, view.dataset.checked.values)
        names = {one: view.say(f"robustness.choice_{one}") for one in found.table["choice"]}
        title = view.say("robustness.sobol_title")
        widgets.chart_with_table(
            view,
            charts.sobol_bars(
                found.table, names, view.caption(title, unit=view.say("robustness.share"))
            ),
            lambda: found.table.assign(choice=found.table["choice"].map(names)),
            "sobol",
        )
        st.caption(view.say("robustness.sobol_note", runs=f"{found.runs:,}", failed=found.failed))
