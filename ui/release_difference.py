"""Two releases set against one another: values and scores that differ, and by which method."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from govmaturity.charts import releases as charts
from govmaturity.framework.fields import fields
from govmaturity.store.difference import Difference
from govmaturity.store.release import Release
from govmaturity.texts import numbers
from ui import choices, kept, widgets
from ui.desk import sentences, table_height
from ui.people import who
from ui.publications import Shelf

MOST_PAIRS: Final = 30


def show(here: Shelf) -> None:
    """What the open release says otherwise than another one."""
    st.subheader(here.say("releases.compare"), anchor=False)
    others = [one for one in here.steps if here.opened and one is not here.opened]
    if here.opened is None or not others:
        st.caption(here.say("releases.compare_one"))
        return
    names = {one.release.id: here.label(one.release) for one in others}
    before = here.opened.before or others[0].release.id
    chosen = choices.box(here.state, "edition2", here.say("releases.compare_with"), names, before)
    old = next(one.release for one in others if one.release.id == chosen)
    new = here.opened.release
    found = kept.difference(here.store, old.id, new.id)
    if not found.same_framework:
        st.warning(
            here.say("releases.other_framework", old=_framework(old), new=_framework(new)),
            icon=":material/difference:",
        )
    roots = found.roots(
        *(here.store.releases.framework(who(), one.id).tree.id for one in (old, new))
    )
    told = _finding(here, found, roots)
    st.markdown(f"**{widgets.plain(told)}**")
    _scores(here, roots, old, new, told)
    _values(here, found, old, new)


def _framework(release: Release) -> str:
    return f"{release.framework} {release.version}"


def _finding(here: Shelf, found: Difference, roots: pd.DataFrame) -> str:
    """How many values and units differ, and whose score most; simulated units unnamed."""
    if found.values.empty and found.scores.empty:
        return here.say("releases.no_difference")
    counted = here.say(
        "releases.differ",
        n=len(found.values),
        units=found.values["unit"].nunique(),
        scores=roots["unit"].nunique(),
    )
    known = roots.dropna(subset="change")
    if here.is_simulated or known.empty:
        return counted
    first = known.iloc[0]
    width = here.framework.width
    return sentences(
        here,
        counted,
        here.say(
            "releases.differ_most",
            unit=here.unit_name(first["unit"]),
            old=numbers.score(first["score_old"], here.language, width),
            new=numbers.score(first["score_new"], here.language, width),
        ),
    )


def _label(here: Shelf, unit: str, period: str, periods: int) -> str:
    name = here.unit_name(unit)
    return f"{name} {period}" if periods > 1 else name


def _scores(here: Shelf, roots: pd.DataFrame, old: Release, new: Release, told: str) -> None:
    """The whole index's scores in both, where they differ."""
    moved = roots.dropna(subset="change")
    if moved.empty:
        return
    periods = moved["period"].nunique()
    shown = moved.head(MOST_PAIRS)
    columns = ("unit", "period", "score_old", "score_new")
    pairs = [
        charts.ScorePair(str(unit), _label(here, unit, period, periods), old_score, new_score)
        for unit, period, old_score, new_score in zip(
            *(shown[name].tolist() for name in columns), strict=True
        )
    ]
    note = here.say("releases.pairs_note", old=here.label(old), new=here.label(new))
    if len(moved) > MOST_PAIRS:
        note += "\n" + here.say("releases.pairs_cut", n=len(moved), shown=MOST_PAIRS)
    if len(roots) > len(moved):
        note += "\n" + here.say("releases.in_one", n=len(roots) - len(moved))
    widgets.chart_with_table(
        here,
        charts.score_pairs(
            pairs,
            here.caption(here.say("releases.pairs_title"), here.say("charts.points"), 2, note),
            here.framework.width,
        ),
        lambda: _roots_table(here, roots),
        "release-scores",
        columns=widgets.number_columns(
            here,
            [here.say(f"releases.column_{name}") for name in ("old_score", "new_score", "change")],
            more=1,
        ),
        alt=told,
    )


def _roots_table(here: Shelf, roots: pd.DataFrame) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            here.say("widgets.unit"): [here.unit_name(unit) for unit in roots["unit"]],
            here.say("frame.period"): roots["period"],
            here.say("releases.column_old_score"): roots["score_old"],
            here.say("releases.column_new_score"): roots["score_new"],
            here.say("releases.column_change"): roots["change"],
        }
    )
    if here.has_ranks:
        table[here.say("releases.column_old_rank")] = roots["rank_old"]
        table[here.say("releases.column_new_rank")] = roots["rank_new"]
    return table


def _values(here: Shelf, found: Difference, old: Release, new: Release) -> None:
    """Every value that differs, in full; blank where one of the two does not hold it."""
    if found.values.empty:
        return
    st.markdown(f"**{here.say('releases.values', n=len(found.values))}**")
    known = {
        id_: field
        for one in (old, new)
        for id_, field in fields(here.store.releases.framework(who(), one.id)).items()
    }

    def table() -> pd.DataFrame:
        rows = found.values
        return pd.DataFrame(
            {
                here.say("widgets.unit"): [here.unit_name(unit) for unit in rows["unit"]],
                here.say("frame.period"): rows["period"],
                here.say("cards.code"): rows["indicator"],
                here.say("cards.indicator"): [
                    here.words(known[id_].name) if id_ in known else id_
                    for id_ in rows["indicator"]
                ],
                here.say("releases.column_old"): rows["value_old"],
                here.say("releases.column_new"): rows["value_new"],
            }
        )

    st.dataframe(table(), hide_index=True, height=table_height(len(found.values), 10))
    widgets.downloads(here, table, "release-values")
