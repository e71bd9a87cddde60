"""A card for every measure: what it says, how it is computed, when not to trust it, its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from govmaturity.analysis.inequality.measures import MEASURES
from govmaturity.texts import Language, say

# Ids as in the column `measure` of the tables, then what stands in none of them.
WIDER: Final = (
    "williamson",
    "dagum",
    "sources",
    "lorenz",
    "moran_i",
    "local_moran",
    "getis_ord",
    "join_counts",
    "sigma",
    "beta",
    "transitions",
    "spatial_transitions",
    "kernel_density",
    "rank_mobility",
    "coupling_coordination",
    "part_spread",
    "obstacle_degree",
    "tier_gap",
    "correlation",
    "regression",
    "quadrants",
    "types",
    "bootstrap",
    "cronbach_alpha",
    "kmo",
    "bartlett",
    "components",
    "redundant",
    "discrimination",
    "effective_importance",
    "kendall",
    "method_and_data",
)
CARDS: Final = (*MEASURES, *WIDER)


@dataclass(frozen=True)
class Card:
    """The texts of one measure, ready to show."""

    id: str
    name: str
    says: str
    computed: str
    distrust: str
    source: str


def card(measure: str, language: Language) -> Card:
    """The card of a measure.

    Parameters
    ----------
    measure : str
        One of `CARDS`.
    language : {"zh", "en"}

    Raises
    ------
    KeyError
        If there is no such card; the message names the measure.
    """
    if measure not in CARDS:
        raise KeyError(f"no card for {measure!r}; expected one of: {', '.join(CARDS)}")
    return Card(
        measure,
        say(f"lab.{measure}_name", language),
        say(f"lab.{measure}_says", language),
        say(f"lab.{measure}_computed", language),
        say(f"lab.{measure}_distrust", language),
        say(f"lab.{measure}_source", language),
    )
