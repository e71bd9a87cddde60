"""Pieces that pages are made of: a picture with its table and downloads, links to a unit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from html import unescape
from typing import Any, Literal

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from numpy.typing import NDArray
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer

from govmaturity.analysis.inequality import UndefinedMeasureError
from govmaturity.analysis.summary import rows_by_rank
from govmaturity.report.tables import FORMATS, MIME, Format, as_file
from govmaturity.scoring import Scores
from govmaturity.values.table import SIMULATED
from ui import choices, loaders, state
from ui.guard import page
from ui.routes import OUTLINES_ADDRESS
from ui.state import State
from ui.view import Frame, View


def chart_with_table(
    view: Frame,
    figure: go.Figure,
    table: Callable[[], pd.DataFrame],
    key: str,
    *,
    columns: Mapping[str, Any] | None = None,
    on_click: Callable[[str], None] | None = None,
    on_pick: Callable[[list[str]], None] | None = None,
    alt: str = "",
    scroll: bool = False,
) -> None:
    """Show a picture, its table a click away, and the downloads of both.

    Parameters
    ----------
    view : Frame
    figure : Figure
    table : callable
        Gives the figures of the picture, headed by names in the reader's
        language; called when somebody wants to see or have them.
    key : str
        Unique on the page; names the downloads.
    columns : mapping, optional
        Column formats as for `st.dataframe`.
    on_click : callable, optional
        Takes what was clicked, a location or custom datum, and leads there
        (`open_unit`, `open_indicator`).
    on_pick : callable, optional
        Takes all that was clicked or framed, in place of `on_click`; runs as a callback.
    alt : str
        The finding in words, for those who do not see the picture; its title goes before it.
    scroll : bool
        Whether the wheel zooms: on maps only, where it does not trap a reader.
    """
    names = [view.say("widgets.chart"), view.say("widgets.table")]
    st.session_state[f"tab_{key}"] = names[key in view.state.listed("tables")]
    picture, rows = st.tabs(
        names, key=f"tab_{key}", on_change=_tab_chosen, args=(key, names[1], view.state)
    )
    # Only what is looked at is made and sent: a table of the country is larger than its map.
    if picture.open:
        chosen = st.session_state.get(f"format_{key}", "png")
        event = picture.plotly_chart(
            figure,
            key=f"chart_{key}",
            theme=None,
            on_select=partial(_picked, f"chart_{key}", on_pick)
            if on_pick
            else ("rerun" if on_click else "ignore"),
            selection_mode=("points", "box", "lasso") if on_pick else "points",
            alt=_alt(figure, alt),
            config=chart_config(view, key, chosen, scroll=scroll, is_framed=on_pick is not None),
        )
        if on_click is not None and on_pick is None:
            _follow(event, on_click)
    if rows.open:
        rows.dataframe(
            table(), hide_index=True, column_config=dict(columns or {}), key=f"table_{key}"
        )
    downloads(view, table, key, with_picture=True)


def _alt(figure: go.Figure, finding: str) -> str:
    """What a picture says to those who hear it: its title, then the finding or what it measures."""
    title = figure.layout.title
    return unescape(f"{title.text}: {finding or title.subtitle.text}".replace("<br>", " "))


def folded(label: str, key: str, icon: str) -> ExpanderContainer:
    """A part of the page that is made, and sent, only once somebody opens it."""
    return st.expander(label, key=f"fold_{key}", icon=f":material/{icon}:", on_change="rerun")


def downloads(
    view: Frame, table: Callable[[], pd.DataFrame], key: str, *, with_picture: bool = False
) -> None:
    """Offer a table as csv and xlsx, and say how to keep the picture."""
    with st.popover(view.say("widgets.download"), icon=":material/download:"):
        formats: tuple[Literal["csv", "xlsx"], ...] = ("csv", "xlsx")
        for format_ in formats:
            st.download_button(
                f"{view.say('widgets.table')} ({format_})",
                data=partial(_file, view, table, format_),
                file_name=file_name(view, key, format_),
                mime=MIME[format_],
                key=f"download_{key}_{format_}",
                on_click="ignore",
            )
        if with_picture:
            st.segmented_control(
                view.say("widgets.picture_format"),
                ["png", "svg"],
                default="png",
                key=f"format_{key}",
                format_func=str.upper,
                required=True,
            )
            st.caption(view.say("widgets.picture_hint"))


def table_with_downloads(
    view: Frame, table: pd.DataFrame, key: str, columns: Mapping[str, Any] | None = None
) -> None:
    """Show a table, and offer it as csv and xlsx."""
    st.dataframe(
        table,
        hide_index=True,
        column_config=dict(columns or {}),
        key=f"table_{key}",
        placeholder="",
    )
    downloads(view, lambda: table, key)


def _file(view: Frame, table: Callable[[], pd.DataFrame], format_: Literal["csv", "xlsx"]) -> bytes:
    made = table()
    return as_file(made.assign(data_note=SIMULATED) if view.is_simulated else made, format_)


def score_downloads(view: View, make: Callable[[Format], bytes], name: str) -> None:
    """Offer all formats of the scores, each made only when it is asked for."""
    for column, format_ in zip(st.columns(len(FORMATS)), FORMATS, strict=True):
        with column:
            st.download_button(
                format_,
                data=partial(make, format_),
                file_name=file_name(view, name, format_),
                mime=MIME[format_],
                key=f"scores_{format_}",
                on_click="ignore",
                width="stretch",
                icon=":material/download:",
            )


def command(view: View) -> str:
    """The command line that makes the same scores of the same file."""
    plan = view.scores.plan
    given = {"weights": plan.weights, "profile": plan.profile, "lens": plan.lens}
    options = "".join(f" --{name} {value}" for name, value in given.items() if value)
    options += "" if view.scores.has_ranks else " --no-ranks"
    framework, values = loaders.frameworks().files[view.framework.id], "VALUES.xlsx"
    if view.dataset.release is not None:
        framework, values = "framework.yaml", "values.csv"
    return f"python -m govmaturity score {framework} {values}{options} -o scores.csv"


def file_name(view: Frame, name: str, extension: str) -> str:
    """A file's name: what, of which framework and period, and whether it is simulated."""
    mark = "SIMULATED-" if view.is_simulated else ""
    chosen = [view.period, view.region] if isinstance(view, View) else []
    parts = [view.framework.id, name, *chosen]
    return mark + "-".join(part for part in parts if part) + f".{extension}"


