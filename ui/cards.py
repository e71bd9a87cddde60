"""What pages say of one indicator or one unit in figures: cards and their tables."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from govmaturity.analysis.summary import part_lost
from govmaturity.framework.model import Framework, Indicator
from govmaturity.report.tables import MIME
from govmaturity.report.workbook.make import unit_workbook
from govmaturity.scoring import Scores
from govmaturity.scoring.explain import Explanation, explain, points_lost
from govmaturity.scoring.level import bands
from govmaturity.scoring.normalise.apply import direction, goalposts
from govmaturity.texts import numbers
from govmaturity.values.table import STATUSES
from ui import tracing
from ui.view import Frame, View
from ui.widgets import file_name, plain, rank_column


def level_before_gates(scores: Scores, row: int) -> int:
    """The level that a row's score alone would give."""
    return int(bands(scores.framework, scores.of(scores.plan.root))[row])


def parts_of_unit(view: View, row: int) -> pd.DataFrame:
    """Score, rank, level, points lost and coverage of the root and its parts for one unit."""
    scores = view.now
    nodes = [scores.plan.root, *scores.plan.parts]
    return pd.DataFrame(
        {
            view.say("cards.node"): [view.node_name(node) for node in nodes],
            view.say("cards.score"): [float(scores.of(node)[row]) for node in nodes],
            **rank_column(view, [int(scores.rank_of(node)[row]) for node in nodes]),
            view.say("charts.level"): [
                view.level_name(int(scores.level_of(node)[row])) for node in nodes
            ],
            view.say("cards.points_lost"): [part_lost(scores, row, node) for node in nodes],
            view.say("widgets.coverage"): [
                100 * float(scores.coverage_of(node)[row]) for node in nodes
            ],
        }
    )


def indicators_of_unit(view: View, row: int) -> pd.DataFrame:
    """Raw value, score and points lost of every indicator of one unit."""
    scores = view.now
    lost = points_lost(scores)[:, row]
    indicators = [scores.framework.indicators[id_] for id_ in scores.plan.indicators]
    return pd.DataFrame(
        {
            view.say("cards.code"): scores.plan.indicators,
            view.say("cards.indicator"): [view.words(one.name) for one in indicators],
            view.say("cards.raw"): [
                _raw_text(
                    view, float(scores.raw.value[place, row]), int(scores.raw.status[place, row])
                )
                for place in range(len(indicators))
            ],
            view.say("cards.unit_of_measure"): [
                view.words(one.unit_of_measure) for one in indicators
            ],
            view.say("cards.score"): [float(scores.of(one.id)[row]) for one in indicators],
            view.say("cards.points_lost"): lost,
        }
    )


def points_columns(view: View) -> dict[str, Any]:
    """Formats of the columns of the tables here."""
    digits = 1 if view.framework.width > 10 else 3
    number = st.column_config.NumberColumn(format=f"%.{digits}f")
    lost = st.column_config.NumberColumn(format=f"%.{digits + 1}f")
    return {
        view.say("cards.score"): number,
        view.say("cards.points_lost"): lost,
        view.say("widgets.coverage"): st.column_config.NumberColumn(format="%.1f%%"),
    }


def indicator_cards(view: View, unit: str) -> None:
    """One fold per part of the root, one card per indicator in it: raw value, formula, source."""
    scores = view.now
    row = int(np.flatnonzero(scores.unit == unit)[0])
    for part in scores.plan.parts:
        score = view.score_text(float(scores.of(part)[row]))
        leaves = scores.plan.leaves(part)
        is_asked = view.state.traced in leaves
        with st.expander(f"{plain(view.node_name(part))} · {score}", expanded=is_asked):
            _show_formula(view, explain(scores, unit, part, view.period))
            for leaf in leaves:
                if leaf in scores.framework.indicators:
                    _indicator_card(view, unit, leaf, part)


def workbook_download(view: View, unit: str) -> None:
    """The unit's index as a workbook that recomputes itself, made when it is asked for."""
    st.download_button(
        view.say("unit.workbook"),
        data=partial(
            unit_workbook,
            # All units that were scored together: methods that compare look at them.
            view.scores,
            unit,
            view.language,
            period=view.period,
            name=view.names[unit],
            is_simulated=view.is_simulated,
        ),
        file_name=file_name(view, f"workbook-{unit}", "xlsx"),
        mime=MIME["xlsx"],
        key="unit_workbook",
        on_click="ignore",
        icon=":material/calculate:",
        help=view.say("unit.workbook_hint"),
    )


