"""Who leads, who trails, and what costs them."""

import numpy as np
import pytest

from govmaturity.analysis import summary
from govmaturity.framework.load import load_framework
from govmaturity.intake.checks import check
from govmaturity.scoring import score


@pytest.fixture(scope="module")
def scores(root):
    framework = load_framework(root / "indicators/county-digital-government.yaml")
    name = "SIMULATED-county-digital-government.csv"
    made = score(
        framework, check((root / "data/samples" / name).read_bytes(), name, framework).values
    )
    return made.at("2024").among_themselves()


def test_the_ends_are_the_highest_and_the_lowest_score(scores):
    ends = summary.extremes(scores, "maturity")
    values = scores.of("maturity")
    assert values[ends.highest] == values.max()
    assert values[ends.lowest] == values.min()
    assert ends.distance == values.max() - values.min()


def test_rows_by_rank_start_with_the_first(scores):
    rows = summary.rows_by_rank(scores)
    ranks = scores.rank_of("maturity")[rows]
    assert ranks.tolist() == sorted(ranks.tolist())
    assert sorted(rows) == list(range(len(rows)))


def test_points_lost_by_parts_sum_to_what_the_whole_lacks(scores):
    for row in range(len(scores.unit)):
        parts = [summary.part_lost(scores, row, part) for part in scores.plan.parts]
        lacking = 100 - scores.of("maturity")[row]
        assert np.nansum(parts) == pytest.approx(lacking, abs=1e-9)
        assert summary.part_lost(scores, row, "maturity") == pytest.approx(lacking, abs=1e-9)


def test_contributions_of_parts_sum_to_the_score(scores):
    total = np.sum(list(summary.contributions(scores).values()), axis=0)
    assert total == pytest.approx(scores.of("maturity"))


def test_what_costs_most_comes_first_and_only_what_costs_anything(scores):
    lost = list(summary.most_lost(scores, 0, 100).values())
    assert lost == sorted(lost, reverse=True)
    assert min(lost) > 0


def test_means_by_group_weigh_units_alike_unless_told_otherwise(scores):
    groups = {str(unit): str(unit)[:4] for unit in scores.unit}
    plain = summary.means_by(scores, "maturity", groups)
    inside = scores.of("maturity")[[str(unit).startswith("4401") for unit in scores.unit]]
    found = dict(zip(plain["group"], plain["score"], strict=True))
    assert found["4401"] == pytest.approx(inside.mean())
    assert plain["units"].tolist() == [18, 11]
    ones = summary.means_by(scores, "maturity", groups, np.ones(len(scores.unit)))
    assert ones["score"].tolist() == plain["score"].tolist()


def test_one_unit_alone_has_no_ends(scores):
    assert summary.extremes(scores.rows(np.array([0])), "maturity") is None
