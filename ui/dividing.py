"""The parts of the page Divide: who is exposed, how many people live there, who uses services."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from govmaturity.analysis.divide import CONDITIONS, Exposure, exposure
from govmaturity.analysis.inequality import UndefinedMeasureError
from govmaturity.charts import patterns as charts
from govmaturity.charts.theme import Caption, level_colours
from govmaturity.texts import numbers
from ui import own_outlines, places, widgets
from ui.census import Census, census
from ui.routes import OUTLINES_ADDRESS
from ui.view import View

# The indicator of the default framework that says how many residents aged 60+ use services.
USE = "I1.2"
_MOST = len(CONDITIONS)


@dataclass(frozen=True)
class Found:
    """Exposure of the units in view, and the census figures it comes from."""

    exposure: Exposure
    census: Census


def exposed(view: View) -> Found | None:
    """The finding: where all conditions meet, and how many people live there."""
    known = census(view)
    if known is None:
        st.info(view.say("divide.no_census"))
        return None
    try:
        found = exposure({name: known.figures[name] for name in CONDITIONS}, known.population)
    except UndefinedMeasureError as reason:
        widgets.undefined(view, reason)
        return None
    for least in (_MOST, _MOST - 1):
        units, people, elders = found.people(least)
        sentence = view.say(
            "divide.finding",
            n=units,
            of=int((found.count >= 0).sum()),
            conditions=least,
            people=numbers.people(people, view.language),
            elders=numbers.people(elders, view.language),
        )
        if least == _MOST:
            widgets.show_finding(sentence)
        else:
            st.markdown(f"- {widgets.plain(sentence)}")
    st.caption(
        view.say(
            "divide.rule",
            conditions=view.say("lab.comma").join(
                _condition(view, known, name, line) for name, line in found.lines.items()
            ),
            period=known.period,
        )
    )
    return Found(found, known)


def _condition(view: View, known: Census, name: str, line: float) -> str:
    unit = view.words(known.units_of_measure[name])
    sign = "≥" if CONDITIONS[name] > 0 else "≤"
    told = numbers.with_unit(line, unit, view.language)
    return f"{view.words(known.names[name])} {sign} {told}"


def show_map(view: View, found: Found) -> None:
    """How many conditions meet in each unit."""
    outlines = places.outlines_of_view(view)
    if not outlines:
        st.info(view.say("map.no_outline"))
        return
    units = [str(unit) for unit in view.now.unit]
    classes = {
        unit: int(count)
        for unit, count in zip(units, found.exposure.count, strict=True)
        if count >= 0
    }
    labels = [view.say("divide.of_conditions", count=count, of=_MOST) for count in range(_MOST + 1)]
    figure = charts.classes_map(
        outlines,
        OUTLINES_ADDRESS,
        classes,
        labels,
        level_colours(_MOST + 1),
        view.names,
        _caption(view, found, view.say("divide.map_title"), view.say("divide.unit_of_measure")),
    )
    widgets.chart_with_table(
        view,
        figure,
        lambda: _rows(view, found),
        "divide",
        columns=_columns(view, found),
        on_click=widgets.open_unit(view),
        scroll=True,
        alt=view.say("divide.map_title"),
    )


def _caption(view: View, found: Found, title: str, unit: str) -> Caption:
    plain = view.caption(title, unit=unit, note=own_outlines.attribution(view))
    # The figures are the census's, whatever the scores in view are made of.
    return replace(
        plain,
        period=found.census.period,
        source=view.words(found.census.source),
        is_simulated=False,
    )


def use_of_services(view: View, found: Found) -> None:
    """Use of online services by residents aged 60+, over the share of the old; where reported."""
    st.subheader(view.say("divide.use"), anchor=False)
    if USE not in view.framework.indicators:
        st.info(view.say("divide.no_use"))
        return
    place = list(view.now.raw.indicators).index(USE)
    use = view.now.raw.value[place]
    if np.isnan(use).all():
        st.info(view.say("divide.no_use"))
        return
    age = found.census.figures["share_65_plus_pct"]
    units = [str(unit) for unit in view.now.unit]
    title = view.say("divide.use_title")
    name = view.words(found.census.names["share_65_plus_pct"])
    table = pd.DataFrame(
        {
            view.say("widgets.unit"): [view.names[unit] for unit in units],
            f"{name} (%)": age,
            f"{view.node_name(USE)} (%)": use,
        }
    )
    widgets.chart_with_table(
        view,
        charts.against(
            age,
            use,
            units,
            view.names,
            f"{name} (%)",
            f"{view.node_name(USE)} (%)",
            view.caption(title, unit="%", note=view.words(found.census.source)),
        ),
        lambda: table,
        "use",
        on_click=widgets.open_unit(view),
    )


def table(view: View, found: Found) -> None:
    """All units, the most exposed first."""
    st.subheader(view.say("divide.table"), anchor=False)
    rows = _rows(view, found)
    st.dataframe(rows, hide_index=True, column_config=_columns(view, found))
    widgets.downloads(view, lambda: rows, "divide-table")


def _columns(view: View, found: Found) -> dict[str, Any]:
    people = st.column_config.NumberColumn(format="localized")
    share = st.column_config.NumberColumn(format="%.2f")
    return {
        view.say("divide.residents"): people,
        view.say("divide.elders"): people,
        **{_head(view, found, name): share for name in CONDITIONS},
    }


def _head(view: View, found: Found, name: str) -> str:
    unit = view.words(found.census.units_of_measure[name])
    return f"{view.words(found.census.names[name])} ({unit})"


def _rows(view: View, found: Found) -> pd.DataFrame:
    units = [str(unit) for unit in view.now.unit]
    one = found.exposure
    rows = pd.DataFrame(
        {
            view.say("widgets.unit"): [view.names[unit] for unit in units],
            view.say("widgets.place"): [view.place_of(unit) for unit in units],
            view.say("divide.count"): pd.Series(one.count, dtype="Int8").mask(one.count < 0),
        }
        | {_head(view, found, name): found.census.figures[name] for name in CONDITIONS}
        | {
            view.say("divide.residents"): one.population,
            view.say("divide.elders"): np.round(one.elders),
        }
    )
    order = [view.say("divide.count"), view.say("divide.elders")]
    return rows.sort_values(order, ascending=False, kind="stable")
