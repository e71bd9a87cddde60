"""What can be entered for a framework."""

from __future__ import annotations

from typing import Any

import pytest

from govmaturity.framework.fields import Field, entered_for, fields
from govmaturity.framework.rules import Bounds
from tests.making import entered, framework_of, group, leaf, words


def field(indicator: dict[str, Any], **more: Any) -> Field:
    return fields(framework_of(group("root", indicator), **more))[indicator["id"]]


def options(*codes: str) -> list[dict[str, Any]]:
    return [{"code": c, "name": words(c), "points": i} for i, c in enumerate(codes)]


def test_inputs_come_first_then_the_tree_with_items_behind_their_checklist():
    items = [{"id": id_, "name": words(id_)} for id_ in ("plan", "team")]
    made = framework_of(
        group("root", leaf("b"), leaf("c", None, measure="checklist", checklist=items)),
        inputs=entered("x"),
    )
    found = fields(made)
    assert list(found) == ["x", "b", "c", "c.plan", "c.team"]
    assert [one.kind for one in found.values()] == [
        *("input", "indicator", "indicator", "item", "item")
    ]
    assert found["c.plan"].measure == "yes_no"
    assert found["c.plan"].valid == Bounds(min=0, max=1)


def test_what_has_parts_is_a_shortcut():
    ratio = {"of": "x", "to": "x"}
    assert field(leaf("r", measure="ratio", ratio=ratio), inputs=entered("x")).is_shortcut
    items = [{"id": "i", "name": words("i")}]
    assert field(leaf("c", None, measure="checklist", checklist=items)).is_shortcut
    assert not field(leaf("n")).is_shortcut


@pytest.mark.parametrize(
    ("indicator", "bounds"),
    [
        (leaf("p", measure="percent"), (0, 100)),
        (leaf("p", measure="survey_topbox"), (0, 100)),
        (leaf("p", measure="count"), (0, None)),
        (leaf("p", measure="number"), (None, None)),
        (leaf("p", measure="external"), (None, None)),
        (leaf("p", None, measure="yes_no"), (0, 1)),
        (leaf("p", None, measure="survey_mean"), (1, 5)),
        (leaf("p", None, measure="survey_mean", answers=[0, 10]), (0, 10)),
        (leaf("p", None, measure="rubric", rubric={2: words("a"), 3: words("b")}), (2, 3)),
        (leaf("p", None, measure="choice", options=options("a", "b", "c")), (1, 3)),
        (leaf("p", measure="percent", valid={"min": 5, "max": 9}), (5, 9)),
    ],
)
def test_a_measure_has_natural_bounds_unless_the_framework_states_others(
    indicator: dict[str, Any], bounds: tuple[float | None, float | None]
):
    valid = field(indicator).valid
    assert (valid.min, valid.max) == bounds


def test_a_count_among_the_inputs_starts_at_zero():
    found = fields(framework_of(group("root", leaf("a")), inputs=entered("x")))
    assert found["x"].valid == Bounds(min=0)
    assert found["x"].is_whole
    assert not found["a"].is_whole


def test_levels_of_a_rubric_are_options_in_order_and_keep_their_numbers():
    found = field(leaf("r", None, measure="rubric", rubric={3: words("c"), 2: words("b")}))
    assert [(o.code, o.value, o.name.en) for o in found.options] == [("2", 2, "b"), ("3", 3, "c")]


def test_options_of_a_choice_are_numbered_in_the_order_of_the_file():
    found = field(leaf("c", None, measure="choice", options=options("none", "some")))
    assert [(o.code, o.value) for o in found.options] == [("none", 1), ("some", 2)]


def test_an_item_is_required_with_its_checklist():
    items = [{"id": "i", "name": words("i")}]
    made = framework_of(
        group("root", leaf("c", None, measure="checklist", checklist=items, required=True))
    )
    assert fields(made)["c.i"].is_required


def test_percentages_know_that_they_are():
    assert field(leaf("p", measure="percent")).is_percent
    assert not field(
        leaf("p", measure="ratio", ratio={"of": "x", "to": "x"}), inputs=entered("x")
    ).is_percent


def test_a_field_knows_its_indicator_its_dimension_and_who_reports_it() -> None:
    office = words("office")
    tree = group(
        "root",
        group(
            "A",
            leaf("A1", measure="percent", ratio={"of": "part", "to": "whole", "times": 100}),
            leaf(
                "A2", None, None, measure="checklist", checklist=[{"id": "x", "name": words("x")}]
            ),
        ),
        leaf("B", reporter=office, definition=words("means this")),
    )
    known = fields(framework_of(tree, inputs=entered("part", "whole", "people")))
    assert {id_: (field.indicator, field.dimension) for id_, field in known.items()} == {
        "part": ("A1", "A"),
        "whole": ("A1", "A"),
        "people": ("", ""),
        "A1": ("A1", "A"),
        "A2": ("A2", "A"),
        "A2.x": ("A2", "A"),
        "B": ("B", "B"),
    }
    assert known["B"].definition is not None
    assert known["B"].is_reported_by("office")
    assert not known["B"].is_reported_by("somebody else")
    assert known["A1"].is_reported_by("anybody")


def test_what_is_entered_for_an_indicator_is_itself_and_what_it_is_computed_from():
    items = [{"id": id_, "name": words(id_)} for id_ in ("plan", "team")]
    ratio = {"of": ["x", "y"], "to": ["x"]}
    made = framework_of(
        group(
            "root",
            leaf("b"),
            leaf("c", None, measure="checklist", checklist=items),
            leaf("r", measure="ratio", ratio=ratio),
        ),
        inputs=entered("x", "y"),
    )
    assert entered_for(made, "b") == ("b",)
    assert entered_for(made, "c") == ("c", "c.plan", "c.team")
    assert entered_for(made, "r") == ("r", "x", "y")
    assert all(set(entered_for(made, one)) <= set(fields(made)) for one in made.indicators)
