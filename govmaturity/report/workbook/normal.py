"""Formulas of the normalisers: from one unit's value, and the sample's, to a score.

A formula here is the right side, without the equals sign. `u` is the cell of
the value; a `sample` is a range that holds the values of all units looked at,
this unit's own included where it is one of them. They follow
`govmaturity.scoring.normalise`, method by method.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from govmaturity.framework.check_methods import ON_THE_SCALE
from govmaturity.framework.methods import Normalise
from govmaturity.report.workbook.cells import NOTHING, literal
from govmaturity.scoring.normalise.fixed import EFFICACY_START

# What needs the values of other units.
AMONG: Final = (
    "min_max",
    "z_score",
    "t_score",
    "rank",
    "percent_rank",
    "borda",
    "share_of_maximum",
    "distance_to_target",
    "categories",
)
# An error a reader sees, and every sum above with it: the engine refuses such a value.
REFUSED: Final = "NA()"


@dataclass(frozen=True)
class Sample:
    """The values a method looks at.

    `cells` is their range. Where this unit's own value is not one of them,
    `places` and `beaten` are the ranges of their places, rising and turned so
    that more is better, and of the shares of the others each of them beats.
    """

    cells: str
    places: str = ""
    beaten: str = ""


def on_scale(chosen: Normalise, share: str, scale: tuple[float, float]) -> str:
    """Bring a share to the framework's scale; what is not on any scale stays."""
    if chosen.method not in ON_THE_SCALE:
        return share
    low = scale[0] if chosen.floor is None else chosen.floor
    start = f"{literal(low)}+" if low else ""
    width = scale[1] - low
    return start + (share if width == 1 else f"{literal(width)}*{share}")


def between(u: str, worst: str, best: str) -> str:
    """Place between two goalposts, held at both.

    Examples
    --------
    >>> between("E5", "G5", "H5")
    'MAX(0,MIN(1,(E5-G5)/(H5-G5)))'
    """
    return f"MAX(0,MIN(1,({u}-{worst})/({best}-{worst})))"


def fixed_share(chosen: Normalise, u: str, worst: str, best: str, *, is_rising: bool) -> str:
    """Share of the scale by a method that looks at no other unit."""
    if chosen.method == "target_band" and chosen.band and chosen.limits:
        (start, end), (lowest, highest) = chosen.band, chosen.limits
        rising = f"({u}-{literal(lowest)})/{literal(start - lowest)}"
        falling = f"({literal(highest)}-{u})/{literal(highest - end)}"
        return f"MAX(0,MIN(1,{rising},{falling}))"
    if chosen.method == "efficacy":
        return f"({EFFICACY_START}+{literal(1 - EFFICACY_START)}*{between(u, worst, best)})"
    if chosen.method == "log_goalposts":
        held = f"MAX({u},{worst if is_rising else best})"
        share = f"MAX(0,MIN(1,(LN({held})-LN({worst}))/(LN({best})-LN({worst}))))"
        return f"IF({u}<0,{REFUSED},{share})"
    return between(u, worst, best)


def sample_share(
    chosen: Normalise, u: str, sample: Sample, worst: str, best: str, *, up: bool
) -> str:
    """What a method finds for a value among those of the sample.

    `worst` and `best` are for min-max and distance to target: the sample's
    ends, the target.
    """
    values = sample.cells
    method = chosen.method
    if method == "min_max":
        return f"IF({worst}={best},0.5,{between(u, worst, best)})"
    if method == "distance_to_target":
        compare = ">=" if up else "<="
        reached = f"IF({u}{compare}{best},1,0)"
        return f"IF({worst}{compare}{best},{reached},{between(u, worst, best)})"
    if method == "share_of_maximum":
        share = f"{u}/MAX({values})" if up else f"MIN({values})/{u}"
        return f"IF({u}{'<' if up else '<='}0,{REFUSED},MIN(1,{share}))"
    if method in ("z_score", "t_score"):
        return _standard(chosen, u, values, up)
    if method == "rank":
        return f"1+{_counted(values, '<' if up else '>', u)}"
    if method == "categories":
        return _class(u, values, chosen.classes or 2, up)
    share = _percent_rank(u, sample, up)
    return f"(COUNT({values})-1)*{share}" if method == "borda" else share


def worst_and_best(chosen: Normalise, sample: Sample, *, up: bool) -> tuple[str, str]:
    """The ends that min-max and distance to target go by; blank for other methods."""
    low, high = f"MIN({sample.cells})", f"MAX({sample.cells})"
    if chosen.method == "min_max":
        return (low, high) if up else (high, low)
    if chosen.method == "distance_to_target":
        return (low if up else high), literal(chosen.target or 0.0)
    return "", ""


def thresholds(u: str, limits: str, scores: str) -> str:
    """The score of the class a value falls into; a class holds its lower end."""
    return f"INDEX({scores},1+{_counted(limits, '<=', u)})"


def points(u: str, options: str, number: int) -> str:
    """The points of the option a value names, which counts from 1."""
    return f'IF(AND({u}>=1,{u}<={number}),INDEX({options},{u}),"{NOTHING}")'


def _counted(values: str, compare: str, u: str) -> str:
    return f"SUMPRODUCT(--({values}{compare}{u}))"


def _standard(chosen: Normalise, u: str, values: str, up: bool) -> str:
    spread = "STDEVP" if chosen.population else "STDEV"
    distance = f"{u}-AVERAGE({values})" if up else f"AVERAGE({values})-{u}"
    found = f"IF(MIN({values})=MAX({values}),0,({distance})/{spread}({values}))"
    if chosen.method == "z_score":
        return found
    return f"{literal(chosen.centre)}+{literal(chosen.spread)}*{found}"


def _class(u: str, values: str, classes: int, up: bool) -> str:
    """Quantiles rise with `up`; where less is better they are met from the other end."""
    parts = (
        f"IF({u}{'>=' if up else '<='}PERCENTILE({values},{cut}/{classes}),1,0)"
        for cut in range(1, classes)
    )
    return f"({'+'.join(parts)})/{classes - 1}"


def _percent_rank(u: str, sample: Sample, up: bool) -> str:
    values = sample.cells
    if not sample.places:
        worse = _counted(values, "<" if up else ">", u)
        equal = _counted(values, "=", u)
        return f"IF(COUNT({values})=1,0.5,({worse}+({equal}-1)/2)/(COUNT({values})-1))"
    # Beyond the ends as at the ends, between two places on the line from one to the other.
    turned = u if up else f"(-{u})"
    places, beaten = sample.places, sample.beaten
    last = f"COUNT({places})"
    at = f"MATCH({turned},{places},1)"
    rise = f"(INDEX({beaten},{at}+1)-INDEX({beaten},{at}))"
    run = f"(INDEX({places},{at}+1)-INDEX({places},{at}))"
    inside = f"INDEX({beaten},{at})+({turned}-INDEX({places},{at}))*{rise}/{run}"
    return (
        f"IF({turned}<=INDEX({places},1),INDEX({beaten},1),"
        f"IF({turned}>=INDEX({places},{last}),INDEX({beaten},{last}),{inside}))"
    )
