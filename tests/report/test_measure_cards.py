"""Every measure of the tables has a card in both languages."""

from pathlib import Path

import pytest

from govmaturity.analysis.imbalance import imbalance_table
from govmaturity.analysis.imbalance.wider import wider_table
from govmaturity.framework.load import load_framework
from govmaturity.intake.checks import check
from govmaturity.report.measure_cards import CARDS, card
from govmaturity.scoring import score
from govmaturity.texts import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("measure", CARDS)
def test_a_card_says_everything_and_nothing_twice(measure, language):
    found = card(measure, language)
    texts = [found.name, found.says, found.computed, found.distrust, found.source]
    assert all(texts)
    assert len(set(texts)) == 5


def test_every_measure_of_the_tables_has_a_card():
    framework = load_framework(ROOT / "indicators" / "county-digital-government.yaml")
    file = ROOT / "data" / "samples" / "SIMULATED-county-digital-government.csv"
    scores = score(framework, check(file.read_bytes(), file.name, framework).values)
    group = {unit: unit[:4] for unit in scores.units}
    people = {period: dict.fromkeys(scores.units, 1.0) for period in scores.periods}
    spread = imbalance_table(
        scores, "maturity", group_by=["city"], groupings=[group], population=people
    )
    wider = wider_table(scores, "maturity", permutations=9)
    assert {*spread["measure"], *wider["measure"]} <= set(CARDS)


def test_an_unknown_measure_has_no_card_and_the_known_ones_are_listed():
    with pytest.raises(KeyError, match="gini_small_sample"):
        card("ginni", "en")
