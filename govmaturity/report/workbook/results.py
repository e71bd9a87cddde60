"""The sheet of results: score, coverage and level of every node in one table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from govmaturity.report.workbook.cells import (
    DOES_NOT_APPLY,
    NOTHING,
    Live,
    figure,
    if_number,
    literal,
)
from govmaturity.report.workbook.indicators import Placed
from govmaturity.report.workbook.sheets import FIRST_ROW, Sheet
from govmaturity.scoring import Scores
from govmaturity.scoring.level import NO_LEVEL, bands
from govmaturity.scoring.rank import TIE
from govmaturity.texts import Language, say

_ID, _NAME, _SCORE, _COVERAGE, _BEFORE, _LEVEL = range(6)


@dataclass(frozen=True)
class Results:
    """The sheet in the making: its cells are known before anything is written."""

    sheet: Sheet
    scores: Scores
    row: int
    language: Language

    def _line(self, node: str) -> int:
        return FIRST_ROW + self.scores.plan.place(node)

    def before_gates(self) -> dict[str, str]:
        """Where the level of each node before any gate stands."""
        nodes = self.scores.plan.nodes
        return {node: self.sheet.there(self._line(node), _BEFORE) for node in nodes}

    def score(self, node: str) -> str:
        """Where the score of a node stands."""
        return self.sheet.there(self._line(node), _SCORE)

    def level(self, node: str) -> str:
        """Where the level of a node stands."""
        return self.sheet.there(self._line(node), _LEVEL)

    def coverage(self, node: str) -> str:
        """Where the coverage of a node stands."""
        return self.sheet.there(self._line(node), _COVERAGE)

    def write(
        self,
        indicators: Placed,
        group_scores: Mapping[str, str],
        group_coverage: Mapping[str, str],
        starts: str,
        caps: Mapping[str, Sequence[str]],
    ) -> None:
        """Write the sheet; without levels it has no column of them."""
        heads = [
            ("cards.code", 22.0),
            ("cards.node", 50.0),
            ("cards.score", 12.0),
            ("widgets.coverage", 12.0),
        ]
        if self.scores.framework.levels:
            heads += [("workbook.level_before", 14.0), ("charts.level", 12.0)]
        columns = [(say(key, self.language), width) for key, width in heads]
        self.sheet.open(say("workbook.results_note", self.language), columns, range(2, 6))
        for node in self.scores.plan.nodes:
            raw = indicators.raw.get(node)
            if raw is not None:
                score = indicators.score[node]
                covered = f'IF(ISNUMBER({raw}),1,IF({raw}="{DOES_NOT_APPLY}","{NOTHING}",0))'
            else:
                score, covered = group_scores[node], group_coverage[node]
            self._write_node(node, score, covered, starts, caps.get(node, ()))

    def _write_node(
        self, node: str, score: str, covered: str, starts: str, caps: Sequence[str]
    ) -> None:
        sheet, scores, row, at = self.sheet, self.scores, self.row, self._line(node)
        plan = scores.plan
        is_group = plan.group(node) is not None
        sheet.write(at, _ID, node, is_bold=is_group)
        sheet.write(at, _NAME, plan.name(node).in_(self.language), "wrap", is_bold=is_group)
        sheet.write(
            at,
            _SCORE,
            Live(f"={score}", figure(float(scores.of(node)[row]))),
            "score",
            is_bold=is_group,
        )
        coverage = figure(float(scores.coverage_of(node)[row]))
        sheet.write(at, _COVERAGE, Live(f"={covered}", coverage), "share", is_bold=is_group)
        if not scores.framework.levels:
            return
        tie = literal(TIE * scores.framework.width)
        found = sheet.here(at, _SCORE)
        steps = f"1+SUMPRODUCT(--({found}+{tie}>={starts}))" if starts else "1"
        band = int(bands(scores.framework, scores.of(node))[row])
        sheet.write(
            at,
            _BEFORE,
            Live(f"={if_number(found, steps)}", level_figure(band)),
            "level",
            is_bold=is_group,
        )
        before = sheet.here(at, _BEFORE)
        after = before
        if caps:
            least = f"MIN({before},{','.join(caps)})"
            after = if_number(before, f'IF({least}=0,"{NOTHING}",{least})')
        level = level_figure(int(scores.level_of(node)[row]))
        sheet.write(at, _LEVEL, Live(f"={after}", level), "level", is_bold=is_group)


def level_figure(level: int) -> float | str:
    """A level as a cell holds it: the dash where there is none."""
    return NOTHING if level == NO_LEVEL else float(level)