def show_finding(text: str) -> None:
    """The sentence a page opens with."""
    st.header(plain(text), anchor=False)


def undefined(view: Frame, reason: UndefinedMeasureError) -> None:
    """Say why there is no such measure here."""
    st.info(view.say("findings.undefined", reason=view.say(f"findings.{reason.reason}")))


def plain(text: str) -> str:
    """Escape what Markdown would read as markup: names come from people's files.

    Examples
    --------
    >>> plain("<b>*x*</b> $5")
    '&lt;b>\\\\*x\\\\*&lt;/b> \\\\$5'
    """
    return re.sub(r"([\\`*_\[\]#~$|])", r"\\\1", text).replace("<", "&lt;").replace(":", "&#58;")


def _go(name: str, **choices: str) -> None:
    state.change(**choices)
    # With its parameters at once: the browser's way back has one step, not two.
    st.switch_page(page(name), query_params=state.as_parameters(state.current()))


def open_unit(view: View, node: str = "") -> Callable[[str], None]:
    """Make a click on a unit open its page.

    Where the figures of the picture are those of one indicator, `node`, the
    cell that the unit's figure came from is shown there.
    """
    traced = node if node in view.framework.indicators else ""

    def go(clicked: str) -> None:
        if clicked in view.names:
            _go("unit", units=clicked, traced=traced)

    return go


def open_indicator(view: View, unit: str = "") -> Callable[[str], None]:
    """Make a click on an indicator open its card.

    Where the figures of the picture are those of one unit, the cell that its
    figure came from is shown under the card.
    """

    def go(clicked: str) -> None:
        if clicked not in view.framework.indicators:
            return
        if unit:
            others = [one for one in view.state.listed("units") if one != unit]
            _go("method", node=clicked, traced=clicked, units=",".join([unit, *others]))
        else:
            _go("method", node=clicked, traced="")

    return go


def units_of(scores: Scores) -> list[str]:
    """Unit ids in the order of the root's rank, those without a score last."""
    return [str(scores.unit[row]) for row in rows_by_rank(scores)]


def chart_config(
    view: Frame, key: str, format_: str, *, scroll: bool = False, is_framed: bool = False
) -> dict[str, Any]:
    """What plotly needs to know of a picture: where outlines are, how it is saved."""
    return {
        "topojsonURL": f"{OUTLINES_ADDRESS}/",
        "displaylogo": False,
        "scrollZoom": scroll,
        "modeBarButtonsToRemove": ["autoScale2d"]
        if is_framed
        else ["lasso2d", "select2d", "autoScale2d"],
        "toImageButtonOptions": {
            "format": format_,
            "filename": file_name(view, key, "")[:-1],
            "scale": 2 if format_ == "png" else 1,
        },
    }


def _follow(event: Any, on_click: Callable[[str], None]) -> None:
    for clicked in _marks(event):
        on_click(clicked)


