"""Putting single cells right in the browser, under the same checks as the file."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from govmaturity.framework.fields import fields
from govmaturity.report.correct import COLUMNS, MOST_CELLS, cells_to_correct, count_cells
from govmaturity.store import uploads
from ui import widgets
from ui.datasets import Dataset
from ui.view import Frame


def grid(view: Frame, dataset: Dataset) -> None:
    """The cells to correct or confirm, with a column to type into."""
    upload = dataset.upload
    if upload is None:
        return
    typed = {(sheet, cell): text for sheet, cell, text in upload.corrections}
    table = cells_to_correct(dataset.checked.issues, typed, view.language)
    if table.empty:
        return
    folded = widgets.folded(view.say("submit.correct_here"), "correct_here", "edit")
    if not folded.open:
        return
    with folded:
        total = count_cells(dataset.checked.issues)
        if total > MOST_CELLS:
            st.caption(view.say("submit.correct_first", most=MOST_CELLS, total=f"{total:,}"))
        st.caption(view.say("submit.correct_hint"))
        edited = st.data_editor(
            _with_names(view, table),
            hide_index=True,
            disabled=[name for name in COLUMNS if name != "value"],
            column_order=[name for name in COLUMNS if name != "sheet" or any(table["sheet"])],
            column_config={
                name: st.column_config.TextColumn(
                    view.say(f"submit.column_{name}"), width="large" if name == "message" else None
                )
                for name in COLUMNS
            },
            # Another version has other cells: what was typed into the old grid is not for them.
            key=f"grid_{upload.version[:16]}",
        )
        now = _typed(table, edited)
        with st.container(horizontal=True):
            again = st.button(
                view.say("submit.check_again"),
                type="primary",
                disabled=now == typed,
                key="check_again",
            )
            back = bool(typed) and st.button(
                view.say("submit.take_back", n=len(typed)), key="take_back"
            )
        if again or back:
            _keep(upload, {} if back else now)
            st.rerun()


def _with_names(view: Frame, table: pd.DataFrame) -> pd.DataFrame:
    registry, known = view.registry, fields(view.framework)
    return table.assign(
        unit=[registry.name(u, view.language) if u in registry else u for u in table["unit"]],
        indicator=[view.words(known[i].name) if i in known else i for i in table["indicator"]],
    )


def _typed(table: pd.DataFrame, edited: pd.DataFrame) -> dict[tuple[str, str], str]:
    """What stands in the grid: a cell left as it was, or emptied again, is not corrected."""
    texts = edited["value"].fillna("").astype("str").str.strip()
    places = zip(table["sheet"], table["cell"], texts, strict=True)
    return {(sheet, cell): text for sheet, cell, text in places if text}


def _keep(upload: uploads.Upload, typed: dict[tuple[str, str], str]) -> None:
    uploads.keep(
        upload.content,
        upload.name,
        upload.framework,
        skips_faulty=False,
        corrections=[(sheet, cell, text) for (sheet, cell), text in typed.items()],
    )
