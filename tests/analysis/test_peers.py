"""Whom a unit is compared with."""

from __future__ import annotations

import pytest

from govmaturity.analysis.peers import SIMILAR, peers
from govmaturity.scoring import score
from govmaturity.units.registry import registry
from tests.making import framework_of, group, leaf, levels, values_of

NAN = float("nan")
# Four districts of Guangzhou, two counties and a city of Ganzhou, one unknown.
UNITS = ["440103", "440104", "440105", "440106", "360722", "360723", "360781", "mine"]
SCORES = score(
    framework_of(group("T", leaf("A"))),
    values_of({unit: {"A": 10 * place} for place, unit in enumerate(UNITS)}),
)


def of(unit, preset, population=None):
    return peers(SCORES, unit, preset, registry(), population)


def test_peers_of_the_same_kind():
    assert of("360722", "kind") == ["360723"]
    assert of("440103", "kind") == ["440106", "440105", "440104"]


def test_peers_of_the_same_prefecture_are_listed_the_best_first():
    assert of("360722", "prefecture") == ["360781", "360723"]


def test_the_best_quarter_leaves_out_the_unit_itself():
    assert of("440103", "best") == ["mine", "360781"]
    assert of("mine", "best") == ["360781"]


def test_the_nearest_in_population_are_near_by_ratio():
    people = {"440103": 100, "440104": 210, "440105": 45, "440106": 0, "360722": NAN}
    assert of("440103", "size", people) == ["440105", "440104"]
    many = {str(n): 100 + n for n in range(30)}
    scores = score(framework_of(group("T", leaf("A"))), values_of({u: {"A": 1} for u in many}))
    found = peers(scores, "0", "size", registry(), many)
    assert set(found) == {str(n) for n in range(1, SIMILAR + 1)}


@pytest.mark.parametrize("preset", ["kind", "prefecture", "size"])
def test_of_an_unknown_unit_there_are_no_peers(preset):
    assert of("mine", preset) == []


def test_an_unknown_preset_is_a_programmers_error():
    with pytest.raises(ValueError, match="unknown preset 'near'; expected one of: kind"):
        of("mine", "near")


def test_without_ranks_the_best_are_those_of_the_highest_level():
    framework = framework_of(group("T", leaf("A")), levels=levels(0, 50, 100))
    given = values_of({unit: {"A": 10 * place} for place, unit in enumerate(UNITS)})
    hidden = score(framework, given).without_ranks()
    found = peers(hidden, "440103", "best", registry())
    assert found == ["360723", "360781", "mine"]  # 50, 60 and 70 points, by id
