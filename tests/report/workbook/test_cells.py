"""Numbers inside formulas are those of the framework, to the last digit."""

from hypothesis import given
from hypothesis import strategies as st

from govmaturity.report.workbook.cells import literal


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_literal_reads_back_as_the_number_it_was_made_of(number: float):
    assert float(literal(number).strip("()")) == number


@given(st.floats(allow_nan=False, allow_infinity=False, max_value=-1e-300))
def test_a_negative_number_stands_in_brackets_so_that_a_sign_before_it_holds(number: float):
    assert literal(number).startswith("(-")
