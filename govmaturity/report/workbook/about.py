"""The first sheet: what the workbook is about, what came out, how to read and change it."""

from __future__ import annotations

from govmaturity import __version__
from govmaturity.report.tables import made_at
from govmaturity.report.workbook.cells import Live, figure
from govmaturity.report.workbook.means import method_of
from govmaturity.report.workbook.results import Results, level_figure
from govmaturity.report.workbook.sheets import FIRST_ROW, Sheet, Style
from govmaturity.scoring import Scores
from govmaturity.texts import Language, say
from govmaturity.values.table import SIMULATED


def write_about(
    sheet: Sheet,
    scores: Scores,
    row: int,
    results: Results,
    name: str,
    language: Language,
    *,
    is_simulated: bool,
) -> None:
    """Write the sheet: facts, the score and level of the whole (live), then how to read."""
    framework, plan = scores.framework, scores.plan
    heads = [(say("cards.item", language), 30.0), (say("cards.content", language), 110.0)]
    sheet.open(say("workbook.about_note", language), heads)
    unit = str(scores.unit[row])
    made = made_at()
    root = plan.root
    facts: list[tuple[str, object]] = [
        ("workbook.unit", f"{name} ({unit})" if name != unit else unit),
        ("workbook.period", str(scores.period[row])),
        ("cards.score", Live(f"={results.score(root)}", figure(float(scores.of(root)[row])))),
    ]
    if framework.levels:
        level = level_figure(int(scores.level_of(root)[row]))
        facts.append(("charts.level", Live(f"={results.level(root)}", level)))
    rank, ranked = int(scores.rank_of(root)[row]), _ranked(scores, row)
    if scores.has_ranks and rank:
        facts.append(("workbook.rank", say("workbook.of", language, rank=rank, n=ranked)))
    facts += [
        (
            "export.framework",
            f"{framework.name.in_(language)} ({framework.id} {framework.version})",
        ),
        ("export.fingerprint", framework.fingerprint),
        ("export.source", framework.source.in_(language)),
        ("export.weights", plan.weights or ""),
        ("export.profile", plan.profile or ""),
        ("export.lens", plan.lens or ""),
        ("export.software", f"govmaturity {__version__}"),
        ("export.made_at", f"{made:%Y-%m-%d %H:%M:%S} UTC" if made else ""),
        ("export.data_note", SIMULATED if is_simulated else ""),
    ]
    at = FIRST_ROW
    for key, content in facts:
        if content != "":
            sheet.write(at, 0, say(key, language))
            is_live = isinstance(content, Live)
            style: Style = "wrap" if not is_live else "headline" if key == "cards.score" else "text"
            sheet.write(at, 1, content, style, is_bold=is_live)
            at += 1
    at += 1
    sheet.write(at, 0, say("workbook.how_to_read", language), is_bold=True)
    sheet.write(at, 1, "", is_bold=True)
    for number, sentence in enumerate(_reading(scores, language), start=1):
        sheet.write(at + number, 0, str(number))
        sheet.write(at + number, 1, sentence, "wrap")


def _ranked(scores: Scores, row: int) -> int:
    """How many units of the same period have a rank."""
    here = scores.period == scores.period[row]
    return int((scores.rank_of(scores.plan.root)[here] > 0).sum())


def _reading(scores: Scores, language: Language) -> list[str]:
    """How to read the workbook, and what of it does not follow a changed value."""
    settings, plan = scores.framework.settings, scores.plan
    lines = [say("workbook.read_change", language), say("workbook.read_marks", language)]
    lines.append(say("workbook.read_order", language))
    held = [
        group.id
        for group in plan.groups
        if method_of(group.aggregate, scores.framework.scale) is None
    ]
    if held:
        lines.append(say("workbook.read_held", language, nodes=", ".join(held)))
    if scores.weighed:
        groups = ", ".join(one.group for one in scores.weighed)
        lines.append(say("workbook.read_weighed", language, nodes=groups))
    if scores.treatments:
        ids = ", ".join(one.indicator for one in scores.treatments)
        lines.append(say("workbook.read_treated", language, nodes=ids))
    if any(settings[id_].impute for id_ in plan.indicators):
        lines.append(say("workbook.read_imputed", language))
    lines.append(say("workbook.read_rank", language))
    return lines
