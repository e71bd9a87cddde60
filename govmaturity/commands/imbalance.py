"""`imbalance`: how unequal units are."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pandas as pd

from govmaturity.analysis.imbalance import imbalance_table, population_of
from govmaturity.analysis.imbalance.wider import wider_table
from govmaturity.commands.base import (
    format_of,
    framework_of,
    listed,
    refuse_too_small,
    refuse_unknown,
)
from govmaturity.commands.errors import FaultError, UsageError
from govmaturity.commands.given import all_checked, known_units, refuse_unknown_column, scores_of
from govmaturity.intake.issues import grouped
from govmaturity.intake.population import check_population, residents
from govmaturity.report.tables import as_file
from govmaturity.scoring import Scores
from govmaturity.texts import say
from govmaturity.units.groups import group_of
from govmaturity.values.table import SIMULATED


def run(chosen: argparse.Namespace) -> None:
    """Write all measures of inequality."""
    format_ = format_of(chosen.out, ("csv", "json"), chosen.language)
    refuse_too_small("draws", chosen.draws, 0, chosen.language)
    refuse_too_small("seed", chosen.seed, 0, chosen.language)
    framework = framework_of(chosen)
    checked = all_checked(chosen, framework)
    scores = scores_of(chosen, framework, checked)
    node = chosen.node or scores.plan.root
    refuse_unknown("node", node, scores.plan.nodes, chosen.language)
    columns = [column for column in chosen.group_by.split(",") if column]
    groupings = []
    for column in columns:
        refuse_unknown_column("group-by", column, checked, chosen.language)
        attributes = checked.values.attributes
        groupings.append(
            group_of(column, scores.units, attributes, known_units(chosen), chosen.language)
        )
    table = imbalance_table(
        scores,
        node,
        group_by=columns,
        groupings=groupings,
        population=_population(chosen, scores),
        draws=chosen.draws,
        seed=chosen.seed,
    )
    wider = wider_table(scores, node, group_by=columns, groupings=groupings, seed=chosen.seed)
    table = pd.concat([one.astype({"n": object}) for one in (table, wider)], ignore_index=True)
    if checked.values.is_simulated:
        table["data_note"] = SIMULATED
    chosen.out.write_bytes(as_file(table, "csv" if format_ == "csv" else "json"))
    print(say("cli.measured", chosen.language, n=len(table), file=chosen.out), file=sys.stderr)


def _population(chosen: argparse.Namespace, scores: Scores) -> dict[str, dict[str, float]] | None:
    given: str = chosen.population
    if given in scores.framework.inputs or given == "population":
        return population_of(scores, given)
    if not given.lower().endswith(".csv"):
        raise UsageError(say("cli.bad_population", chosen.language, found=given))
    checked = check_population(Path(given).read_bytes(), Path(given).name)
    errors = [issue for issue in grouped(checked.issues) if issue.severity == "error"]
    if errors:
        raise FaultError([f"{given}:", *listed(errors, chosen.language)])
    return residents(checked.values, scores.periods)
