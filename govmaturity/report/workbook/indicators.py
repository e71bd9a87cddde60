"""The sheet of indicators: from reported values to scores."""

from __future__ import annotations

from dataclasses import dataclass

from govmaturity.framework.methods import Screen
from govmaturity.framework.model import Indicator
from govmaturity.report.workbook import normal
from govmaturity.report.workbook.cells import (
    DOES_NOT_APPLY,
    NOTHING,
    Live,
    any_is,
    figure,
    if_number,
    literal,
    marks_of,
    reported,
)
from govmaturity.report.workbook.entered import Entered, parts_of
from govmaturity.report.workbook.lookups import Lookups
from govmaturity.report.workbook.sampled import sampled
from govmaturity.report.workbook.sheets import FIRST_ROW, Sheet
from govmaturity.report.workbook.treated import treated
from govmaturity.scoring import Scores
from govmaturity.scoring.normalise.apply import goalposts
from govmaturity.texts import Language, say

_ID, _NAME, _UNIT, _RAW, _USED, _METHOD, _WORST, _BEST, _SCORE, _NOTE = range(10)
_SHARE_NOISE = "1E-9"


@dataclass(frozen=True)
class Placed:
    """Where the raw value and the score of each indicator stand, as any sheet names the cells."""

    raw: dict[str, str]
    score: dict[str, str]


def write_indicators(
    sheet: Sheet,
    scores: Scores,
    row: int,
    entered: Entered,
    lookups: Lookups,
    language: Language,
) -> Placed:
    """Write the sheet and say where raw values and scores stand."""
    heads = [
        ("cards.code", 24.0),
        ("cards.indicator", 44.0),
        ("cards.unit_of_measure", 18.0),
        ("cards.raw", 14.0),
        ("workbook.used", 14.0),
        ("cards.normalise", 18.0),
        ("workbook.worst", 12.0),
        ("workbook.best", 12.0),
        ("cards.score", 12.0),
        ("workbook.note", 46.0),
    ]
    columns = [(say(key, language), width) for key, width in heads]
    sheet.open(
        say("workbook.indicators_note", language), columns, (_RAW, _USED, _WORST, _BEST, _SCORE)
    )
    last = FIRST_ROW + len(scores.plan.indicators) - 1
    screen = _write_screen(sheet, scores, row, last, language)
    raws: dict[str, str] = {}
    found: dict[str, str] = {}
    for place, id_ in enumerate(scores.plan.indicators):
        at = FIRST_ROW + place
        indicator = scores.framework.indicators[id_]
        name = indicator.name.in_(language)
        method = scores.framework.settings[id_].normalise.method
        sheet.write(at, _ID, id_)
        sheet.write(at, _NAME, name, "wrap")
        sheet.write(at, _UNIT, indicator.unit_of_measure.in_(language), "wrap")
        value, status = float(scores.raw.value[place, row]), int(scores.raw.status[place, row])
        raw = f"={raw_formula(indicator, entered)}"
        sheet.write(at, _RAW, Live(raw, reported(value, status)), "raw")
        notes = _write_used(sheet, scores, row, place, screen, language)
        sheet.write(at, _METHOD, say(f"cards.{method}", language))
        notes += _write_score(sheet, scores, row, place, lookups, language)
        sheet.write(at, _NOTE, " ".join(notes), "wrap")
        raws[id_], found[id_] = sheet.there(at, _RAW), sheet.there(at, _SCORE)
    return Placed(raws, found)


def raw_formula(indicator: Indicator, entered: Entered) -> str:
    """The raw value from what was entered, as `govmaturity.values.raw` finds it."""
    own = entered.cell.get(indicator.id)
    parts = [entered.cell[id_] for id_ in parts_of(indicator)]
    if indicator.ratio is not None:
        found = _ratio(indicator, parts, entered)
    elif parts:
        found = _share_met(parts)
    else:
        found = _as_it_is(own or "")
    if parts and own is not None:
        found = f'IF({found}="{NOTHING}",{_as_it_is(own)},{found})'
    if indicator.min_sample is not None and indicator.id in entered.sample:
        n = entered.sample[indicator.id]
        too_few = f"AND(ISNUMBER({n}),ISNUMBER({own}),{n}<{indicator.min_sample})"
        found = f'IF({too_few},"{NOTHING}",{found})'
    if indicator.denominate is not None:
        by, times = entered.cell[indicator.denominate.by], literal(indicator.denominate.times)
        divided = f'IF({by}=0,"{DOES_NOT_APPLY}",{found}*{times}/{by})'
        told = f"IF(ISNUMBER({by}),{divided},{marks_of(by)})"
        found = f"IF(ISNUMBER({found}),{told},{found})"
    return found


def _as_it_is(cell: str) -> str:
    return f"IF(ISNUMBER({cell}),{cell},{marks_of(cell)})"


