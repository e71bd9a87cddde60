"""What can be entered for a framework: its inputs, indicators and checklist items.

One flat list, so that whoever reads or checks a file need not know the tree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from govmaturity.framework.model import Framework, Indicator, Measure, Words
from govmaturity.framework.rules import Bounds

YES_NO = (0.0, 1.0)
_COUNT_FROM_ZERO = Bounds(min=0)


@dataclass(frozen=True)
class Option:
    """One answer of a choice or level of a rubric; `value` is what the table of values holds."""

    code: str
    name: Words
    value: float


@dataclass(frozen=True)
class Field:
    """One thing that a person can enter, under the id that heads its column.

    `is_shortcut` marks an indicator that is normally computed from its inputs
    or its checklist items: a value given for it directly is taken, but has to
    be confirmed. `is_whole` says that only whole numbers make sense.
    """

    id: str
    kind: Literal["input", "indicator", "item"]
    name: Words
    measure: Measure
    unit_of_measure: Words
    valid: Bounds
    plausible: Bounds
    max_yearly_change: float | None
    options: tuple[Option, ...]
    is_required: bool
    is_shortcut: bool
    definition: Words | None = None
    reporter: Words | None = None
    evidence: Words | None = None
    indicator: str = ""
    dimension: str = ""

    def is_reported_by(self, reporter: str) -> bool:
        """Whether somebody has to send it, called as in the framework in either language.

        What names no reporter is everybody's.
        """
        return self.reporter is None or reporter in (self.reporter.zh, self.reporter.en)

    @property
    def is_percent(self) -> bool:
        """Whether a cell shown as 85 % means 85 (and not 0.85)."""
        return self.measure in ("percent", "survey_topbox", "checklist")

    @property
    def is_whole(self) -> bool:
        return self.measure == "count"


def fields(framework: Framework) -> dict[str, Field]:
    """Return every field of a framework by its id: inputs first, then the tree downwards."""
    found: dict[str, Field] = {}
    users = _users(framework)
    dimensions = _dimensions(framework)
    for id_, entered in framework.inputs.items():
        user = users.get(id_, "")
        found[id_] = Field(
            id=id_,
            kind="input",
            name=entered.name,
            measure=entered.measure,
            unit_of_measure=entered.unit_of_measure,
            valid=entered.valid or (_COUNT_FROM_ZERO if entered.measure == "count" else Bounds()),
            plausible=entered.plausible or Bounds(),
            max_yearly_change=entered.max_yearly_change,
            options=(),
            is_required=entered.required,
            is_shortcut=False,
            definition=entered.definition,
            reporter=entered.reporter,
            indicator=user,
            dimension=dimensions.get(user, ""),
        )
    for indicator in framework.indicators.values():
        dimension = dimensions[indicator.id]
        found[indicator.id] = _indicator_field(indicator, dimension)
        for item in indicator.checklist:
            id_ = f"{indicator.id}.{item.id}"
            found[id_] = _item_field(indicator, id_, item.name, dimension)
    return found


def entered_for(framework: Framework, indicator: str) -> tuple[str, ...]:
    """Ids under which the value of an indicator is entered.

    The indicator's own comes first: a value given for it directly goes before
    one computed from its inputs or the items of its checklist, which follow.

    Raises
    ------
    KeyError
        If the framework has no such indicator.
    """
    one = framework.indicators[indicator]
    inputs = (*one.ratio.numerator, *one.ratio.denominator) if one.ratio else ()
    items = (f"{indicator}.{item.id}" for item in one.checklist)
    return tuple(dict.fromkeys((indicator, *inputs, *items)))


def _users(framework: Framework) -> dict[str, str]:
    """The first indicator that is computed from each input."""
    found: dict[str, str] = {}
    for indicator in framework.indicators.values():
        if indicator.ratio is not None:
            for id_ in (*indicator.ratio.numerator, *indicator.ratio.denominator):
                found.setdefault(id_, indicator.id)
    return found


def _dimensions(framework: Framework) -> dict[str, str]:
    """The node below the root above each indicator; itself where it stands there."""
    found: dict[str, str] = {}
    for id_ in framework.indicators:
        node = id_
        while (above := framework.parents[node]) != framework.tree.id:
            node = above
        found[id_] = node
    return found


def _indicator_field(indicator: Indicator, dimension: str) -> Field:
    return Field(
        id=indicator.id,
        kind="indicator",
        name=indicator.name,
        measure=indicator.measure,
        unit_of_measure=indicator.unit_of_measure,
        valid=indicator.valid or _natural_bounds(indicator),
        plausible=indicator.plausible or Bounds(),
        max_yearly_change=indicator.max_yearly_change,
        options=_options(indicator),
        is_required=indicator.required,
        is_shortcut=indicator.ratio is not None or bool(indicator.checklist),
        definition=indicator.definition,
        reporter=indicator.reporter,
        evidence=indicator.evidence,
        indicator=indicator.id,
        dimension=dimension,
    )


def _item_field(indicator: Indicator, id_: str, name: Words, dimension: str) -> Field:
    return Field(
        id=id_,
        kind="item",
        name=name,
        measure="yes_no",
        unit_of_measure=Words(zh="是/否", en="yes / no"),
        valid=Bounds(min=YES_NO[0], max=YES_NO[1]),
        plausible=Bounds(),
        max_yearly_change=None,
        options=(),
        is_required=indicator.required,
        is_shortcut=False,
        definition=indicator.definition,
        reporter=indicator.reporter,
        evidence=indicator.evidence,
        indicator=indicator.id,
        dimension=dimension,
    )


def _options(indicator: Indicator) -> tuple[Option, ...]:
    if indicator.measure == "rubric":
        return tuple(
            Option(code=str(level), name=text, value=float(level))
            for level, text in sorted(indicator.rubric.items())
        )
    return tuple(
        Option(code=choice.code, name=choice.name, value=float(place))
        for place, choice in enumerate(indicator.options, start=1)
    )


def _natural_bounds(indicator: Indicator) -> Bounds:
    match indicator.measure:
        case "percent" | "checklist" | "survey_topbox":
            return Bounds(min=0, max=100)
        case "count":
            return _COUNT_FROM_ZERO
        case "yes_no":
            return Bounds(min=YES_NO[0], max=YES_NO[1])
        case "rubric":
            return Bounds(min=min(indicator.rubric), max=max(indicator.rubric))
        case "survey_mean":
            return Bounds(min=indicator.answers[0], max=indicator.answers[1])
        case "choice":
            return Bounds(min=1, max=len(indicator.options))
        case _:
            return Bounds()
