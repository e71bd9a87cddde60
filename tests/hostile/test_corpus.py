"""Every file of the corpus has the answer that it should have, and harms nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from govmaturity.intake.files import limits
from tests.hostile.corpus import GROUPS, corpus
from tests.hostile.fuzz import nothing_written
from tests.hostile.judging import examine, faults
from tests.hostile.making import Case
from tests.hostile.weighing import weigh

CASES = [case for _, case in corpus()]
_PARTS = 8


def test_the_corpus_is_large_and_its_names_differ() -> None:
    assert len(CASES) >= 400
    assert len({case.name for case in CASES}) == len(CASES)
    assert all(any(GROUPS[group]()) for group in GROUPS)


def test_the_corpus_is_the_same_every_time_it_is_made() -> None:
    assert [case.content for _, case in corpus()] == [case.content for case in CASES]


@pytest.mark.parametrize("part", range(_PARTS))
def test_every_file_is_answered_with_what_is_to_be_said_of_it(part: int) -> None:
    wrong = {
        case.name: found for case in CASES[part::_PARTS] if (found := faults(case, examine(case)))
    }
    assert wrong == {}


def test_nothing_is_written_and_this_process_reads_nothing_itself() -> None:
    with nothing_written() as written:
        small = [case for case in CASES if len(case.content) < 100_000]
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(examine, small[::3]))
    assert written == []
    script = (
        "import sys\n"
        "from tests.hostile.corpus import corpus\n"
        "from tests.hostile.judging import examine\n"
        "cases = [case for _, case in corpus() if len(case.content) < 100_000]\n"
        "for case in cases[::40]: examine(case)\n"
        "print(sorted({'python_calamine', 'xlrd', 'openpyxl'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        check=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(["", *sys.path])},
    )
    assert done.stdout.decode().strip() == "[]"


def test_the_same_file_has_the_same_answer_twice_and_at_once() -> None:
    case = next(case for case in CASES if case.issues and case.told)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(examine, [case] * 6))
    assert {answer.issues for answer in answers} == {answers[0].issues}
    assert all(answer.values.table.equals(answers[0].values.table) for answer in answers)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory")
def test_no_child_takes_more_memory_than_it_may() -> None:
    hungry = sorted(CASES, key=lambda case: len(case.content))[-25:]
    peaks = [weigh(case) for case in hungry]
    assert max(peak or 0 for peak in peaks) <= limits.MAX_MEMORY_BYTES
    assert sum(peak is not None and peak > 0 for peak in peaks) >= 10


def test_a_case_that_differs_is_noticed() -> None:
    case = next(case for case in CASES if case.told and not case.issues)
    checked = examine(case)
    assert faults(case, checked) == []
    assert faults(Case(case.name, case.content, (), {}), checked)
    assert faults(Case(case.name, case.content, ("pdf",), case.told), checked)
