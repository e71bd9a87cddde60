"""The gap that only the upper tier can close."""

from pathlib import Path

import numpy as np
import pytest

from govmaturity.analysis.tier_gap import TIERS, summed, tier_gap
from govmaturity.framework.load import load_framework
from govmaturity.intake.checks import check
from govmaturity.scoring import score
from tests.making import framework_of, group, leaf, values_of

ROOT = Path(__file__).resolve().parents[2]
MADE = framework_of(
    group(
        "root",
        leaf("a", controllable="county"),
        group("g", leaf("b", controllable="upper"), leaf("c", controllable="shared")),
        leaf("d"),
        missing={"min_coverage": 0},
    )
)
SCORES = score(
    MADE,
    values_of(
        {
            "u": {"a": 40, "b": 20, "c": 80, "d": 100},
            "v": {"a": 100, "b": 100, "c": 100, "d": 100},
            "w": {"a": 50, "b": None, "c": None, "d": None},
            "x": {"a": None},
        }
    ),
)


def test_each_tier_has_its_score_and_its_points_worked_by_hand():
    found = tier_gap(SCORES)
    assert found.score[:, 0].tolist() == [40, 80, 20]
    # Weights 1/3, 1/6, 1/6 and 1/3: 60 / 3, 20 / 6, 80 / 6.
    assert found.gap[:, 0].tolist() == pytest.approx([20, 20 / 6, 80 / 6])
    assert found.unassigned[0] == 0
    assert found.upper_share[0] == pytest.approx((80 / 6) / (220 / 6))


def test_the_tiers_sum_to_what_the_root_lacks():
    found = tier_gap(SCORES)
    lacks = 100 - SCORES.of("root")
    assert found.total[:3] == pytest.approx(lacks[:3])


def test_nothing_lacking_has_no_share_and_no_score_no_gap():
    found = tier_gap(SCORES)
    assert np.isnan(found.upper_share[1])
    assert found.gap[:, 1].tolist() == [0, 0, 0]
    assert np.isnan(found.gap[:, 3]).all()
    assert np.isnan(found.score[1:, 2]).all()
    assert found.gap[:, 2].tolist() == [50, 0, 0]


def test_a_city_is_the_sum_of_its_units():
    table = summed(SCORES, {"u": "c1", "v": "c1", "w": "c2", "x": "c2"})
    assert list(table["group"]) == ["c1", "c2"]
    assert list(table["units"]) == [2, 1]
    gap = tier_gap(SCORES).gap
    for place, tier in enumerate(TIERS):
        assert table[tier].tolist() == pytest.approx([gap[place, :2].sum(), gap[place, 2]])
    assert table["upper_share"][0] == pytest.approx(tier_gap(SCORES).upper_share[0])


def test_the_default_framework_assigns_every_indicator_and_its_tiers_sum_to_the_gap():
    framework = load_framework(ROOT / "indicators" / "county-digital-government.yaml")
    file = ROOT / "data" / "samples" / "SIMULATED-county-digital-government.csv"
    scores = score(framework, check(file.read_bytes(), file.name, framework).values)
    found = tier_gap(scores)
    root = scores.of(scores.plan.root)
    known = ~np.isnan(root)
    assert (found.unassigned[known] == 0).all()
    assert found.total[known] == pytest.approx(100 - root[known], abs=1e-9)
    assert ((found.upper_share[known] > 0) & (found.upper_share[known] < 1)).all()
