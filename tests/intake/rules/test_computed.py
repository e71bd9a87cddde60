"""Ratios that their counts cannot make."""

from govmaturity.framework.load import load_framework
from govmaturity.intake.checks import check


def checked(root, *rows, columns="urban_population,population"):
    framework = load_framework(root / "indicators/county-conditions.yaml")
    text = f"unit,period,{columns}\n" + "\n".join(rows) + "\n"
    return check(text.encode(), "counts.csv", framework)


def codes(found, code):
    return [issue for issue in found.issues if issue.code == code]


def test_a_part_larger_than_its_whole_is_an_error_that_names_both_cells(root):
    found = checked(root, "440105,2020,900000,800000", "440106,2020,700000,800000")
    (issue,) = codes(found, "ratio_outside_valid")
    assert issue.severity == "error"
    assert issue.cells == ("C2", "D2")
    assert (issue.unit, issue.indicator, issue.found) == ("440105", "urban_pct", "112.5")
    assert found.faulty == (("440105", "2020", "urban_population"),)


def test_a_part_as_large_as_its_whole_is_right(root):
    assert not codes(checked(root, "440105,2020,800000,800000"), "ratio_outside_valid")


def test_a_ratio_outside_the_usual_range_is_to_be_confirmed(root):
    found = checked(root, "440105,2020,8000,800000")
    (issue,) = codes(found, "ratio_outside_plausible")
    assert issue.severity == "confirm"
    assert not found.faulty


def test_missing_counts_and_a_whole_of_zero_make_no_ratio(root):
    found = checked(root, "440105,2020,,800000", "440106,2020,0,0")
    assert not codes(found, "ratio_outside_valid")
    assert not codes(found, "ratio_outside_plausible")


def test_one_part_of_a_sum_is_enough_to_exceed_the_whole(root):
    columns = "college_male,college_female,bachelor_plus_male,bachelor_plus_female,population"
    found = checked(root, "440105,2020,600000,600000,0,0,1000000", columns=columns)
    (issue,) = codes(found, "ratio_outside_valid")
    assert issue.cells == ("C2", "D2", "E2", "F2", "G2")
