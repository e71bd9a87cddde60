"""Published figures come out of a framework in YAML: the Human Development Index."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from govmaturity.framework.load import load_framework
from govmaturity.scoring import Scores, score
from tests.making import values_from

ROOT = Path(__file__).resolve().parents[2]
HDI = ROOT / "indicators" / "published" / "undp-hdi-2021.yaml"
INDICATORS = (
    "life_expectancy",
    "expected_years_schooling",
    "mean_years_schooling",
    "gni_per_capita",
)

# UNDP, Human Development Report 2021/22, statistical annex, HDI composite indices
# time series (hdr.undp.org, CC BY 3.0 IGO): year, country, the four indicators, the HDI.
PUBLISHED = [
    (2019, "AFG", 63.5645, 10.26384398, 2.756953288, 2097.88945, 0.488),
    (2019, "AGO", 62.4484, 12.1721, 5.417390823, 6082.746624, 0.595),
    (2019, "CHN", 77.968, 14.2361149, 7.600118446, 15933.50035, 0.762),
    (2020, "CHN", 78.0766, 14.2361149, 7.600118446, 16201.35297, 0.764),
    (2021, "CHN", 78.2107, 14.2361149, 7.600118446, 17504.39969, 0.768),
    (2021, "CHE", 83.9872, 16.50029945, 13.85966015, 66933.00454, 0.962),
    (2021, "NOR", 83.2339, 18.18519974, 13.00362968, 64660.10622, 0.961),
    (2021, "SSD", 54.9752, 5.54251, 5.726140022, 767.787, 0.385),
    (2021, "IND", 67.2398, 11.87462044, 6.655109195, 6589.980037, 0.633),
    (2021, "BRA", 72.7504, 15.59906006, 8.128813955, 14369.88848, 0.754),
    (2021, "QAT", 79.2716, 12.63722038, 9.99601145, 87134.13469, 0.855),
    (2021, "LIE", 83.2575, 15.18157005, 12.53854, 146829.7006, 0.935),
    (2020, "NER", 61.4506, 6.957111988, 2.116717299, 1270.065047, 0.401),
    (2021, "JPN", 84.7839, 15.22162588, 13.36610034, 42274.29134, 0.925),
    (2019, "HKG", 85.2735, 17.22212029, 12.22620964, 62717.72811, 0.952),
]


def scored(rows: list[tuple[str, str, tuple[float, ...]]]) -> Scores:
    """Scores of rows of unit, period and the four indicators; NaN is missing."""
    return score(
        load_framework(HDI),
        values_from(
            [
                [unit, period, id_, value, "missing" if np.isnan(value) else "reported"]
                for unit, period, values in rows
                for id_, value in zip(INDICATORS, values, strict=True)
            ]
        ),
    )


def test_the_published_index_of_single_countries_comes_out():
    scores = scored([(code, str(year), tuple(values)) for year, code, *values, _ in PUBLISHED])
    for year, code, *_, published in PUBLISHED:
        found = scores.of("hdi")[scores.row(code, str(year))]
        assert found == pytest.approx(published, abs=0.0005), (code, year)


def test_the_groups_of_undp_are_the_levels():
    scores = scored([(code, str(year), tuple(values)) for year, code, *values, _ in PUBLISHED])
    for year, code, *_, published in PUBLISHED:
        group = 1 + sum(published >= edge for edge in (0.55, 0.7, 0.8))
        assert scores.level_of("hdi")[scores.row(code, str(year))] == group, (code, year)


def test_norway_2021_by_hand():
    (values,) = (tuple(row[2:6]) for row in PUBLISHED if row[:2] == (2021, "NOR"))
    life, expected, mean, income = values
    health = (life - 20) / 65
    education = (min(expected / 18, 1) + mean / 15) / 2
    living = np.log(income / 100) / np.log(750)
    by_hand = (health * education * living) ** (1 / 3)
    assert scored([("NOR", "2021", values)]).of("hdi")[0] == pytest.approx(by_hand, abs=1e-12)


def test_a_country_without_one_indicator_has_no_index():
    scores = scored([("XXX", "2021", (70.0, np.nan, 8.0, 5000.0))])
    assert np.isnan(scores.of("hdi")[0])
    assert scores.coverage_of("hdi")[0] == pytest.approx(5 / 6)


def test_all_published_rows_come_out(shared: Path):
    table = pd.read_csv(shared / "data" / "published" / "undp_hdi_2019_2021.csv")
    known = table[table["published_hdi"].notna()]
    assert len(known) == 573
    rows = [
        (str(row.code), str(row.year), tuple(float(getattr(row, id_)) for id_ in INDICATORS))
        for row in known.itertuples()
    ]
    scores = scored(rows)
    found = np.array([scores.of("hdi")[scores.row(unit, period)] for unit, period, _ in rows])
    assert np.abs(found - known["published_hdi"].to_numpy()).max() <= 0.0005


def test_published_ranks_come_out(shared: Path):
    table = pd.read_csv(shared / "data" / "published" / "undp_hdi_2019_2021.csv")
    table = table[table["published_rank"].notna()]
    rows = [
        (str(row.code), str(row.year), tuple(float(getattr(row, id_)) for id_ in INDICATORS))
        for row in table.itertuples()
    ]
    scores = scored(rows)
    # UNDP ranks by the index at three decimals and breaks some ties by more; one
    # place of difference at most for units that are as good as equal.
    found = np.array([scores.rank_of("hdi")[scores.row(unit, period)] for unit, period, _ in rows])
    gap = np.abs(found - table["published_rank"].to_numpy())
    assert (gap <= 1).mean() > 0.9
