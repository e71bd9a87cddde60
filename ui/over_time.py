"""Earlier periods restated for the units that there are in the period shown, cached."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import streamlit as st

from govmaturity.analysis.change.back_series import BackSeries, Restated, back_series
from govmaturity.framework.model import Framework
from ui import kept
from ui.datasets import Dataset


def as_of(
    dataset: Dataset, framework: Framework, units: Collection[str], period: str
) -> tuple[Dataset, tuple[Restated, ...]]:
    """Return a dataset as seen from a period, and what was restated; itself where nothing was.

    `units` are those of the dataset, in any period.
    """
    changed = {one.code for one in kept.units().changes if not one.keeps_code}
    if not changed.intersection(units):
        return dataset, ()
    known = f"{dataset.id} {kept.units().version}"
    found = _back_series(known, framework.fingerprint, period, dataset, framework)
    if not found.restated:
        return dataset, ()
    checked = replace(dataset.checked, values=found.values)
    return replace(dataset, id=f"{known}@{period}", checked=checked), found.restated


@st.cache_resource(show_spinner=False, max_entries=8)
def _back_series(
    id_: str, fingerprint: str, period: str, _dataset: Dataset, _framework: Framework
) -> BackSeries:
    return back_series(_dataset.checked.values, _framework, kept.units(), period)
