"""What somebody tries with an index, and how it is written in an address."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Final, get_args

from govmaturity.framework.methods import AggregateMethod, NormaliseMethod
from govmaturity.framework.model import Framework

# Methods that need to be told nothing, so that one word chooses them.
NORMALISE: Final[tuple[NormaliseMethod, ...]] = ("min_max", "z_score", "percent_rank")
AGGREGATE: Final[tuple[AggregateMethod, ...]] = (
    *("arithmetic", "geometric", "harmonic", "generalised"),
    *("mazziotta_pareto", "median", "minimum"),
)
_ENTRY, _PART = ",", "~"


@dataclass(frozen=True)
class Changes:
    """Choices other than the framework's own; empty where nothing is changed.

    weights : mapping of node to float
        Beside its siblings, 0 or more. Where one of several siblings is
        named all have to be.
    normalise, aggregate : str
        For all indicators but choices, and for all groups.
    left_out : tuple of indicator ids
    goalposts : mapping of indicator to (worst, best)
        In its unit of measure. Without effect where `normalise` uses none.
    """

    weights: Mapping[str, float] = field(default_factory=dict)
    normalise: NormaliseMethod | None = None
    aggregate: AggregateMethod | None = None
    left_out: tuple[str, ...] = ()
    goalposts: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self != Changes()


def as_text(changes: Changes) -> str:
    """Write changes in a few characters.

    Examples
    --------
    >>> as_text(Changes(weights={"a": 30.0, "b": 70}, normalise="min_max", left_out=("x",)))
    'w~a~30,w~b~70,n~min_max,x~x'
    """
    entries = [f"w~{node}~{_figure(weight)}" for node, weight in changes.weights.items()]
    entries += [f"n~{changes.normalise}"] if changes.normalise else []
    entries += [f"a~{changes.aggregate}"] if changes.aggregate else []
    entries += [f"x~{indicator}" for indicator in changes.left_out]
    entries += [
        f"g~{indicator}~{_figure(worst)}~{_figure(best)}"
        for indicator, (worst, best) in changes.goalposts.items()
    ]
    return _ENTRY.join(entries)


def from_text(text: str, framework: Framework) -> Changes:
    """Read changes to a framework.

    Raises
    ------
    ValueError
        At the first entry that is not one, or names what the framework has not got.
    """
    weights: dict[str, float] = {}
    goalposts: dict[str, tuple[float, float]] = {}
    left_out: list[str] = []
    methods: dict[str, str] = {}
    for entry in text.split(_ENTRY) if text else ():
        match entry.split(_PART):
            case ["w", node, weight] if node in framework.parents:
                weights[node] = _number(weight, entry, low=0.0)
            case ["n", method] if method in NORMALISE:
                methods["n"] = method
            case ["a", method] if method in AGGREGATE:
                methods["a"] = method
            case ["x", indicator] if indicator in framework.indicators:
                left_out.append(indicator)
            case ["g", indicator, worst, best] if indicator in framework.indicators:
                goalposts[indicator] = (_number(worst, entry), _number(best, entry))
            case _:
                raise ValueError(f"no change of {framework.id}: {entry!r}")
    _refuse_half(weights, framework)
    normalise = next((one for one in get_args(NormaliseMethod) if one == methods.get("n")), None)
    aggregate = next((one for one in get_args(AggregateMethod) if one == methods.get("a")), None)
    return Changes(weights, normalise, aggregate, tuple(dict.fromkeys(left_out)), goalposts)


def siblings(framework: Framework, node: str) -> list[str]:
    """The children of the group above a node, itself among them; the root has none."""
    above = framework.parents.get(node)
    return [child for child, parent in framework.parents.items() if parent == above and above]


def _refuse_half(named: Collection[str], framework: Framework) -> None:
    for node in named:
        without = [one for one in siblings(framework, node) if one not in named]
        if without:
            raise ValueError(f"{node} has a weight, {_listed(without)} beside it has not")


def _listed(ids: Iterable[str]) -> str:
    return ", ".join(ids)


def _number(text: str, entry: str, low: float | None = None) -> float:
    try:
        found = float(text)
    except ValueError:
        found = float("nan")
    if not isfinite(found) or (low is not None and found < low):
        raise ValueError(f"no number in {entry!r}")
    return found


def _figure(value: float) -> str:
    """All digits of a number that is not whole: what comes back must be the same."""
    return f"{value:.0f}" if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))
