"""Types of units: found where they are, and not where they are not."""

import numpy as np
import pytest

from govmaturity.analysis.inequality import UndefinedMeasureError
from govmaturity.analysis.types import types_of

PROFILES = np.vstack(
    [
        np.random.default_rng(1).normal((80, 80, 20), 3, (12, 3)),
        np.random.default_rng(2).normal((40, 40, 70), 3, (8, 3)),
    ]
)
NAMES = ("g", "p", "s")


def test_two_plain_groups_are_found_and_named_by_what_stands_out():
    found = types_of(PROFILES, NAMES)
    assert [one.n for one in found.types] == [12, 8]
    assert found.of_unit.tolist() == [0] * 12 + [1] * 8
    assert set(found.types[0].strong) == {"g", "p"}
    assert found.types[0].weak == ("s",)
    assert found.types[1].strong == ("s",)
    assert found.is_found
    assert found.silhouette == max(found.silhouettes.values())
    assert found.types[0].profile["g"] == pytest.approx(PROFILES[:12, 0].mean())


def test_the_scale_of_a_dimension_does_not_count_and_the_seed_gives_the_same():
    found = types_of(PROFILES * [1, 1, 0.01], NAMES, seed=3)
    assert found.of_unit.tolist() == types_of(PROFILES, NAMES, seed=3).of_unit.tolist()


def test_noise_is_no_types_and_a_gap_has_none():
    noise = np.random.default_rng(5).uniform(0, 100, (60, 6))
    assert not types_of(noise, list("abcdef")).is_found
    gappy = PROFILES.copy()
    gappy[3, 1] = np.nan
    found = types_of(gappy, NAMES)
    assert found.of_unit[3] == -1
    assert np.isnan(found.of_units[3])
    assert sum(one.n for one in found.types) == 19


def test_a_number_of_types_can_be_asked_for_and_awkward_input_is_refused():
    assert len(types_of(PROFILES, NAMES, k=4).types) == 4
    with pytest.raises(ValueError, match="k has to be"):
        types_of(PROFILES, NAMES, k=1)
    with pytest.raises(ValueError, match="shape"):
        types_of(PROFILES, NAMES[:2])
    with pytest.raises(UndefinedMeasureError, match="too_few"):
        types_of(PROFILES[:5], NAMES)
    with pytest.raises(UndefinedMeasureError, match="no_variation"):
        types_of(np.full((9, 3), 5.0), NAMES)
