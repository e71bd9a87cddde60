"""The conditions index: its goalposts come from the census, and the census scores as it is."""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from govmaturity.framework.fields import fields
from govmaturity.framework.load import load_framework
from govmaturity.framework.model import Framework, Indicator
from govmaturity.scoring import Scores, score
from govmaturity.values.table import Values

ROOT = Path(__file__).parents[2]
FILE = ROOT / "indicators" / "county-conditions.yaml"
SAMPLE = ROOT / "data" / "samples" / "census-2020-guangzhou-ganzhou.csv"


@cache
def framework() -> Framework:
    return load_framework(FILE)


@pytest.fixture(scope="module")
def census(shared: Path) -> pd.DataFrame:
    return pd.read_csv(shared / "data" / "census2020_counties.csv", dtype={"code": str})


def raw(indicator: Indicator, table: pd.DataFrame) -> pd.Series:
    """An indicator's value for each row, worked out anew from the columns."""
    if indicator.ratio is None:
        return table[indicator.id]
    top = table[list(indicator.ratio.numerator)].sum(axis=1, skipna=False)
    bottom = table[list(indicator.ratio.denominator)].sum(axis=1, skipna=False)
    return indicator.ratio.times * top / bottom


def scores_of(table: pd.DataFrame) -> Scores:
    columns = [name for name in table.columns if name in fields(framework())]
    long = table.melt("code", columns, "indicator", "value").rename(columns={"code": "unit"})
    long["value"] = long["value"].astype(float)
    long["status"] = np.where(long["value"].isna(), "missing", "reported")
    return score(framework(), Values(long.assign(period="2020")))


def test_it_says_that_it_measures_conditions_and_not_digital_government() -> None:
    assert "条件" in framework().name.zh
    assert "onditions" in framework().name.en
    description = framework().description
    assert description is not None
    assert "不衡量数字政府" in description.zh
    assert "does not measure digital government" in description.en


def test_no_goalpost_is_a_proposal_since_all_come_from_the_census() -> None:
    for id_, indicator in framework().indicators.items():
        assert indicator.goalposts, id_
        assert not indicator.goalposts.proposed, id_


@pytest.mark.parametrize("id_", framework().indicators)
def test_goalposts_are_the_5th_and_95th_percentile_to_one_decimal(
    id_: str, census: pd.DataFrame
) -> None:
    """Percentiles of all counties with a value, linear (type 7), half away from zero."""
    indicator = framework().indicators[id_]
    posts = indicator.goalposts
    assert posts is not None
    low, high = np.percentile(raw(indicator, census).dropna(), [5, 95], method="linear")
    worst, best = (low, high) if indicator.direction == "higher" else (high, low)
    for post, found in ((posts.worst, worst), (posts.best, best)):
        assert post == np.floor(found * 10 + 0.5) / 10
        # The basis names the figure before rounding, in both languages.
        assert f"{found:.3f}" in posts.basis.zh
        assert f"{found:.3f}" in posts.basis.en


def test_every_county_of_the_census_passes_and_few_need_confirming(census: pd.DataFrame) -> None:
    scores = scores_of(census)
    assert len(scores.unit) == 2834
    known = fields(framework())
    outside = 0
    for id_, values in zip(scores.raw.indicators, scores.raw.value, strict=True):
        reported = values[~np.isnan(values)]
        assert all(known[id_].valid.holds(value) for value in reported), id_
        outside += sum(not known[id_].plausible.holds(value) for value in reported)
    assert outside == 55  # of 22,669 values


def test_every_county_of_the_census_has_a_score_and_a_level(census: pd.DataFrame) -> None:
    scores = scores_of(census)
    assert not np.isnan(scores.of("conditions")).any()
    assert np.bincount(scores.level_of("conditions")).tolist() == [0, 51, 824, 1189, 479, 291]


def test_a_score_can_be_followed_by_hand() -> None:
    """Yuexiu District, Guangzhou, worked from its row of the sample."""
    scores = scores_of(pd.read_csv(SAMPLE, dtype={"code": str}))
    row = scores.row("440104", "2020")
    ageing = 100 * (20.5 - 15.88) / (20.5 - 6.3)
    assert scores.of("share_65_plus_pct")[row] == pytest.approx(ageing)
    people = (
        ageing + 100 + 100 + 100
    ) / 4  # illiteracy 0.42, 12.1 years, 37 % college: all clipped
    assert scores.of("people")[row] == pytest.approx(people)
    place, means = scores.of("place")[row], scores.of("means")[row]
    assert scores.of("conditions")[row] == pytest.approx(people / 2 + place / 4 + means / 4)
