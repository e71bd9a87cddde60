"""Space, change, balance and tiers in the table: the figures are those of the functions."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from govmaturity.analysis.balance import balance
from govmaturity.analysis.change.convergence import beta
from govmaturity.analysis.change.panel import panel_of
from govmaturity.analysis.imbalance import COLUMNS
from govmaturity.analysis.imbalance.wider import wider_table
from govmaturity.analysis.space.association import global_moran, local_moran
from govmaturity.analysis.space.neighbours import by_border
from govmaturity.analysis.tier_gap import tier_gap
from govmaturity.framework.load import load_framework
from govmaturity.intake.checks import check
from govmaturity.scoring import score
from tests.making import framework_of, group, leaf, values_of

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def scores():
    framework = load_framework(ROOT / "indicators" / "county-digital-government.yaml")
    file = ROOT / "data" / "samples" / "SIMULATED-county-digital-government.csv"
    return score(framework, check(file.read_bytes(), file.name, framework).values)


@pytest.fixture(scope="module")
def table(scores):
    city = {unit: unit[:4] for unit in scores.units}
    return wider_table(scores, "maturity", group_by=["city"], groupings=[city], permutations=99)


def one(table, **wanted):
    for column, value in wanted.items():
        table = table[table[column].isna() if value is None else table[column] == value]
    (row,) = table.to_dict("records")
    return row


def test_the_table_has_the_agreed_columns_and_every_measure(table):
    assert list(table.columns) == list(COLUMNS)
    assert set(table["measure"]) == {
        *("moran_i", "local_moran", "getis_ord", "join_counts", "coupling_coordination"),
        *("part_spread", "tier_gap", "sigma", "beta", "rank_mobility", "transitions"),
    }


def test_space_is_what_the_functions_give_for_the_units_of_the_period(scores, table):
    here = scores.at("2024")
    near = by_border(list(here.unit))
    moran = global_moran(here.of("maturity"), near, permutations=99)
    row = one(table, period="2024", measure="moran_i")
    assert row["value"] == moran.value
    assert row["note"].startswith(f"p={moran.p:.4g};")
    local = local_moran(here.of("maturity"), near, permutations=99)
    row = one(table, period="2024", measure="local_moran", part="high_high")
    assert row["value"] == (local.is_significant & (local.quadrant == 0)).sum()


def test_balance_and_tiers_are_those_of_the_functions(scores, table):
    here = scores.at("2023")
    found = balance(here, "maturity")
    row = one(table, period="2023", measure="coupling_coordination", part="total")
    assert row["value"] == pytest.approx(found.coupling.coordination.mean())
    classes = table[(table["period"] == "2023") & (table["part"] == "class")]
    assert classes["value"].sum() == row["n"]
    gap = tier_gap(here)
    row = one(table, period="2023", measure="tier_gap", part="upper", group=None)
    assert row["value"] == pytest.approx(gap.gap[2].mean())
    cities = table[
        (table["period"] == "2023") & (table["part"] == "upper") & table["group"].notna()
    ]
    assert cities["value"].sum() == pytest.approx(gap.gap[2].sum())
    assert set(cities["note"]) == {"sum"}


def test_change_runs_from_the_first_period_to_the_last(scores, table):
    panel = panel_of(scores, "maturity")
    assert panel.years == 2
    found = beta(panel.values[0], panel.values[-1], 2)
    row = one(table, measure="beta", part="slope")
    assert (row["value"], row["low"], row["high"]) == (found.slope, found.low, found.high)
    assert (row["period"], row["note"]) == ("2024", "since=2022")
    assert list(table[table["measure"] == "sigma"]["period"]) == ["2022", "2023", "2024"]
    moves = table[table["measure"] == "transitions"]
    from_two = moves[moves["group"].str.startswith("2>")]
    assert from_two["value"].sum() == pytest.approx(1)
    assert len(set(from_two["n"])) == 1


def test_what_nobody_observed_is_blank_and_says_so(table):
    moves = table[table["measure"] == "transitions"]
    none = moves[moves["n"] == 0]
    assert none["value"].isna().all()
    assert set(none["note"]) <= {"no_observation"}


def test_units_without_outlines_levels_or_tiers_leave_reasons_and_no_errors():
    framework = framework_of(group("root", leaf("a"), leaf("b")))
    made = {f"u{i}": {"a": i, "b": 2 * i} for i in range(5)}
    found = wider_table(score(framework, values_of(made)), "root")
    assert one(found, measure="moran_i")["note"] == "no_neighbours"
    assert set(found["measure"]) == {"moran_i", "coupling_coordination", "part_spread"}
    nothing = wider_table(score(framework, values_of({"u": {"z": 1}})), "root")
    assert one(nothing, measure="moran_i")["note"] == "too_few_units"


def test_one_unit_in_two_periods_has_no_convergence_but_a_row_that_says_so():
    framework = framework_of(group("root", leaf("a")))
    both = [values_of({"u": {"a": 40 + i}}, f"202{i}").table for i in (3, 4)]
    values = type(values_of({}))(pd.concat(both, ignore_index=True))
    found = wider_table(score(framework, values), "root")
    for measure in ("sigma", "beta", "rank_mobility"):
        row = one(found, measure=measure)
        assert row["note"] == "too_few_units"
        assert np.isnan(row["value"])
