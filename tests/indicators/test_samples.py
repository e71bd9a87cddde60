"""The samples: real census rows, and simulated values that the script makes again to the byte."""

import runpy
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import yaml

from govmaturity.framework.fields import fields
from govmaturity.framework.load import load_framework
from govmaturity.scoring import Scores, score
from govmaturity.values.table import Values

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "data" / "samples"
CENSUS = SAMPLES / "census-2020-guangzhou-ganzhou.csv"
SIMULATED = SAMPLES / "SIMULATED-county-digital-government.csv"
FRAMEWORKS = {load_framework(file).id: file for file in (ROOT / "indicators").glob("*.yaml")}


def index() -> list[dict[str, object]]:
    listed: list[dict[str, object]] = yaml.safe_load((SAMPLES / "index.yaml").read_text("utf-8"))
    return listed


@cache
def wide(file: Path) -> pd.DataFrame:
    return pd.read_csv(file, dtype=str, keep_default_na=False)


@cache
def scores_of(framework: str, file: Path) -> Scores:
    known = fields(load_framework(FRAMEWORKS[framework]))
    table = wide(file)
    columns = [name for name in table.columns if name in known]
    long = table.melt(["code", "period"], columns, "indicator", "cell")
    long = long.rename(columns={"code": "unit"})
    long["value"] = pd.to_numeric(long["cell"], errors="coerce")
    is_missing = long["cell"].isin(["", "暂无"])
    is_outside = long["cell"] == "n/a"
    assert (long["value"].notna() | is_missing | is_outside).all()
    long["status"] = np.select(
        [is_missing, is_outside], ["missing", "not_applicable"], default="reported"
    )
    return score(load_framework(FRAMEWORKS[framework]), Values(long.drop(columns="cell")))


@cache
def script() -> SimpleNamespace:
    return SimpleNamespace(**runpy.run_path(str(SAMPLES / "simulate.py")))


def simulated() -> Scores:
    return scores_of("county-digital-government", SIMULATED)


def test_the_index_lists_what_is_there_and_opens_on_real_data() -> None:
    assert index()[0]["simulated"] is False
    assert {entry["file"] for entry in index()} == {file.name for file in SAMPLES.glob("*.csv")}
    for entry in index():
        assert entry["framework"] in FRAMEWORKS
        assert set(entry["title"]) == {"zh", "en"}  # type: ignore[call-overload]


def test_simulated_samples_say_so_in_name_title_and_every_row() -> None:
    for entry in index():
        file = SAMPLES / str(entry["file"])
        is_marked = (
            "data_note" in wide(file) and (wide(file)["data_note"] == "模拟数据 SIMULATED").all()
        )
        assert entry["simulated"] == is_marked
        assert entry["simulated"] == file.name.startswith("SIMULATED-")
        assert entry["simulated"] == ("模拟数据" in entry["title"]["zh"])  # type: ignore[index]
        assert entry["simulated"] == ("SIMULATED" in entry["title"]["en"])  # type: ignore[index]


@pytest.mark.parametrize("file", [CENSUS, SIMULATED], ids=["census", "simulated"])
def test_samples_are_plain_files_of_the_29_units(file: Path) -> None:
    content = file.read_bytes()
    assert b"\r" not in content
    assert not content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8").split(",")[0] == "code"
    assert wide(file)["code"].nunique() == 29
    by_city = wide(file).groupby("city")["code"].nunique()
    assert by_city.to_dict() == {"广州市": 11, "赣州市": 18}


def test_census_rows_are_those_of_the_source(shared: Path) -> None:
    source = pd.read_csv(shared / "data" / "census2020_counties.csv", dtype=str).set_index("code")
    rows = wide(CENSUS).set_index("code")
    columns = [name for name in rows.columns if name != "period"]
    assert rows[columns].equals(source.loc[rows.index, columns])
    assert (rows["period"] == "2020").all()


def test_every_census_unit_has_a_score_and_a_level() -> None:
    scores = scores_of("county-conditions", CENSUS)
    assert not np.isnan(scores.of("conditions")).any()
    assert (scores.level_of("conditions") > 0).all()


