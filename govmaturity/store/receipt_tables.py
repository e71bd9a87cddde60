"""A receipt as tables: on a page, in a workbook to keep, on paper. The same figures in each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

import pandas as pd

from govmaturity.framework.fields import fields
from govmaturity.framework.model import Framework
from govmaturity.report.tables import as_xlsx
from govmaturity.store.figures import Figure
from govmaturity.store.receipt import Change, Part, Receipt, Standing
from govmaturity.texts import Language, numbers, say
from govmaturity.values.table import SIMULATED

NameOf = Callable[[str], str]
Cell = str | int | float | None

_KINDS: Final = ("new", "changed", "removed")


def changes_table(
    parts: Iterable[Part], framework: Framework, language: Language, name_of: NameOf
) -> pd.DataFrame:
    """Every value that is new, changed or removed: old, new, and the cell of the file.

    Figures are as they were given, unrounded; where a value is not a number
    its status stands in words, and nothing where there is no value.
    """
    rows: list[tuple[Cell, ...]] = []
    known = fields(framework)
    for part in parts:
        for kind in _KINDS:
            listed: tuple[Change, ...] = getattr(part, kind)
            for one in listed:
                field = known.get(one.indicator)
                rows.append(
                    (
                        name_of(part.unit),
                        part.unit,
                        part.period,
                        one.indicator,
                        field.name.in_(language) if field else one.indicator,
                        field.unit_of_measure.in_(language) if field else "",
                        say(f"receipt.{kind}", language),
                        shown(one.old, language),
                        shown(one.new, language),
                        one.sheet,
                        one.cell,
                    )
                )
    names = ("name", "unit", "period", "code", "indicator", "unit_of_measure", "change")
    return _table(rows, (*names, "old", "new", "sheet", "cell"), language)


def removed_table(
    receipt: Receipt, framework: Framework, language: Language, name_of: NameOf
) -> pd.DataFrame:
    """The values that would be deleted, each with what it was and the cell that is blank now."""
    gone = [replace(part, changes=part.removed) for part in receipt.parts]
    table = changes_table(gone, framework, language, name_of)
    return table.drop(
        columns=[say(f"receipt.column_{name}", language) for name in ("change", "new")]
    )


def effects_table(
    receipt: Receipt, language: Language, name_of: NameOf, *, width: float | None = None
) -> pd.DataFrame:
    """Of each unit and period: counts of values, and score, level and rank before and after.

    Scores are unrounded; for people to read where the `width` of their scale is given.
    """
    rows: list[tuple[Cell, ...]] = [
        (
            name_of(part.unit),
            part.unit,
            part.period,
            len(part.new),
            len(part.changed),
            len(part.removed),
            part.same,
            *_standing(part.before, language, width),
            *_standing(part.after, language, width),
            part.after.ranked or None,
            part.revision,
        )
        for part in receipt.parts
    ]
    names = ("name", "unit", "period", "new_count", "changed", "removed", "same")
    before = ("score_before", "level_before", "rank_before")
    after = ("score_after", "level_after", "rank_after", "ranked", "revision")
    return _table(rows, (*names, *before, *after), language)


def findings_table(receipt: Receipt, language: Language) -> pd.DataFrame:
    """What was found in the file, and the sender's answers."""
    rows: list[tuple[Cell, ...]] = [
        (
            say(f"receipt.{one.severity}", language),
            one.message_zh if language == "zh" else one.message_en,
            one.justification,
        )
        for one in receipt.questions
    ]
    return _table(rows, ("severity", "finding", "justification"), language)


def left_out_table(receipt: Receipt, language: Language, name_of: NameOf) -> pd.DataFrame:
    """What of the file is not taken: values, and cells of which no value could be told."""
    rows: list[tuple[Cell, ...]] = [
        (
            name_of(one.unit) if one.unit else "",
            one.period,
            one.indicator,
            one.sheet,
            ", ".join(one.cells),
        )
        for one in receipt.left_out
    ]
    return _table(rows, ("name", "period", "code", "sheet", "cells"), language)


def without_empty(table: pd.DataFrame) -> pd.DataFrame:
    """A table without the columns in which nothing is said, for people to read."""
    return table[
        [name for name in table.columns if any(one not in (None, "") for one in table[name])]
    ]


def facts(receipt: Receipt, framework: Framework, language: Language) -> list[tuple[str, str]]:
    """What a receipt says of itself: number, time, sender, file, framework."""
    counts = receipt.counts
    told = [
        ("number", "" if receipt.number is None else str(receipt.number)),
        ("acknowledged_at", receipt.acknowledged_at or ""),
        ("prepared_at", receipt.prepared_at),
        ("sender", say("receipt.local", language) if receipt.by == "local" else receipt.by_name),
        ("file", receipt.file_name),
        ("file_hash", receipt.file_hash),
        ("framework", f"{framework.name.in_(language)} {receipt.version}"),
        ("periods", ", ".join(dict.fromkeys(part.period for part in receipt.parts))),
        ("units", str(len(receipt.units))),
        *((kind, str(getattr(counts, kind))) for kind in (*_KINDS, "same")),
        ("left_out_count", str(len(receipt.left_out))),
        ("id", receipt.id),
    ]
    if receipt.is_simulated:
        told.insert(0, ("simulated", SIMULATED))
    return [(say(f"receipt.{key}", language), text) for key, text in told if text]


def receipt_file(
    receipt: Receipt, framework: Framework, language: Language, name_of: NameOf
) -> bytes:
    """A receipt as a workbook to keep: itself, effects, changes, findings, what was left out."""
    itself = pd.DataFrame(facts(receipt, framework, language), dtype="str")
    itself.columns = [say(f"receipt.column_{name}", language) for name in ("item", "content")]
    sheets = {
        "receipt": itself,
        "effects": effects_table(receipt, language, name_of),
        "changes": changes_table(receipt.parts, framework, language, name_of),
        "findings": findings_table(receipt, language),
        "left_out": left_out_table(receipt, language, name_of),
    }
    note = {"data_note": SIMULATED} if receipt.is_simulated else {}
    return as_xlsx(
        {
            say(f"receipt.sheet_{name}", language): table.assign(**note)
            for name, table in sheets.items()
        }
    )


def shown(figure: Figure | None, language: Language) -> Cell:
    """A value as it was given: a number unrounded, else why there is none; None for nothing."""
    if figure is None:
        return None
    if figure.value is None:
        return say(f"cards.{figure.status}", language)
    return int(figure.value) if figure.value.is_integer() else figure.value


def _standing(
    one: Standing, language: Language, width: float | None
) -> tuple[Cell, int | None, int | None]:
    score: Cell = one.score
    if one.score is not None and width is not None:
        score = numbers.score(one.score, language, width)
    return score, one.level, one.rank


def _table(
    rows: list[tuple[Cell, ...]], names: tuple[str, ...], language: Language
) -> pd.DataFrame:
    heads = [say(f"receipt.column_{name}", language) for name in names]
    return pd.DataFrame(rows, columns=heads, dtype="object")
