"""Sentences beside pictures: each figure in them is one of the table's."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from govmaturity.analysis.imbalance import ABSOLUTE, RELATIVE, imbalance_table
from govmaturity.report import findings
from govmaturity.scoring import Scores, score
from govmaturity.texts import LANGUAGES, Language, say
from tests.making import entered, framework_of, group, leaf, levels, values_of, words

both = pytest.mark.parametrize("language", LANGUAGES)
MADE = framework_of(
    group("root", leaf("a"), group("g", leaf("b"), leaf("c"))),
    levels=levels(0, 40, 80, 100),
    inputs=entered("breaches"),
    missing={"min_coverage": 0.6},
    gates=[
        {
            "id": "breach",
            "name": words("Breach"),
            "kind": "input",
            "input": "breaches",
            "above": 0,
            "max_level": 1,
        },
        {"id": "few", "name": words("Few"), "kind": "coverage", "below": 0.9},
    ],
)
TABLE = {
    "u": {"a": 90, "b": 80, "c": 60, "breaches": 0},
    "v": {"a": 20, "b": 50, "c": 10, "breaches": 0},
    "w": {"a": 50, "b": 70, "c": 30, "breaches": 2},
    "x": {"a": 50, "b": 70, "breaches": None},
    "y": {"b": 70},
}
SCORES = score(MADE, values_of(TABLE))
NAMES = {unit: unit.upper() for unit in TABLE}


def figures(sentence: str) -> list[float]:
    return [float(found.replace(",", "")) for found in re.findall(r"-?[\d,]*\d\.\d+", sentence)]


def root(unit: str, scores: Scores = SCORES) -> float:
    return float(scores.of("root")[scores.row(unit, "2024")])


@both
def test_the_overview_names_the_ends_with_the_scores_of_the_table(language: Language):
    sentence = findings.overview(SCORES, NAMES, "R", language)
    table = SCORES.table().query("node == 'root'").dropna(subset="score")
    best, worst = table["score"].max(), table["score"].min()
    assert figures(sentence) == pytest.approx([best, worst, best - worst], abs=0.051)
    assert table.loc[table["score"].idxmax(), "unit"] == "u"
    assert "U" in sentence
    assert "V" in sentence
    counts = table["level"].value_counts()
    name = MADE.levels[int(counts.idxmax()) - 1].name.in_(language)
    assert name in sentence
    assert str(counts.max()) in sentence


@both
def test_with_one_ranked_unit_there_is_nothing_to_compare(language: Language):
    alone = SCORES.rows(SCORES.unit == "u")
    sentence = findings.overview(alone, NAMES, "R", language)
    assert sentence == say("findings.overview_few", language, region="R", n=1)


@both
def test_simulated_data_name_no_unit(language: Language):
    sentence = findings.overview_simulated(SCORES, "R", language)
    assert not any(name in sentence for name in ("U", "V", "W"))
    assert figures(sentence) == pytest.approx([root("u") - root("v")], abs=0.051)


@both
def test_the_map_names_the_ends_of_its_node(language: Language):
    sentence = findings.map_ends(SCORES, "g", NAMES, language)
    assert figures(sentence) == [70, 30]
    assert "U" in sentence
    assert "V" in sentence


@both
def test_the_widest_part_is_the_one_with_the_largest_distance(language: Language):
    sentence = findings.widest_part(SCORES, language)
    assert MADE.nodes["a"].name.in_(language) in sentence
    assert figures(sentence) == [70]


@both
def test_a_unit_is_told_with_score_level_rank_weakest_part_and_loss(language: Language):
    row = SCORES.row("v", "2024")
    sentence = findings.unit(SCORES, row, "V", language)
    assert figures(sentence) == [25, 20, 40]  # root; a, the weakest; 0.5 x (100 - 20) points
    assert f"1 {MADE.levels[0].name.in_(language)}" in sentence
    rank, n = int(SCORES.rank_of("root")[row]), int((SCORES.rank_of("root") > 0).sum())
    assert str(rank) in sentence
    assert str(n) in sentence


@both
def test_a_unit_without_a_score_is_told_its_coverage(language: Language):
    row = SCORES.row("y", "2024")
    assert np.isnan(SCORES.of("root")[row])
    assert figures(findings.unit(SCORES, row, "Y", language)) == [25.0]


@both
def test_every_gate_that_holds_a_unit_back_is_named(language: Language):
    def told(unit: str) -> list[str]:
        return findings.holding_back(SCORES, SCORES.row(unit, "2024"), language)

    assert told("u") == []
    (capped,) = told("w")
    assert "Breach" in capped
    assert MADE.levels[0].name.in_(language) in capped
    # Where no level is given, what could not be decided about it is not told as well.
    (withheld,) = told("x")
    assert "Few" in withheld
    assert withheld != capped


POPULATION = {"2024": {"u": 100.0, "v": 300.0, "w": 600.0, "x": 50.0}}
GROUPS = {"u": "A", "v": "A", "w": "B", "x": "B"}
MEASURES = imbalance_table(
    SCORES, "root", group_by=["zone"], groupings=[GROUPS], population=POPULATION
)


def value(measure: str, weighting: str) -> float:
    rows = MEASURES[
        (MEASURES["measure"] == measure)
        & (MEASURES["weighting"] == weighting)
        & (MEASURES["part"] == "total")
    ]
    return float(rows["value"].iloc[0])


@both
@pytest.mark.parametrize("weighting", ["unit", "resident"])
@pytest.mark.parametrize("measure", ["mean", *ABSOLUTE, *RELATIVE])
def test_the_figure_of_a_measure_is_that_of_its_table(
    measure: str, weighting: str, language: Language
):
    sentence = findings.measure(MEASURES, measure, weighting, language)
    found = value(measure, weighting)
    if np.isnan(found):
        assert measure == "p90_p10"
        assert say("findings.too_few_for_percentiles", language) in sentence
        return
    shown = figures(sentence)
    digits = 3 if measure in RELATIVE else 1
    assert any(one == pytest.approx(found, abs=0.51 * 10**-digits) for one in shown), sentence
    if measure == "absolute_gini":
        assert any(one == pytest.approx(2 * found, abs=0.051) for one in shown)


@both
def test_shares_between_and_within_groups_sum_to_100(language: Language):
    sentence = findings.between(MEASURES, "unit", "zone", language)
    split = MEASURES[
        (MEASURES["weighting"] == "unit")
        & (MEASURES["measure"] == "theil_t")
        & MEASURES["group_by"].notna()
    ]
    between = float(split[split["part"] == "between"]["value"].iloc[0])
    shares = figures(sentence)
    assert shares[0] == pytest.approx(100 * between / value("theil_t", "unit"), abs=0.051)
    assert sum(shares) == pytest.approx(100, abs=0.11)


@both
def test_what_was_not_measured_has_no_sentence(language: Language):
    empty = MEASURES.iloc[:0]
    assert findings.measure(empty, "gini", "unit", language) == ""
    assert findings.between(empty, "unit", "zone", language) == ""


@both
@pytest.mark.parametrize(
    "note",
    ["no_values", "zero_mean", "negative_values", "too_few_for_percentiles", "scale_negative"],
)
def test_every_reason_for_no_figure_has_a_sentence(note: str, language: Language):
    table = MEASURES[MEASURES["measure"] == "gini"].assign(value=np.nan, note=note)
    sentence = findings.measure(table, "gini", "unit", language)
    assert say(f"findings.{note}", language) in sentence


@both
def test_units_without_residents_do_not_break_a_sentence_that_has_no_figure(language: Language):
    # The note then says how many units have no residents; it is no reason with a sentence.
    only_one = {"2024": {"u": 100.0}}
    table = imbalance_table(SCORES, "root", population=only_one)
    for measure in ("mean", *ABSOLUTE, *RELATIVE):
        assert findings.measure(table, measure, "resident", language)


def test_nothing_ranked_gives_sentences_and_not_errors():
    empty = score(MADE, values_of({"u": {"z": 1}}))
    for language in LANGUAGES:
        assert findings.overview(empty, NAMES, "R", language)
        assert findings.overview_simulated(empty, "R", language)
        assert findings.map_ends(empty, "g", NAMES, language)
        assert findings.widest_part(empty, language) == ""
        table = imbalance_table(empty, "root")
        assert isinstance(table, pd.DataFrame)
        assert findings.measure(table, "range", "unit", language)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_simulated_values_give_a_unit_no_rank_and_say_what_they_are(language: Language):
    row = SCORES.row("u", "2024")
    real = findings.unit(SCORES, row, "Somewhere", language)
    simulated = findings.unit(SCORES, row, "Somewhere", language, is_simulated=True)
    rank = {"zh": "位列第", "en": "rank"}[language]
    assert rank in real
    assert rank not in simulated
    assert {"zh": "模拟数据", "en": "Simulated"}[language] in simulated