def _picked(key: str, on_pick: Callable[[list[str]], None]) -> None:
    on_pick(_marks(st.session_state[key]))


def _marks(event: Any) -> list[str]:
    """What the points of a selection stand for: their location on a map, else their datum."""
    found: dict[str, None] = {}
    for point in event.selection.points if event else []:
        mark = point.get("location") or point.get("customdata")
        mark = mark[0] if isinstance(mark, list) and mark else mark
        if mark:
            found[str(mark)] = None
    return list(found)


def parts_table(view: View, rows: Sequence[int] | None = None) -> pd.DataFrame:
    """Rows (by rank unless given): score, level, coverage, score of each part; names as heads."""
    scores = view.now
    root = scores.plan.root
    rows = list(rows_by_rank(scores) if rows is None else rows)
    ranks = scores.rank_of(root)[rows]
    table = {
        **rank_column(view, ranks),
        view.say("widgets.unit"): [view.names[str(scores.unit[row])] for row in rows],
        view.say("widgets.place"): [view.place_of(str(scores.unit[row])) for row in rows],
        view.node_name(root): scores.of(root)[rows],
        view.say("charts.level"): [
            view.level_name(int(level)) for level in scores.level_of(root)[rows]
        ],
        view.say("widgets.coverage"): 100 * scores.coverage_of(root)[rows],
    }
    for part in scores.plan.parts:
        table[view.node_name(part)] = scores.of(part)[rows]
    return pd.DataFrame(table)


def rank_column(view: View, ranks: Sequence[int] | NDArray[np.int32]) -> dict[str, pd.Series]:
    """The column of ranks of a table, blank where there is none; none at all without ranks."""
    if not view.now.has_ranks:
        return {}
    column = pd.Series(ranks, dtype="Int32")
    return {view.say("widgets.rank"): column.mask(column == 0)}


def score_columns(view: View) -> dict[str, Any]:
    """Formats of the columns of `parts_table`: one decimal for scores and coverage."""
    nodes = map(view.node_name, (view.now.plan.root, *view.now.plan.parts))
    share = st.column_config.NumberColumn(format="%.1f%%")
    return number_columns(view, nodes) | {view.say("widgets.coverage"): share}


def number_columns(view: Frame, heads: Iterable[str], more: int = 0) -> dict[str, Any]:
    """Formats of columns of scores: one decimal on a scale of 100, `more` than that where small."""
    digits = (1 if view.framework.width > 10 else 3) + more
    return dict.fromkeys(heads, st.column_config.NumberColumn(format=f"%.{digits}f"))


def to_submit(view: Frame) -> None:
    """The way to the page that takes data."""
    st.page_link(page("submit"), label=view.say("frame.go_submit"), icon=":material/upload_file:")


def unit_choice(view: View, key: str) -> str:
    """A box over the units that answer to a search; what is chosen goes into the address."""
    units = _found(view, units_of(view.now))
    chosen = view.state.unit if view.state.unit in units else units[0]
    st.session_state[key] = chosen
    return str(
        st.selectbox(
            view.say("widgets.choose_unit"),
            units,
            key=key,
            format_func=lambda unit: f"{view.names[unit]} ({unit})",
            on_change=_unit_chosen,
            args=(key, view.state.listed("units")[1:]),
        )
    )


def _found(view: View, units: list[str]) -> list[str]:
    hint = view.say("widgets.search_hint")
    wanted = choices.text(view.state, "search", view.say("widgets.search_unit"), hint)
    if not wanted:
        return units
    answer = set(loaders.unit_index(view.scores.units, view.key[0]).find(wanted))
    found = [unit for unit in units if unit in answer]
    if not found:
        st.info(view.say("ranking.none_found", text=wanted))
    return found or units


def node_choice(view: View, name: str = "node", label: str = "", without: str = "") -> str:
    """A box to choose a node but one; what is chosen goes into the address under `name`."""
    plan = view.now.plan
    depth = {plan.root: 0}
    for node in plan.nodes:
        for child in plan.children(node):
            depth[child] = depth.get(node, 0) + 1
    names = {
        node: "\u2003" * depth.get(node, 1) + view.node_name(node)
        for node in plan.shown
        if node != without
    }
    return choices.box(view.state, name, label or view.say("widgets.choose_node"), names)


def _unit_chosen(key: str, others: Sequence[str]) -> None:
    chosen = st.session_state[key]
    state.change(units=",".join([chosen, *(one for one in others if one != chosen)]))


def _tab_chosen(key: str, table: str, now: State) -> None:
    others = [one for one in now.listed("tables") if one != key]
    is_table = st.session_state[f"tab_{key}"] == table
    state.change(tables=",".join([*others, key] if is_table else others))