def _ratio(indicator: Indicator, parts: list[str], entered: Entered) -> str:
    ratio = indicator.ratio
    if ratio is None:
        return ""
    top = "+".join(entered.cell[id_] for id_ in ratio.numerator)
    bottom = "+".join(entered.cell[id_] for id_ in ratio.denominator)
    top = f"({top})" if len(ratio.numerator) > 1 else top
    bottom = f"({bottom})" if len(ratio.denominator) > 1 else bottom
    times = "" if ratio.times == 1 else f"*{literal(ratio.times)}"
    there = f"COUNT({','.join(parts)})={len(parts)}"
    value = f'IF({bottom}=0,"{DOES_NOT_APPLY}",{top}/{bottom}{times})'
    return f"IF({there},{value},{_lacking(parts)})"


def _share_met(parts: list[str]) -> str:
    """The items of a checklist stand below one another."""
    items = f"{parts[0]}:{parts[-1].split('!')[1]}"
    apply = f'({len(parts)}-COUNTIF({items},"{DOES_NOT_APPLY}"))'
    share = f'IF(COUNT({items})={apply},100*SUM({items})/{apply},"{NOTHING}")'
    return f'IF({apply}=0,"{DOES_NOT_APPLY}",{share})'


def _lacking(parts: list[str]) -> str:
    """What a value says that lacks a part: does not apply before hidden before missing."""
    hidden = f'IF({any_is(parts, "*")},"*","{NOTHING}")'
    return f'IF({any_is(parts, DOES_NOT_APPLY)},"{DOES_NOT_APPLY}",{hidden})'


def _write_screen(
    sheet: Sheet, scores: Scores, row: int, last: int, language: Language
) -> str | None:
    """Whether the unit reported too little to be scored, where the framework asks: its cell."""
    limits = scores.framework.screen
    if limits == Screen():
        return None
    raws = sheet.span(FIRST_ROW, last, _RAW)
    number = last - FIRST_ROW + 1
    apply = f'({number}-COUNTIF({raws},"{DOES_NOT_APPLY}"))'
    few = f"COUNT({raws})<({literal(limits.min_available)}-{_SHARE_NOISE})*{apply}"
    nonzero = f"COUNT({raws})-COUNTIF({raws},0)"
    empty = f"{nonzero}<({literal(limits.min_nonzero)}-{_SHARE_NOISE})*COUNT({raws})"
    at = last + 2
    sheet.write(at, _NAME, say("workbook.screened", language), is_bold=True)
    live = Live(f"=IF(OR({few},{empty}),1,0)", float(scores.screened[row]))
    sheet.write(at, _USED, live, "level")
    return sheet.here(at, _USED)


def _write_used(
    sheet: Sheet, scores: Scores, row: int, place: int, screen: str | None, language: Language
) -> list[str]:
    """The value that is normalised: the raw one, but for outliers and gaps."""
    at = FIRST_ROW + place
    raw = sheet.here(at, _RAW)
    notes: list[str] = []
    formula, note = treated(scores, place, raw)
    notes += [say(f"workbook.{note}", language)] if note else []
    gap = f'"{NOTHING}"'
    value = figure(float(scores.value[place, row]))
    if scores.imputed[place, row]:
        gap = f'IF({raw}="{NOTHING}",{literal(float(scores.value[place, row]))},"{NOTHING}")'
        notes.append(say("workbook.note_imputed", language))
    whole = f"IF(ISNUMBER({raw}),{formula},{gap})"
    if screen is not None:
        whole = f'IF({screen}=1,"{NOTHING}",{whole})'
    sheet.write(at, _USED, Live(f"={whole}", value), "raw")
    return notes


def _write_score(
    sheet: Sheet, scores: Scores, row: int, place: int, lookups: Lookups, language: Language
) -> list[str]:
    """The score by the method in force; what it looks at is written beside it."""
    at = FIRST_ROW + place
    plan, framework = scores.plan, scores.framework
    id_ = plan.indicators[place]
    indicator = framework.indicators[id_]
    chosen = framework.settings[id_].normalise
    u = sheet.here(at, _USED)
    notes: list[str] = []
    ends = goalposts(framework, indicator)
    if ends is not None:
        for column, end in zip((_WORST, _BEST), ends, strict=True):
            sheet.write(at, column, end, "input")
        cells = sheet.here(at, _WORST), sheet.here(at, _BEST)
        share = normal.fixed_share(chosen, u, *cells, is_rising=ends[0] < ends[1])
        right = normal.on_scale(chosen, share, framework.scale)
    elif chosen.method == "identity":
        right = u
    elif chosen.method == "points":
        options = [option.points for option in indicator.options]
        cells_of = lookups.add(f"{id_} · {say('cards.points', language)}", options)
        right = normal.points(u, cells_of, len(options))
    elif chosen.method == "thresholds":
        limits = lookups.add(f"{id_} · {say('cards.thresholds', language)}", chosen.thresholds)
        given = lookups.add(f"{id_} · {say('cards.score', language)}", chosen.scores)
        right = normal.thresholds(u, limits, given)
    elif chosen.method == "target_band":
        right = normal.on_scale(
            chosen, normal.fixed_share(chosen, u, "", "", is_rising=True), framework.scale
        )
    else:
        right = sampled(scores, row, place, sheet.there(at, _USED), lookups, language)
        notes.append(say("workbook.note_sampled", language))
    result = figure(float(scores.of(id_)[row]))
    sheet.write(at, _SCORE, Live(f"={if_number(u, right)}", result), "score")
    return notes
