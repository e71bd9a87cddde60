"""What pages have worked out of scores, cached: how they hang together, how sure.

Everything cached here is shared between sessions and must not be changed.
Keys name what the scores are made of, never the scores themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import pandas as pd
import streamlit as st

from govmaturity.analysis.consistency.importance import importance
from govmaturity.analysis.consistency.structure import Consistency, consistency
from govmaturity.analysis.robustness.choices import ALL, WEIGHTS
from govmaturity.analysis.robustness.indicators import indicator_ranges
from govmaturity.analysis.robustness.run import NodeRanges, Robustness, robustness
from govmaturity.analysis.robustness.sobol import Sensitivity, sensitivity
from govmaturity.analysis.robustness.variants import standard_errors
from govmaturity.analysis.space.association import Local, Moran, global_moran, local_moran
from govmaturity.analysis.space.neighbours import Neighbours, by_border
from govmaturity.analysis.types import Types, types_of
from govmaturity.scoring import Scores
from govmaturity.values.table import Values

# Beyond so many units ranges are simulated for the largest groups alone.
MANY_UNITS: Final = 300


@st.cache_resource(show_spinner=False, max_entries=24)
def consistent(version: str, _scores: Scores) -> tuple[Consistency, pd.DataFrame]:
    """Return what scores say of the framework, and of its weights."""
    return consistency(_scores), importance(_scores)


@st.cache_resource(show_spinner=False, max_entries=6)
def ranges_of_parts(
    version: str, vary: str, _scores: Scores, _values: Values
) -> tuple[NodeRanges, ...]:
    """Return ranges of groups, and of indicators where every choice varies.

    With many units only the groups right below the root: all would take minutes.
    """
    choices = ALL if vary == "all" else WEIGHTS
    errors = standard_errors(_scores, _values) if choices.errors else None
    groups = [one.id for one in _scores.plan.groups]
    if len(_scores.unit) > MANY_UNITS:
        groups = [one for one in groups if one in (_scores.plan.root, *_scores.plan.parts)]
    found = robustness(_scores, choices=choices, errors=errors, nodes=groups).nodes
    if vary != "all":
        return found
    return (*found, *indicator_ranges(_scores, choices=choices, errors=errors))


@st.cache_resource(show_spinner=False, max_entries=24)
def imbalance(
    version: str,
    node: str,
    grouping: str,
    language: str,
    draws: int,
    _made: Callable[[], pd.DataFrame],
) -> pd.DataFrame:
    """Return the measures of a node; groups are named in the reader's language."""
    return _made()


@st.cache_resource(show_spinner=False, max_entries=24)
def clusters(version: str, node: str, _scores: Scores) -> tuple[Neighbours, Moran, Local]:
    """Return who borders on whom, and Moran's I of a node, global and of each unit."""
    near = by_border([str(unit) for unit in _scores.unit])
    values = _scores.of(node)
    return near, global_moran(values, near), local_moran(values, near)


@st.cache_resource(show_spinner=False, max_entries=24)
def types(version: str, _scores: Scores) -> Types:
    """Return types of units by the profile of their dimensions."""
    parts = list(_scores.plan.parts)
    return types_of(np.column_stack([_scores.of(part) for part in parts]), parts)


@st.cache_resource(show_spinner=False, max_entries=12)
def ranges(version: str, vary: str, _scores: Scores, _values: Values) -> Robustness:
    """Return 1,000 replicates of the root: of its weights, or of every choice."""
    choices = ALL if vary == "all" else WEIGHTS
    return robustness(
        _scores,
        choices=choices,
        errors=standard_errors(_scores, _values) if choices.errors else None,
        nodes=[_scores.plan.root],
    )


@st.cache_resource(show_spinner=False, max_entries=12)
def sensitivities(version: str, _scores: Scores, _values: Values) -> Sensitivity:
    """Return how far ranks depend on each choice."""
    return sensitivity(_scores, ALL, errors=standard_errors(_scores, _values))
