"""From a figure back to its cell: what was sent, where it stood, by whom, and all its revisions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st

from govmaturity.framework.fields import Field, entered_for, fields
from govmaturity.framework.model import Indicator
from govmaturity.intake.origins import Origin
from govmaturity.store.errors import NotFoundError
from govmaturity.store.figures import Figure
from govmaturity.store.receipt_tables import shown
from govmaturity.store.tracing import Provenance, Step
from govmaturity.texts import numbers
from ui import datasets, state
from ui.datasets import Dataset
from ui.kept import store
from ui.people import moment, named, who
from ui.view import Frame
from ui.widgets import plain

_HASH_SHOWN = 12
_AS_CODE = {"sent", "typed", "hash"}


def of_figure(view: Frame, unit: str, period: str, indicator: Indicator, place: str = "") -> None:
    """The one click from a figure to the cell it came from; open where the address names it.

    `place` tells cards of one indicator apart: a lens may show it in several parts.
    """
    key = f"{place}_{indicator.id}" if place else indicator.id
    is_open = view.state.traced == indicator.id and view.state.unit in ("", unit)
    st.button(
        view.say("tracing.close" if is_open else "tracing.open"),
        key=f"trace_{key}",
        icon=":material/close:" if is_open else ":material/travel_explore:",
        type="tertiary",
        on_click=_turn,
        args=(view, unit, "" if is_open else indicator.id),
    )
    if is_open and view.dataset is not None:
        with st.container(border=True, key=f"provenance_{key}"):
            _figure_traced(view, view.dataset, unit, period, indicator, key)


def _turn(view: Frame, unit: str, indicator: str) -> None:
    others = [one for one in view.state.listed("units") if one != unit]
    state.change(traced=indicator, units=",".join([unit, *others]))


def of_card(view: Frame, indicator: Indicator) -> None:
    """Under the card of an indicator: the same for the unit that the address names, if any."""
    values = view.dataset.checked.values if view.dataset and view.dataset.is_usable else None
    unit = view.state.unit
    if values is None or unit not in values.units:
        return
    period = view.state.period if view.state.period in values.periods else values.periods[-1]
    st.caption(plain(view.say("tracing.figure_of", unit=view.placed_name(unit), period=period)))
    of_figure(view, unit, period, indicator)


def _figure_traced(
    view: Frame, dataset: Dataset, unit: str, period: str, indicator: Indicator, key: str
) -> None:
    """All that was entered for one figure: for a ratio its inputs, for a checklist its items."""
    known = fields(view.framework)
    find = _in_file if dataset.release is None else _in_release
    with st.spinner(view.say("tracing.reading")):
        found = [
            one
            for id_ in entered_for(view.framework, indicator.id)
            if (one := find(dataset, unit, period, known[id_])) is not None
        ]
    if not found:
        st.info(view.say("tracing.nothing"))
        return
    if len(found) == 1:
        st.markdown(plain(_sentence(view, found[0])))
        _facts(view, found[0])
    else:
        _entered(view, found)
    if dataset.upload is not None:
        st.caption(view.say("tracing.not_sent"))
    _downloads(view, found, key)
    if dataset.release is not None:
        _revisions(view, found)


@dataclass(frozen=True)
class _Found:
    """One value that was entered, with its cell and its file; of a release with its revisions."""

    field: Field
    figure: Figure
    origin: Origin
    file: str
    hash: str
    content: Callable[[], bytes] | None
    known: Provenance | None = None

    @property
    def last(self) -> Step | None:
        return self.known.steps[-1] if self.known else None


def _in_file(dataset: Dataset, unit: str, period: str, field: Field) -> _Found | None:
    """A value of a sample or an upload."""
    origin = datasets.origins(dataset).get((unit, period, field.id))
    figure = datasets.figure(dataset, unit, period, field.id)
    if origin is None or figure is None:
        return None
    file = datasets.file_of(dataset)
    return _Found(field, figure, origin, file.name, file.sha256, lambda: file.content)


def _in_release(dataset: Dataset, unit: str, period: str, field: Field) -> _Found | None:
    """A value of a release: with the people, the times and the revisions before."""
    release = dataset.release
    if release is None:
        return None
    about = (release.framework, release.version, unit, period, field.id)
    try:
        known = store().provenance.of(who(), *about, release=release.id)
    except NotFoundError:
        return None
    last = known.steps[-1]
    origin = Origin(last.sheet, last.cell, last.kind, last.sent, last.typed)
    content = partial(_workbook, last.file_hash) if last.may_download else None
    return _Found(field, last.figure, origin, last.file_name, last.file_hash, content, known)


def _sentence(view: Frame, one: _Found) -> str:
    """Where the figure stands, in words."""
    sheet, cell = one.origin.sheet, one.origin.cell
    return view.say(
        "tracing.sentence",
        value=_figure(view, one.field, one.figure),
        file=one.file,
        place=view.say("tracing.in_sheet", sheet=sheet, cell=cell)
        if sheet
        else view.say("tracing.in_text", cell=cell),
        sent=one.origin.sent or view.say("tracing.kind_blank"),
    )


def _figure(view: Frame, field: Field, figure: Figure) -> str:
    """A value as it was given, with its unit of measure."""
    text = str(shown(figure, view.language))
    unit = view.words(field.unit_of_measure)
    if figure.value is None or not unit:
        return text
    return text + (unit if unit == "%" else f" {unit}")


def _place(sheet: str, cell: str) -> str:
    return f"{sheet}!{cell}" if sheet else cell


def _facts(view: Frame, one: _Found) -> None:
    """The cell's text as it was sent, as it was read, and who had it in hand."""
    told = [
        ("sent", one.origin.sent),
        ("kind", view.say(f"tracing.kind_{one.origin.kind}") if one.origin.sheet else ""),
        ("typed", one.origin.typed or ""),
        ("parsed", str(shown(one.figure, view.language))),
        ("sheet", one.origin.sheet),
        ("cell", one.origin.cell),
        ("file", one.file),
        ("hash", one.hash),
        *_people(view, one),
        *_judged(view, one),
    ]
    heads = [view.say("cards.item"), view.say("cards.content")]
    rows = [
        (view.say(f"tracing.{name}"), f"`{_code(text)}`" if name in _AS_CODE else plain(text))
        for name, text in told
        if text
    ]
    st.table(pd.DataFrame(rows, columns=heads, dtype="str").set_index(heads[0]))


