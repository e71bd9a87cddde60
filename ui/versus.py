"""One framework against another, or another version: the same values, each change in two parts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd
import streamlit as st

from govmaturity.analysis.inequality import UndefinedMeasureError
from govmaturity.analysis.what_if.method_and_data import MethodAndData, method_and_data
from govmaturity.charts import what_if as charts
from govmaturity.framework.document import MAX_CHARACTERS
from govmaturity.framework.faults import FrameworkError
from govmaturity.framework.load import decode_framework
from govmaturity.framework.model import Framework
from govmaturity.report import tried as sentences
from govmaturity.scoring import Scores
from govmaturity.scoring.errors import MethodError
from ui import choices, datasets, loaders, moved, scored, widgets
from ui import lab as laboratory
from ui.state import UPLOADED
from ui.view import View

_FILE: Final = "versus_file"
MOST_BYTES: Final = MAX_CHARACTERS


@dataclass(frozen=True)
class Versus:
    """A view of the same values under another framework."""

    view: View
    other: View
    before: str


def other_framework(view: View) -> Framework | None:
    """The framework to compare with: one of the folder, or a file of the reader's own."""
    known = dict(loaders.frameworks().by_id)
    del known[view.framework.id]
    names = {UPLOADED: view.say("what_if.own_file")}
    names |= {id_: view.words(one.name) for id_, one in known.items()}
    chosen = choices.box(view.state, "framework2", view.say("what_if.framework2"), names)
    return known[chosen] if chosen in known else _file(view)


def _file(view: View) -> Framework | None:
    """A YAML file, read as safely as any framework; kept for this visit alone."""
    given = st.file_uploader(
        view.say("what_if.file"),
        type=["yaml", "yml"],
        key=_FILE,
        max_upload_size=MOST_BYTES // 1_000_000,
        help=view.say("what_if.file_hint"),
    )
    if given is None:
        st.info(view.say("what_if.file_wanted"))
        return None
    try:
        return decode_framework(given.getvalue(), given.name)
    except FrameworkError as error:
        st.error(view.say("what_if.file_faults", n=len(error.faults)))
        st.markdown(
            "\n".join(f"- {widgets.plain(fault.message(view.language))}" for fault in error.faults)
        )
    return None


def versus(view: View, framework: Framework) -> Versus | None:
    """Score the same file by another framework; says why and gives None where that cannot be."""
    dataset = datasets.read_by(view.dataset, framework)
    if dataset is None or not len(dataset.checked.values.table):
        st.info(view.say("what_if.no_values", name=view.words(framework.name)))
        return None
    if not dataset.is_usable:
        n = dataset.checked.blocking
        st.error(view.say("what_if.blocked", n=n, name=view.words(framework.name)))
        return None
    try:
        scores = scored.scores_of(dataset, framework, "", "", "", has_ranks=view.scores.has_ranks)
    except MethodError as error:
        st.error(widgets.plain(error.message(view.language)))
        return None
    if view.period not in scores.periods or not _is_ranked(scores, view.period):
        st.info(view.say("what_if.no_scores", name=view.words(framework.name), period=view.period))
        return None
    other = replace(view, framework=framework, dataset=dataset, scores=scores)
    earlier = [one for one in view.scores.periods if one < view.period and one in scores.periods]
    before = view.period
    if earlier:
        names = {"": view.period} | {one: one for one in reversed(earlier)}
        before = choices.box(view.state, "before", view.say("what_if.from_period"), names)
    return Versus(view, other, before or view.period)


def _is_ranked(scores: Scores, period: str) -> bool:
    return bool((scores.at(period).rank_of(scores.plan.root) > 0).any())


def _periods(found: Versus) -> str:
    last = found.view.period
    if found.before == last:
        return last
    return found.view.say("what_if.periods", first=found.before, last=last)


def names_of(found: Versus) -> tuple[str, str]:
    """What the two sides are called: framework and version, with the period where it differs."""
    sides = []
    for framework, period in (
        (found.view.framework, found.before),
        (found.other.framework, found.view.period),
    ):
        name = found.view.say(
            "what_if.version", name=found.view.words(framework.name), version=framework.version
        )
        sides.append(name if found.before == found.view.period else f"{name}, {period}")
    return sides[0], sides[1]


def show(found: Versus) -> None:
    """The finding, ranks under both, and what the method and what the data did."""
    view, other = found.view, found.other
    start = replace(view, period=found.before)
    told = moved.between(start, other.now)
    widgets.show_finding(moved.finding(start, told))
    sides = names_of(found)
    moved.show(start, told, view.say("what_if.versus_title"), sides, period=_periods(found))
    st.subheader(view.say("what_if.parts"), anchor=False)
    is_by_score = view.framework.scale == other.framework.scale
    if not is_by_score:
        key = "what_if.other_scale" if view.now.has_ranks else "what_if.other_scale_levels"
        st.info(view.say(key))
        if not view.now.has_ranks:
            return
    try:
        parts = method_and_data(
            _everywhere(view),
            _everywhere(other),
            found.before,
            view.period,
            "score" if is_by_score else "rank",
        )
    except UndefinedMeasureError as reason:
        widgets.undefined(view, reason)
        return
    _parts(found, parts if is_by_score else parts.turned(), is_by_score=is_by_score)
    laboratory.cards(view, ("method_and_data", *(("kendall",) if view.now.has_ranks else ())))


def _everywhere(view: View) -> Scores:
    """Scores of the region in all periods."""
    if not view.region:
        return view.scores
    inside = view.registry.ever_within(view.region)
    return view.scores.rows(np.array([str(unit) in inside for unit in view.scores.unit]))


def _parts(found: Versus, parts: MethodAndData, *, is_by_score: bool) -> None:
    view = found.view
    if is_by_score:
        told = sentences.parts(parts, view.framework.width, view.language)
    else:
        told = sentences.parts_of_places(parts, view.language)
    st.markdown(f"**{widgets.plain(told)}**")
    order = np.argsort(-np.abs(parts.total), kind="stable")
    rows = sorted(map(int, order[: moved.MOST_ROWS]), key=lambda row: -float(parts.total[row]))
    heads = [view.say(f"what_if.part_{part}") for part in ("method", "data", "total")]
    table = pd.DataFrame(
        {view.say("widgets.unit"): [view.names[unit] for unit in parts.units]}
        | dict(zip(heads, (parts.method, parts.data, parts.total), strict=True))
    ).iloc[order]
    note = view.say("what_if.parts_note")
    if parts.left_out:
        note += "\n" + view.say("what_if.lost", n=parts.left_out)
    widgets.chart_with_table(
        view,
        charts.method_and_data_bars(
            parts,
            rows,
            view.names,
            replace(
                view.caption(
                    view.say(
                        "what_if.parts_title" if is_by_score else "what_if.parts_title_places"
                    ),
                    unit=None if is_by_score else view.say("what_if.places"),
                    note=note,
                ),
                period=_periods(found),
                units=len(parts.units),
            ),
        ),
        lambda: table,
        "parts_of_change",
        columns=widgets.number_columns(view, heads, more=1),
        on_click=widgets.open_unit(view),
        alt=told,
    )
