"""Good files, spoilt at random, are answered too."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.hostile.fuzz import nothing_written, outcome
from tests.hostile.spoiling import spoilt

SEED = 20_241
_CASES, _PARTS = 500, 4


@pytest.mark.parametrize("part", range(_PARTS))
def test_whatever_happens_to_a_file_it_is_answered(part: int) -> None:
    def judged(number: int) -> list[str]:
        return outcome(spoilt(SEED, number))[1]

    numbers = range(part, _CASES, _PARTS)
    with nothing_written() as written, ThreadPoolExecutor(2) as pool:
        wrong = dict(zip(numbers, pool.map(judged, numbers), strict=True))
    assert {number: found for number, found in wrong.items() if found} == {}
    assert written == []


def test_a_case_can_be_made_again_from_its_number() -> None:
    assert spoilt(1, 4711) == spoilt(1, 4711)
    assert len({spoilt(1, number).content for number in range(50)}) > 45
    assert len({spoilt(1, number).kind for number in range(200)}) == 10
