"""The sheet of values as they were reported: the cells that may be changed."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from govmaturity.framework.fields import Field, fields
from govmaturity.framework.levels import InputGate
from govmaturity.framework.model import Indicator
from govmaturity.report.workbook.cells import DOES_NOT_APPLY, HIDDEN
from govmaturity.report.workbook.sheets import FIRST_ROW, Sheet
from govmaturity.scoring import Scores
from govmaturity.texts import Language, say
from govmaturity.values.raw import MISSING, NOT_APPLICABLE, REPORTED, SUPPRESSED

_VALUE, _SAMPLE = 3, 4


@dataclass
class Entered:
    """Where each entered value stands, and how many answered, as any sheet names the cells."""

    cell: dict[str, str] = field(default_factory=dict)
    sample: dict[str, str] = field(default_factory=dict)


def parts_of(indicator: Indicator) -> tuple[str, ...]:
    """The inputs or items that an indicator is computed from; none where it is entered itself."""
    if indicator.ratio is not None:
        return tuple(dict.fromkeys((*indicator.ratio.numerator, *indicator.ratio.denominator)))
    return tuple(f"{indicator.id}.{item.id}" for item in indicator.checklist)


def ids_of(scores: Scores, row: int) -> list[str]:
    """Ids whose values are needed to score one unit, in the order of the framework's fields.

    An indicator that is computed from parts is listed itself only where a
    value was given for it.
    """
    framework = scores.framework
    wanted: set[str] = set()
    for id_ in scores.plan.indicators:
        indicator = framework.indicators[id_]
        parts = parts_of(indicator)
        wanted |= set(parts)
        if not parts or scores.raw.entered.of(id_)[1][row] != MISSING:
            wanted.add(id_)
        if indicator.denominate is not None:
            wanted.add(indicator.denominate.by)
    wanted |= {gate.input for gate in framework.gates if isinstance(gate, InputGate)}
    return [id_ for id_ in fields(framework) if id_ in wanted]


def write_values(sheet: Sheet, scores: Scores, row: int, language: Language) -> Entered:
    """Write the sheet and say where each value stands."""
    known = fields(scores.framework)
    is_counted = any(
        scores.framework.indicators[id_].min_sample is not None for id_ in scores.plan.indicators
    )
    heads = [("cards.code", 27.0), ("cards.node", 44.0), ("cards.unit_of_measure", 18.0)]
    columns = [(say(key, language), width) for key, width in heads]
    columns += [(say("workbook.value", language), 16.0)]
    columns += [(say("workbook.answered", language), 12.0)] if is_counted else []
    columns += [(say("workbook.note", language), 70.0)]
    sheet.open(
        say("workbook.values_note", language),
        columns,
        (_VALUE, _SAMPLE) if is_counted else (_VALUE,),
    )
    found = Entered()
    for place, id_ in enumerate(ids_of(scores, row)):
        at = FIRST_ROW + place
        one = known[id_]
        value, status = scores.raw.entered.of(id_)
        sheet.write(at, 0, id_)
        sheet.write(at, 1, one.name.in_(language), "wrap")
        sheet.write(at, 2, one.unit_of_measure.in_(language), "wrap")
        sheet.write(at, _VALUE, _as_entered(float(value[row]), int(status[row])), "input")
        found.cell[id_] = sheet.there(at, _VALUE)
        indicator = scores.framework.indicators.get(id_)
        if indicator is not None and indicator.min_sample is not None:
            sheet.write(at, _SAMPLE, _answered(scores, id_, row), "input")
            found.sample[id_] = sheet.there(at, _SAMPLE)
        sheet.write(at, len(columns) - 1, _note(one, indicator, language), "wrap")
    return found


def _as_entered(value: float, status: int) -> float | str | None:
    marks = {NOT_APPLICABLE: DOES_NOT_APPLY, SUPPRESSED: HIDDEN}
    return value if status == REPORTED else marks.get(status)


def _answered(scores: Scores, id_: str, row: int) -> float | None:
    entered = scores.raw.entered
    if id_ not in entered.ids:
        return None
    number = float(entered.sample[entered.ids[id_], row])
    return number if np.isfinite(number) else None


def _note(one: Field, indicator: Indicator | None, language: Language) -> str:
    notes = []
    if one.is_shortcut:
        notes.append(say("workbook.note_direct", language))
    if one.measure == "yes_no":
        notes.append(say("workbook.note_yes_no", language))
    if one.options:
        told = "; ".join(
            f"{option.value:g} = {option.name.in_(language)}" for option in one.options
        )
        notes.append(told)
    if indicator is not None and indicator.min_sample is not None:
        notes.append(say("workbook.note_sample", language, least=indicator.min_sample))
    return " ".join(notes)
