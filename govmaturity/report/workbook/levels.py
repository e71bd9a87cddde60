"""The sheet of levels: their bands, and the gates that cap or withhold them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from govmaturity.framework.levels import CoverageGate, InputGate
from govmaturity.report import gates
from govmaturity.report.workbook.cells import NOTHING, Live, figure, reported
from govmaturity.report.workbook.sheets import FIRST_ROW, Sheet, Style
from govmaturity.scoring import Scores
from govmaturity.scoring.level import GateEffect, bands
from govmaturity.texts import Language, say

_COVERAGE_NOISE: Final = "1E-9"
_RULE, _NODE, _LOOKS, _LIMIT, _ALLOWED = range(5)


def write_levels(
    sheet: Sheet,
    scores: Scores,
    row: int,
    entered: Mapping[str, str],
    coverage: Mapping[str, str],
    before: Mapping[str, str],
    language: Language,
) -> tuple[str, dict[str, list[str]]]:
    """Write the sheet.

    Parameters
    ----------
    entered, coverage, before : mapping of id to cell
        Entered values, coverage of nodes, and their levels before any gate.

    Returns
    -------
    starts : str
        Range of the lower edges of all levels but the first; blank where there is but one.
    caps : dict of node to list of cells
        What each gate allows it.
    """
    framework = scores.framework
    columns = [
        (say("charts.level", language), 46.0),
        (say("workbook.from", language), 26.0),
        (say("workbook.to", language), 14.0),
    ]
    columns += [("", 14.0), ("", 14.0)] if scores.gates else []
    sheet.open(say("workbook.levels_note", language), columns, (1, 2))
    for place, level in enumerate(framework.levels):
        at = FIRST_ROW + place
        sheet.write(at, 0, f"{place + 1} {level.name.in_(language)}")
        sheet.write(at, 1, level.start, "input")
        sheet.write(at, 2, level.end, "number")
    last = FIRST_ROW + len(framework.levels) - 1
    starts = sheet.span_there(FIRST_ROW + 1, last, 1) if last > FIRST_ROW else ""
    caps: dict[str, list[str]] = {}
    if not scores.gates:
        return starts, caps
    top = last + 2
    heads = ("gate", "gate_node", "gate_looks", "gate_limit", "gate_allows")
    for place, key in enumerate(heads):
        style: Style = "text" if place < _LOOKS else "number"
        sheet.write(top, place, say(f"workbook.{key}", language), style, is_bold=True)
    for number, effect in enumerate(scores.gates):
        at = top + 1 + number
        _write_gate(sheet, scores, row, at, effect, entered, coverage, before, language)
        caps.setdefault(effect.node, []).append(sheet.there(at, _ALLOWED))
    return starts, caps


def _write_gate(
    sheet: Sheet,
    scores: Scores,
    row: int,
    at: int,
    effect: GateEffect,
    entered: Mapping[str, str],
    coverage: Mapping[str, str],
    before: Mapping[str, str],
    language: Language,
) -> None:
    """One gate at one node: what it looks at, its limit, the level it allows (0 for none)."""
    gate = next(one for one in scores.framework.gates if one.id == effect.gate)
    highest = len(scores.framework.levels)
    looks, limit = sheet.here(at, _LOOKS), sheet.here(at, _LIMIT)
    value: float | str
    if isinstance(gate, CoverageGate):
        source, value = coverage[effect.node], figure(float(scores.coverage_of(effect.node)[row]))
        given = gate.below
        allowed = f"IF({looks}<{limit}-{_COVERAGE_NOISE},0,{highest})"
    elif isinstance(gate, InputGate):
        number, status = scores.raw.entered.of(gate.input)
        source, value = entered[gate.input], reported(float(number[row]), int(status[row]))
        source = f'IF(ISNUMBER({source}),{source},IF({source}="","{NOTHING}",{source}))'
        given = gate.above
        allowed = f"IF(ISNUMBER({looks}),IF({looks}>{limit},{gate.max_level},{highest}),{highest})"
    else:
        children = scores.plan.children(effect.node)
        source = f"MIN({highest},{','.join(before[child] for child in children)})"
        value = _weakest(scores, row, children)
        given = float(gate.plus)
        allowed = f"MAX(1,MIN({highest},{looks}+{limit}))"
    rule = gates.rule(scores.framework, gate, language)
    sheet.write(at, _RULE, f"{gate.name.in_(language)}: {rule}", "wrap")
    sheet.write(at, _NODE, scores.plan.name(effect.node).in_(language), "wrap")
    sheet.write(at, _LOOKS, Live(f"={source}", value), "raw")
    sheet.write(at, _LIMIT, given, "input")
    sheet.write(at, _ALLOWED, Live(f"={allowed}", float(effect.cap[row])), "level")


def _weakest(scores: Scores, row: int, children: tuple[str, ...]) -> float:
    """The lowest level of some nodes before any gate, the highest there is where none has one."""
    found = [int(bands(scores.framework, scores.of(child))[row]) for child in children]
    return float(min([one for one in found if one], default=len(scores.framework.levels)))
