"""What a release freezes: tables of values, scores, units and decisions, and one hash of it all."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

import pandas as pd
from sqlalchemy import Connection, select

from govmaturity import __version__
from govmaturity.framework.model import Framework
from govmaturity.report.scores import codebook
from govmaturity.scoring.score import SCORE_COLUMNS
from govmaturity.store.database import tables as t
from govmaturity.store.effect import scored
from govmaturity.store.figures import Key, UnitValues, as_values, in_parts, load
from govmaturity.store.rating import final_ratings
from govmaturity.store.waivers import Waiver, waivers_of
from govmaturity.units.registry import Registry, registry
from govmaturity.values.table import SIMULATED, Values


@dataclass(frozen=True)
class Frozen:
    """The content of a release, before it is written into files.

    `revisions` gives the id of the revision of each unit and period; `tables`
    are the tables that are published, by name.
    """

    framework: Framework
    framework_text: str
    periods: tuple[str, ...]
    revisions: Mapping[Key, int]
    units: Mapping[str, Mapping[str, Any]]
    tables: Mapping[str, pd.DataFrame]
    is_simulated: bool
    content_hash: str


def values_in_force(connection: Connection, revisions: Mapping[Key, int]) -> dict[Key, UnitValues]:
    """The values of revisions as they count: a reviewers' final score over the one sent."""
    ids = list(revisions.values())
    held = load(connection, ids)
    finals: dict[int, list[tuple[str, float]]] = {}
    for (id_, indicator), score in final_ratings(connection, ids).items():
        finals.setdefault(id_, []).append((indicator, score))
    found = {}
    for key, id_ in revisions.items():
        values = dict(held[id_].values)
        for indicator, score in finals.get(id_, ()):
            if indicator in values:
                values[indicator] = replace(values[indicator], value=score, status="reported")
        found[key] = UnitValues(values, held[id_].attributes)
    return found


def freeze(
    connection: Connection,
    framework: Framework,
    text: str,
    revisions: Mapping[Key, int],
    code_version: str = __version__,
    units: Mapping[str, Mapping[str, Any]] | None = None,
    known: Registry | None = None,
) -> Frozen:
    """Gather what a release of these revisions holds.

    Parameters
    ----------
    connection : Connection
    framework : Framework
    text : str
        Its kept YAML.
    revisions : mapping of (unit, period) to int
        Ids of approved revisions.
    code_version : str
        Of the program that scores; part of what the hash covers.
    units : mapping of str to mapping, optional
        What was frozen of the units; default what is known of them today.
    known : Registry, optional
        Where that is looked up; default the shipped registry.
    """
    given = values_in_force(connection, revisions)
    values = as_values(given)
    waivers = waivers_of(connection, revisions.values())
    if units is None:
        where = registry() if known is None else known
        ids = sorted({unit for unit, _ in given})
        units = {unit: _about(unit, values, where) for unit in ids}
    periods = tuple(sorted({period for _, period in given}))
    tables = {
        "values": _values_table(values, waivers),
        "units": _units_table(units),
        "submissions": _submissions_table(connection, revisions),
        "waivers": _waivers_table(waivers),
    }
    said = {
        "framework": {"id": framework.id, "version": str(framework.version), "text": text},
        "code_version": code_version,
        "periods": periods,
        "tables": {name: _plain(table) for name, table in tables.items()},
    }
    packed = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Frozen(
        framework,
        text,
        periods,
        revisions,
        units,
        {
            "scores": _scores_table(framework, given, values.is_simulated),
            **tables,
            "codebook": codebook(framework),
        },
        values.is_simulated,
        sha256(packed.encode()).hexdigest(),
    )


def _scores_table(
    framework: Framework, given: Mapping[Key, UnitValues], is_simulated: bool
) -> pd.DataFrame:
    scores = scored(framework, given)
    table = pd.DataFrame(columns=list(SCORE_COLUMNS)) if scores is None else scores.table()
    if is_simulated:
        table["data_note"] = SIMULATED
    return table


def _values_table(values: Values, waivers: Sequence[Waiver]) -> pd.DataFrame:
    table = values.table.sort_values(["unit", "period", "indicator"], ignore_index=True)
    codes: dict[tuple[str, str, str], list[str]] = {}
    for one in waivers:
        codes.setdefault((one.unit, one.period, one.indicator), []).append(one.code)
    keys = zip(table["unit"], table["period"], table["indicator"], strict=True)
    table["waived"] = pd.Series([" ".join(codes.get(key, ())) for key in keys], dtype="str")
    if values.is_simulated:
        table["data_note"] = SIMULATED
    return table


def _about(unit: str, values: Values, known: Registry) -> dict[str, Any]:
    """What is known of a unit on the day of the release: names and places change."""
    told: dict[str, Any] = {"name_zh": unit, "name_en": unit, "assessed": True}
    if unit in known:
        found = known.get(unit)
        told |= {
            "name_zh": found.name_zh,
            "name_en": found.name_en,
            "parent": found.parent,
            "kind": found.kind,
            "group": found.group,
            "assessed": found.assessed,
        }
    if unit in values.attributes.index:
        row = values.attributes.loc[unit]
        told["attributes"] = {str(title): str(text) for title, text in row.items() if text}
    return told


def _units_table(units: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
    names = ("name_zh", "name_en", "parent", "kind", "group")
    rows = [
        {"unit": unit}
        | {name: about.get(name) or "" for name in names}
        | {
            "assessed": bool(about["assessed"]),
            "attributes": json.dumps(about.get("attributes", {}), ensure_ascii=False),
        }
        for unit, about in units.items()
    ]
    return pd.DataFrame(rows)


def _submissions_table(connection: Connection, revisions: Mapping[Key, int]) -> pd.DataFrame:
    """How each unit's values came in and were approved; persons are not named in public."""
    rows: dict[int, Any] = {}
    for part in in_parts(list(revisions.values())):
        asked = (
            select(
                t.revision.c.id,
                t.revision.c.number,
                t.revision.c.at.label("sent_at"),
                t.decision.c.at.label("approved_at"),
                t.decision.c.is_second_person,
                t.receipt.c.number.label("receipt"),
                t.receipt.c.file_hash,
            )
            .join(t.receipt, t.receipt.c.id == t.revision.c.receipt_id)
            .join(t.decision, t.decision.c.revision_id == t.revision.c.id)
            .where(t.revision.c.id.in_(part), t.decision.c.kind == "approved")
        )
        rows |= {row.id: row for row in connection.execute(asked)}
    return pd.DataFrame(
        [
            {
                "unit": unit,
                "period": period,
                "revision": rows[id_].number,
                "sent_at": rows[id_].sent_at,
                "approved_at": rows[id_].approved_at,
                "second_person": rows[id_].is_second_person,
                "receipt": rows[id_].receipt,
                "file_sha256": rows[id_].file_hash,
            }
            for (unit, period), id_ in sorted(revisions.items())
        ]
    )


def _waivers_table(waivers: Sequence[Waiver]) -> pd.DataFrame:
    names = ("unit", "period", "indicator", "code", "at", "reason")
    rows = [{name: getattr(one, name) for name in names} for one in waivers]
    return pd.DataFrame(rows, columns=list(names), dtype="str")


def _plain(table: pd.DataFrame) -> list[list[Any]]:
    """Rows that always give the same JSON: a float in its shortest form, None for nothing."""
    columns = [
        [None if pd.isna(cell) else getattr(cell, "item", lambda cell=cell: cell)() for cell in col]
        for col in (table[name] for name in table.columns)
    ]
    return [list(table.columns), *(list(row) for row in zip(*columns, strict=True))]