def _indicator_card(view: View, unit: str, indicator: str, part: str) -> None:
    found = explain(view.now, unit, indicator, view.period)
    definition = view.framework.indicators[indicator]
    with st.container(border=True):
        st.markdown(f"**{indicator} {plain(view.words(definition.name))}**")
        raw, score = st.columns([3, 1])
        unit_of_measure = view.words(definition.unit_of_measure)
        value = numbers.measured(found.raw, view.language)
        if found.status == "reported":
            raw.markdown(_pair(view, "cards.raw", f"**{value}** {plain(unit_of_measure)}"))
        else:
            raw.markdown(_pair(view, "cards.raw", view.say(f"cards.{found.status}")))
        score.markdown(_pair(view, "cards.score", f"**{view.score_text(found.score)}**"))
        if found.raw_formula:
            parts = {_input_name(view, part.id): part.value for part in found.raw_parts}
            names = ", ".join(
                f"{plain(name)} = {numbers.measured(value, view.language)}"
                for name, value in parts.items()
            )
            st.caption(f"{plain(found.raw_formula)} ({names})")
        _show_formula(view, found)
        st.caption(source_line(view, definition))
        tracing.of_figure(view, unit, view.period, definition, part)


def _show_formula(view: View, found: Explanation) -> None:
    if found.formula:
        st.caption(_pair(view, "cards.formula", plain(found.formula)))
    if found.is_clipped:
        st.caption(view.say("cards.clipped"))


def _pair(view: View, label: str, content: str) -> str:
    return view.say("cards.pair", label=view.say(label), content=content)


def method_card(bare: Frame, indicator: Indicator) -> None:
    """All that a framework says of an indicator, without a unit."""
    framework = bare.framework
    st.markdown(f"**{indicator.id} {plain(bare.words(indicator.name))}**")
    if indicator.definition:
        st.markdown(plain(bare.words(indicator.definition)))
    heads = [bare.say("cards.item"), bare.say("cards.content")]
    facts = pd.DataFrame(_facts(bare, framework, indicator), columns=heads, dtype="str")
    st.table(facts.set_index(heads[0]))
    st.caption(source_line(bare, indicator))


def source_line(bare: Frame, indicator: Indicator) -> str:
    """Where an indicator comes from: its source, and the places of the documents it cites."""
    places = [
        f"{bare.words(bare.framework.documents[cite.document])}: {bare.words(cite.point)}"
        for cite in indicator.cite
    ]
    source = bare.words(indicator.source or bare.framework.source)
    return plain(bare.say("cards.source", source="; ".join(places) or source))


def _facts(bare: Frame, framework: Framework, one: Indicator) -> list[tuple[str, str]]:
    setting = framework.settings[one.id]
    ends = goalposts(framework, one)
    facts = [
        ("cards.unit_of_measure", bare.words(one.unit_of_measure)),
        ("cards.measure", bare.say(f"cards.measure_{one.measure}")),
        ("cards.direction", bare.say(f"cards.{direction(framework, one)}")),
        ("cards.normalise", bare.say(f"cards.{setting.normalise.method}")),
    ]
    if ends:
        worst, best = (numbers.measured(end, bare.language) for end in ends)
        facts.append(("cards.posts", bare.say("cards.worst_best", worst=worst, best=best)))
    if one.goalposts:
        basis = bare.words(one.goalposts.basis)
        proposed = bare.say("cards.proposed") if one.goalposts.proposed else ""
        facts.append(("cards.basis", f"{basis}{proposed}"))
    if one.ratio:
        of = " + ".join(_input_name(bare, id_) for id_ in one.ratio.numerator)
        to = " + ".join(_input_name(bare, id_) for id_ in one.ratio.denominator)
        facts.append(
            ("cards.ratio", f"{numbers.measured(one.ratio.times, bare.language)} × {of} ÷ {to}")
        )
    facts += [("cards.checklist_item", bare.words(item.name)) for item in one.checklist]
    facts += [
        ("cards.rubric_level", f"{level}: {bare.words(text)}")
        for level, text in sorted(one.rubric.items())
    ]
    facts += [
        (
            "cards.option",
            f"{bare.words(option.name)} = {numbers.measured(option.points, bare.language)}",
        )
        for option in one.options
    ]
    for key in ("reporter", "evidence"):
        if words := getattr(one, key):
            facts.append((f"cards.{key}", bare.words(words)))
    if one.controllable:
        facts.append(("cards.controllable", bare.say(f"cards.{one.controllable}")))
    return [(bare.say(key), text) for key, text in facts]


def _input_name(bare: Frame, id_: str) -> str:
    if id_ in bare.framework.inputs:
        return bare.words(bare.framework.inputs[id_].name)
    for indicator in bare.framework.indicators.values():
        for item in indicator.checklist:
            if f"{indicator.id}.{item.id}" == id_:
                return bare.words(item.name)
    return id_


def _raw_text(view: View, value: float, status: int) -> str:
    name = STATUSES[status]
    return (
        numbers.measured(value, view.language) if name == "reported" else view.say(f"cards.{name}")
    )
