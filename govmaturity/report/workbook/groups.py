"""The sheet of groups: from the scores of parts to the score of the whole, block by block."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from govmaturity.report.workbook import means
from govmaturity.report.workbook.cells import (
    DOES_NOT_APPLY,
    NOTHING,
    Live,
    figure,
    if_number,
)
from govmaturity.report.workbook.indicators import Placed
from govmaturity.report.workbook.means import Block, Method
from govmaturity.report.workbook.sheets import FIRST_ROW, Sheet
from govmaturity.scoring import Scores
from govmaturity.scoring.plan import GroupPlan
from govmaturity.texts import Language, say
from govmaturity.values.raw import NOT_APPLICABLE, REPORTED

Floats = NDArray[np.float64]
_ID, _NAME, _WEIGHT, _SCORE, _FORCE, _STEP, _STEP2, _THERE, _APPLIES, _COVERAGE, _LEAST, _NOTE = (
    range(12)
)
_COVERAGE_NOISE: Final = "1E-9"


@dataclass(frozen=True)
class Share:
    """What is there of a node, and what applies to it, as shares of its own weight."""

    there: float
    applies: float


def write_groups(
    sheet: Sheet, scores: Scores, row: int, indicators: Placed, language: Language
) -> tuple[dict[str, str], dict[str, str]]:
    """Write the sheet; say where the score and the coverage of each group stand."""
    heads = [
        ("cards.code", 24.0),
        ("cards.node", 44.0),
        ("workbook.weight", 10.0),
        ("cards.score", 11.0),
        ("workbook.in_force", 11.0),
        ("workbook.step_1", 12.0),
        ("workbook.step_2", 12.0),
        ("workbook.there", 10.0),
        ("workbook.applies", 10.0),
        ("widgets.coverage", 10.0),
        ("workbook.least_coverage", 10.0),
        ("workbook.note", 46.0),
    ]
    columns = [(say(key, language), width) for key, width in heads]
    sheet.open(say("workbook.groups_note", language), columns, range(_WEIGHT, _NOTE))
    order = sorted(scores.plan.groups, key=lambda group: group.place)
    at: dict[str, int] = {}
    free = FIRST_ROW
    for group in order:
        at[group.id] = free
        free += len(group.children) + 2
    shares = _shares(scores, row)
    for group in order:
        _write_block(sheet, scores, row, group, at, indicators, shares, language)
    return (
        {id_: sheet.there(first, _SCORE) for id_, first in at.items()},
        {id_: sheet.there(first, _COVERAGE) for id_, first in at.items()},
    )


def _shares(scores: Scores, row: int) -> dict[str, Share]:
    """What is there and what applies, node by node from the indicators up."""
    status = scores.raw.status[:, row]
    found = {
        id_: Share(float(one == REPORTED), float(one != NOT_APPLICABLE))
        for id_, one in zip(scores.plan.indicators, status, strict=True)
    }
    for group in scores.plan.groups:
        children = [found[scores.plan.nodes[place]] for place in group.children]
        weights = group.weights.tolist()
        found[group.id] = Share(
            sum(w * child.there for w, child in zip(weights, children, strict=True)),
            sum(w * child.applies for w, child in zip(weights, children, strict=True)),
        )
    return found


def _write_block(
    sheet: Sheet,
    scores: Scores,
    row: int,
    group: GroupPlan,
    at: dict[str, int],
    indicators: Placed,
    shares: dict[str, Share],
    language: Language,
) -> None:
    """One group: its own row, then a row for each part."""
    plan, top = scores.plan, at[group.id]
    first, last = top + 1, top + len(group.children)
    block = Block(
        sheet.span(first, last, _SCORE),
        sheet.span(first, last, _FORCE),
        (sheet.here(top, _STEP), sheet.here(top, _STEP2)),
        (sheet.span(first, last, _STEP), sheet.span(first, last, _STEP2)),
    )
    method = means.method_of(group.aggregate, scores.framework.scale)
    parts = scores.score[list(group.children), row]
    is_there = ~np.isnan(parts)
    total = float(group.weights[is_there].sum())
    force = np.where(is_there, group.weights, 0.0) / (total or 1.0)
    steps = np.full((2, len(parts)), np.nan)
    if method is not None and is_there.any():
        for number, figures in enumerate(method.figures(parts[is_there], force[is_there])):
            steps[number, is_there] = figures
    weights = sheet.span(first, last, _WEIGHT)
    for place, child in enumerate(group.children):
        line, id_ = first + place, plan.nodes[child]
        sheet.write(line, _ID, id_)
        sheet.write(line, _NAME, plan.name(id_).in_(language), "wrap")
        sheet.write(line, _WEIGHT, float(group.weights[place]), "input")
        link = indicators.score[id_] if id_ in indicators.score else sheet.here(at[id_], _SCORE)
        sheet.write(line, _SCORE, Live(f"={link}", figure(float(parts[place]))), "score")
        score, weight = sheet.here(line, _SCORE), sheet.here(line, _FORCE)
        own = sheet.here(line, _WEIGHT)
        present = f"SUMPRODUCT(--ISNUMBER({_fixed(block.scores)}),{_fixed(weights)})"
        in_force = Live(f"=IF(ISNUMBER({score}),{own}/{present},0)", float(force[place]))
        sheet.write(line, _FORCE, in_force, "weight")
        for number, step in enumerate(method.steps if method else ()):
            formula = if_number(score, step(score, weight, _fixed_block(block)))
            cell = Live(f"={formula}", figure(float(steps[number, place])))
            sheet.write(line, _STEP + number, cell, "weight")
        _write_share(sheet, line, id_, at, indicators, shares[id_])
    _write_total(sheet, scores, row, group, top, block, method, steps, weights, language)
    _write_coverage(sheet, scores, row, group, top, weights, shares[group.id])


def _write_share(
    sheet: Sheet,
    line: int,
    id_: str,
    at: dict[str, int],
    indicators: Placed,
    share: Share,
) -> None:
    """What is there of a part, and what applies to the unit."""
    if id_ in indicators.raw:
        raw = indicators.raw[id_]
        there, applies = f"=IF(ISNUMBER({raw}),1,0)", f'=IF({raw}="{DOES_NOT_APPLY}",0,1)'
    else:
        there = f"={sheet.here(at[id_], _THERE)}"
        applies = f"={sheet.here(at[id_], _APPLIES)}"
    sheet.write(line, _THERE, Live(there, share.there), "share")
    sheet.write(line, _APPLIES, Live(applies, share.applies), "share")


def _write_total(
    sheet: Sheet,
    scores: Scores,
    row: int,
    group: GroupPlan,
    top: int,
    block: Block,
    method: Method | None,
    steps: Floats,
    weights: str,
    language: Language,
) -> None:
    """The row of a group: its score, the sums it is made of, how."""
    chosen = group.aggregate
    sheet.write(top, _ID, group.id, is_bold=True)
    sheet.write(top, _NAME, scores.plan.name(group.id).in_(language), "wrap", is_bold=True)
    first, last = top + 1, top + len(group.children)
    sheet.write(
        top,
        _WEIGHT,
        Live(f"=SUM({weights})", float(group.weights.sum())),
        "score",
        is_bold=True,
    )
    result = figure(float(scores.score[group.place, row]))
    if method is None:
        sheet.write(top, _SCORE, result, "score", is_bold=True)
        note = say("workbook.how_value", language)
    else:
        covered = f"{sheet.here(top, _COVERAGE)}<{sheet.here(top, _LEAST)}-{_COVERAGE_NOISE}"
        total = means.guarded(chosen, block, method.total(block))
        score = f'=IF(COUNT({block.scores})=0,"{NOTHING}",IF({covered},"{NOTHING}",{total}))'
        sheet.write(top, _SCORE, Live(score, result), "score", is_bold=True)
        note = say(f"workbook.how_{chosen.method}", language)
    sheet.write(top, _FORCE, None, is_bold=True)
    for number, column in enumerate((_STEP, _STEP2)):
        is_summed = method is not None and method.has_sums and number < len(method.steps)
        summed = Live(f"=SUM({sheet.span(first, last, column)})", float(np.nansum(steps[number])))
        sheet.write(top, column, summed if is_summed else None, "score", is_bold=True)
    sheet.write(top, _NOTE, note, "wrap", is_bold=True)


def _write_coverage(
    sheet: Sheet,
    scores: Scores,
    row: int,
    group: GroupPlan,
    top: int,
    weights: str,
    share: Share,
) -> None:
    first, last = top + 1, top + len(group.children)
    for column, figure_ in ((_THERE, share.there), (_APPLIES, share.applies)):
        shares = sheet.span(first, last, column)
        summed = f"=SUMPRODUCT({weights},{shares})/SUM({weights})"
        sheet.write(top, column, Live(summed, figure_), "share", is_bold=True)
    there, applies = sheet.here(top, _THERE), sheet.here(top, _APPLIES)
    coverage = Live(
        f'=IF({applies}>0,{there}/{applies},"{NOTHING}")',
        figure(float(scores.coverage[group.place, row])),
    )
    sheet.write(top, _COVERAGE, coverage, "share", is_bold=True)
    sheet.write(top, _LEAST, group.min_coverage, "share", is_bold=True)


def _fixed(span: str) -> str:
    """A cell or range that stays where it is when a formula is copied down."""
    return re.sub(r"([A-Z]+)([0-9]+)", r"$\1$\2", span)


def _fixed_block(block: Block) -> Block:
    return Block(
        _fixed(block.scores),
        _fixed(block.in_force),
        (_fixed(block.sums[0]), _fixed(block.sums[1])),
        (_fixed(block.steps[0]), _fixed(block.steps[1])),
    )
