"""Scores of a dataset under the choices of a view, and classes of them, cached.

Everything cached here is shared between sessions and must not be changed.
Keys are ids and content hashes, never the objects themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import streamlit as st

from govmaturity.analysis.classes import CLASSES, Classes, Method, classify
from govmaturity.framework.model import Framework
from govmaturity.scoring import Scores, score
from ui.datasets import Dataset
from ui.kept import store
from ui.people import who


def scores_of(
    dataset: Dataset,
    framework: Framework,
    weights: str,
    profile: str,
    lens: str,
    *,
    has_ranks: bool = True,
) -> Scores:
    """Return the scores of a dataset under a choice of weights, profile and lens.

    Where ranks are not to be shown they are not there either.
    """
    found = _scores(dataset.id, framework.fingerprint, weights, profile, lens, dataset, framework)
    return found if has_ranks else found.without_ranks()


@st.cache_resource(show_spinner=False, max_entries=24)
def _scores(
    id_: str,
    fingerprint: str,
    weights: str,
    profile: str,
    lens: str,
    _dataset: Dataset,
    _framework: Framework,
) -> Scores:
    return score(
        _framework,
        _dataset.checked.values,
        weights=weights or None,
        profile=profile or None,
        lens=lens or None,
        unranked=_dataset.unranked,
    )


def rescored(dataset: Dataset) -> int:
    """Return how many scores of a release come out otherwise than it published them."""
    if dataset.release is None:
        return 0
    return _rescored(dataset.id, dataset)


@st.cache_resource(show_spinner=False, max_entries=16)
def _rescored(id_: str, _dataset: Dataset) -> int:
    scores = scores_of(_dataset, _dataset.framework, "", "", "")
    return store().releases.rescored(who(), id_.split(" ")[0], scores)


def scores_here(
    dataset: Dataset, scores: Scores, period: str, region: str, inside: Collection[str]
) -> Scores:
    """Return the scores of one period, and of the units inside a region, ranked anew.

    Parameters
    ----------
    dataset : Dataset
        That the scores were made of.
    scores : Scores
    period, region : str
        An empty region stands for all units.
    inside : collection of unit ids
        The region's units.
    """
    plan = scores.plan
    chosen = (plan.weights or "", plan.profile or "", plan.lens or "", str(scores.has_ranks))
    return _here(
        (dataset.id, scores.framework.fingerprint, *chosen, period, region), scores, inside
    )


@st.cache_resource(show_spinner=False, max_entries=48)
def _here(key: tuple[str, ...], _scores: Scores, _inside: Collection[str]) -> Scores:
    period, region = key[-2:]
    kept = _scores.period == period
    if region:
        kept &= np.array([unit in _inside for unit in _scores.unit])
    return _scores.rows(kept).among_themselves()


def classes_of(
    key: tuple[str, ...], values: Mapping[str, float], method: Method, count: int = CLASSES
) -> Classes | None:
    """Return the classes of the values that a key names: data, framework, choices, node."""
    return _classes((*key, method, str(count)), values, method, count)


@st.cache_resource(show_spinner=False, max_entries=64)
def _classes(
    key: tuple[str, ...], _values: Mapping[str, float], _method: Method, _count: int
) -> Classes | None:
    return classify(list(_values.values()), _method, count=_count)
