"""What a template asks, of whom and for when, before any sheet is written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from govmaturity.framework.fields import Field, fields
from govmaturity.framework.model import Framework, Group, Words
from govmaturity.intake.files import limits
from govmaturity.intake.table.cells import clean
from govmaturity.intake.table.periods import read_period, years
from govmaturity.intake.template.stamp import LastValues, Layout, Stamp
from govmaturity.texts import Language, say
from govmaturity.values.table import Values

_KINDS: Final = ("input", "indicator", "item")
# Columns and rows that a sheet has beside its fields and units; more than either layout has.
_MARGIN: Final = 16
# What no cell of a workbook can hold; names can come from a file of the user's.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Plan:
    """A template before it is written; `fields` in the order in which they are asked."""

    framework: Framework
    units: tuple[tuple[str, str], ...]
    period: str
    reporter: str | None
    language: Language
    fields: tuple[Field, ...]
    last_period: str
    last: LastValues

    @property
    def layout(self) -> Layout:
        """Several units stand below one another; one unit has its fields there."""
        return "one_unit" if len(self.units) == 1 else "wide"

    @property
    def title(self) -> str:
        return say("template.title", self.language, name=self.framework.name.in_(self.language))

    @property
    def stamp(self) -> Stamp:
        """What the version sheet says."""
        return Stamp(
            self.framework.id,
            self.framework.version,
            self.framework.fingerprint,
            self.period,
            self.reporter,
            self.layout,
            self.units,
            tuple(field.id for field in self.fields),
            self.last_period,
            self.last,
        )

    def heading(self, field: Field) -> str:
        """The dimension of a field; context for what belongs to none."""
        if not field.dimension:
            return say("template.context", self.language)
        node = self.framework.nodes[field.dimension]
        # An indicator right below the root is no heading of its own.
        named = node if isinstance(node, Group) else self.framework.tree
        return named.name.in_(self.language)

    def label(self, field: Field) -> str:
        """The name of a field; of an item of a checklist with the indicator before it."""
        name = field.name.in_(self.language)
        if field.kind != "item":
            return name
        indicator = self.framework.indicators[field.indicator].name.in_(self.language)
        return say("template.item", self.language, indicator=indicator, item=name)

    def reporter_name(self) -> str:
        """The reporter in the language of the template; blank for everybody."""
        known = {words: words.in_(self.language) for words in _reporters(self.fields)}
        return next(
            (name for words, name in known.items() if self.reporter in (words.zh, words.en)), ""
        )


def plan_template(
    framework: Framework,
    units: Sequence[tuple[str, str]],
    period: str,
    *,
    reporter: str | None = None,
    last: Values | None = None,
    language: Language = "zh",
) -> Plan:
    """Settle what a template asks; see `make_template` for the parameters and errors."""
    told = read_period(period)
    if told is None:
        raise ValueError(f"period has to be like 2024, 2024-H1, 2024-Q3 or 2024-06, got {period!r}")
    ids = [unit for unit, _ in units]
    if not ids:
        raise ValueError("a template needs at least one unit, got none")
    if len(set(ids)) < len(ids):
        twice = sorted({unit for unit in ids if ids.count(unit) > 1})[:10]
        raise ValueError(f"each unit can be in a template once, got twice: {', '.join(twice)}")
    asked = _asked(framework, reporter)
    last_period, values = _last(last, told, ids, {field.id for field in asked})
    _check_size(len(ids), len(asked), has_last=bool(values))
    return Plan(
        framework,
        tuple((unit, clean(_CONTROL.sub("", name))[0]) for unit, name in units),
        told,
        reporter,
        language,
        asked,
        last_period,
        values,
    )


def _asked(framework: Framework, reporter: str | None) -> tuple[Field, ...]:
    """What has to be entered: in the order of the tree, an input before its first indicator."""
    known = [field for field in fields(framework).values() if not field.is_shortcut]
    names = [name for words in _reporters(known) for name in (words.zh, words.en)]
    if reporter is not None and reporter not in names:
        listed = ", ".join(dict.fromkeys(names)) or "none"
        raise ValueError(f"unknown reporter {reporter!r}; the framework names: {listed}")
    place = {id_: number for number, id_ in enumerate(framework.indicators)}

    def order(field: Field) -> tuple[int, int]:
        return place.get(field.indicator, -1), _KINDS.index(field.kind)

    mine = [field for field in known if reporter is None or field.is_reported_by(reporter)]
    if not mine:
        raise ValueError(f"nothing is asked of {reporter!r} in the framework {framework.id}")
    return tuple(sorted(mine, key=order))


def _reporters(known: Sequence[Field]) -> list[Words]:
    found = {
        (field.reporter.zh, field.reporter.en): field.reporter for field in known if field.reporter
    }
    return list(found.values())


def _last(
    last: Values | None, period: str, units: Sequence[str], asked: set[str]
) -> tuple[str, LastValues]:
    """The latest period before this one, and what was reported then."""
    if last is None:
        return "", {}
    start = years(period)[1]
    before = [one for one in last.periods if years(one)[1] < start]
    if not before:
        return "", {}
    latest = max(before, key=lambda one: years(one)[1])
    table = last.table[(last.table["period"] == latest) & (last.table["status"] == "reported")]
    wanted = set(units)
    found: Mapping[tuple[str, str], float] = {
        (unit, id_): float(value)
        for unit, id_, value in zip(table["unit"], table["indicator"], table["value"], strict=True)
        if unit in wanted and id_ in asked
    }
    return (latest, found) if found else ("", {})


def _check_size(units: int, asked: int, *, has_last: bool) -> None:
    """Refuse what would be refused on its way back: too wide, or too many cells."""
    # Last values stand in a sheet of their own and in the version sheet.
    cells = units * asked * (3 if has_last else 1)
    if units == 1:
        return
    if asked + _MARGIN > limits.MAX_COLUMNS:
        most = limits.MAX_COLUMNS - _MARGIN
        raise ValueError(
            f"{asked} columns are more than the {most} of a table for several units; "
            "make one template per reporter"
        )
    if cells > limits.MAX_CELLS * 3 // 4:
        raise ValueError(
            f"{units} units with {asked} fields make a file that is too large to come back; "
            "split the units over several templates"
        )