def test_the_script_writes_the_same_bytes_again() -> None:
    module = script()
    text = module.table(load_framework(module.FRAMEWORK), module.read_units())
    assert text.encode("utf-8") == SIMULATED.read_bytes()


def test_simulated_columns_are_what_is_entered() -> None:
    module = script()
    known = fields(load_framework(module.FRAMEWORK))
    wanted = {
        id_ for id_, field in known.items() if not field.is_shortcut and id_ not in module.LEFT_OUT
    }
    assert set(wide(SIMULATED).columns) == wanted | set(module.LEADING)


def test_simulated_values_are_valid_and_plausible() -> None:
    scores = simulated()
    known = fields(scores.framework)
    for id_, values in zip(scores.raw.indicators, scores.raw.value, strict=True):
        reported = values[~np.isnan(values)]
        assert len(reported) > 50, id_
        assert all(known[id_].valid.holds(value) for value in reported), id_
        assert all(known[id_].plausible.holds(value) for value in reported), id_


def test_simulated_counts_are_whole_and_not_negative() -> None:
    known = fields(simulated().framework)
    for id_ in wide(SIMULATED).columns:
        if id_ in known and known[id_].kind != "indicator":
            cells = wide(SIMULATED)[id_]
            assert cells[~cells.isin(["", "暂无", "n/a"])].str.fullmatch("[0-9]+").all(), id_


def test_simulated_values_change_no_more_in_a_year_than_is_plausible() -> None:
    scores = simulated()
    known = fields(scores.framework)
    for id_, values in zip(scores.raw.indicators, scores.raw.value, strict=True):
        by_year = values.reshape(-1, 3)  # rows are sorted by unit, then period
        change = np.abs(np.diff(by_year, axis=1))
        limit = known[id_].max_yearly_change
        assert limit is not None, id_
        assert not (change > limit + 1e-9).any(), id_


def test_required_fields_are_never_just_blank() -> None:
    known = fields(simulated().framework)
    for id_ in wide(SIMULATED).columns:
        if id_ in known and known[id_].is_required:
            assert (wide(SIMULATED)[id_] != "").all(), id_


def test_simulated_scores_spread_and_reach_every_level() -> None:
    scores = simulated()
    root = scores.of("maturity")
    assert not np.isnan(root).any()
    assert root.min() > 30
    assert root.max() < 92
    assert set(scores.level_of("maturity")) == {0, 1, 2, 3, 4, 5}
    is_guangzhou = np.array([str(unit).startswith("4401") for unit in scores.unit])
    assert root[is_guangzhou].mean() > root[~is_guangzhou].mean() + 10
    assert root[~is_guangzhou].max() > root[is_guangzhou].min()


def test_scores_rise_over_the_years() -> None:
    scores = simulated()
    means = [scores.of("maturity")[scores.period == year].mean() for year in scores.periods]
    assert means == sorted(means)


def test_every_gate_shows_at_least_once_and_two_units_have_no_level_in_2024() -> None:
    scores = simulated()
    assert all(effect.acted.any() for effect in scores.gates)
    without = scores.level_of("maturity") == 0
    assert sorted(scores.unit[without]) == ["360724", "360729"]
    assert set(scores.period[without]) == {"2024"}
    row = scores.row("440115", "2024")
    assert scores.of("maturity")[row] >= 70
    assert scores.level_of("maturity")[row] == 3


def test_what_upper_tiers_supply_varies_less_within_a_city() -> None:
    scores = simulated()
    spread: dict[str, list[float]] = {"upper": [], "county": []}
    for id_, indicator in scores.framework.indicators.items():
        if indicator.controllable in spread and not indicator.checklist:
            for city in ("4401", "3607"):
                rows = np.array([str(unit).startswith(city) for unit in scores.unit])
                spread[indicator.controllable].append(float(np.nanstd(scores.of(id_)[rows])))
    assert np.mean(spread["upper"]) < np.mean(spread["county"]) / 2