def _people(view: Frame, one: _Found) -> list[tuple[str, str]]:
    step = one.last
    if step is None:
        return []
    return [
        ("sent_by", named(step.sent_by, view.language)),
        ("sent_at", moment(step.sent_at)),
        ("approved_by", named(step.approved_by, view.language)),
        ("approved_at", moment(step.approved_at)),
    ]


def _judged(view: Frame, one: _Found) -> list[tuple[str, str]]:
    """The reviewers' score, and the findings that do not count, with their reasons."""
    if one.known is None:
        return []
    final = one.known.final
    told = "" if final is None else numbers.measured(final, view.language)
    return [("final", told), *(("waived", waiver.reason) for waiver in one.known.waivers)]


def _code(text: str) -> str:
    """A text that may stand in a code span: what people enter may hold its mark."""
    return text.replace("`", "'").replace("\n", " ")


def _entered(view: Frame, found: list[_Found]) -> None:
    """Several values in a table, a row each."""
    rows = [
        {
            "what": view.words(one.field.name),
            "code": one.field.id,
            "value": _figure(view, one.field, one.figure),
            "sent": one.origin.sent,
            "typed": one.origin.typed or "",
            "place": _place(one.origin.sheet, one.origin.cell),
            "file": one.file,
            "hash": one.hash[:_HASH_SHOWN],
            **dict(_people(view, one)),
            "waived": " ".join(waiver.reason for waiver in one.known.waivers) if one.known else "",
        }
        for one in found
    ]
    said = [name for name in rows[0] if any(row[name] for row in rows)]
    st.markdown(view.say("tracing.entered", n=len(rows)))
    _table(view, {name: [row[name] for row in rows] for name in said})


def _downloads(view: Frame, found: list[_Found], key: str) -> None:
    """Each file once."""
    files = {one.hash: one for one in found}
    for hash_, one in files.items():
        if one.content is None:
            st.caption(view.say("tracing.no_download"))
            continue
        st.download_button(
            view.say("tracing.download", file=one.file),
            data=one.content,
            file_name=one.file,
            on_click="ignore",
            icon=":material/download:",
            key=f"traced_{key}_{hash_[:_HASH_SHOWN]}",
        )


def _workbook(file_hash: str) -> bytes:
    return store().provenance.file(who(), file_hash)


def _revisions(view: Frame, found: list[_Found]) -> None:
    """Every revision of the values up to the one released, the latest first."""
    pairs = [(one, step) for one in found if one.known for step in reversed(one.known.steps)]
    told = {
        **({"what": [view.words(one.field.name) for one, _ in pairs]} if len(found) > 1 else {}),
        "revision": [str(step.number) for _, step in pairs],
        "value": [_figure(view, one.field, step.figure) for one, step in pairs],
        "sent": [
            step.sent if step.is_restated else view.say("tracing.carried") for _, step in pairs
        ],
        "place": [_place(step.sheet, step.cell) for _, step in pairs],
        "file": [step.file_name for _, step in pairs],
        "hash": [step.file_hash[:_HASH_SHOWN] for _, step in pairs],
        "sent_by": [named(step.sent_by, view.language) for _, step in pairs],
        "sent_at": [moment(step.sent_at) for _, step in pairs],
        "approved_at": [moment(step.approved_at) for _, step in pairs],
    }
    st.markdown(view.say("tracing.revisions", n=len(pairs)))
    _table(view, told)


def _table(view: Frame, told: Mapping[str, list[str]]) -> None:
    """Columns by the end of their heads' keys; few rows, so that all is read and printed."""
    columns = {view.say(f"tracing.{name}"): map(plain, texts) for name, texts in told.items()}
    table = pd.DataFrame(columns, dtype="str")
    st.table(table.set_index(table.columns[0]))
