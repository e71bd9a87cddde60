"""The default framework: whole, in both languages, and equal to the draft it was converted from."""

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from govmaturity.framework.checks import selected
from govmaturity.framework.levels import CoverageGate, InputGate, WeakestGate
from govmaturity.framework.load import load_framework
from govmaturity.framework.model import Framework, Group, Indicator, Words

ROOT = Path(__file__).parents[2]
FILE = ROOT / "indicators" / "county-digital-government.yaml"
DRAFT = ROOT.parent / "shared" / "domain" / "framework_draft.yaml"
MEASURES = {"per_capita": "ratio", "numeric": "number"}
NATURAL = "Natural ends of the scale"
# The range is natural, only the list of items is provisional.
NOT_PROPOSED = ("P2.3",)


@cache
def framework() -> Framework:
    return load_framework(FILE)


@cache
def draft() -> dict[str, Any]:
    if not DRAFT.exists():
        pytest.skip("the draft is not here")
    whole: dict[str, Any] = yaml.safe_load(DRAFT.read_text(encoding="utf-8"))["framework"]
    return whole


def draft_indicators() -> dict[str, dict[str, Any]]:
    return {
        indicator["id"]: indicator
        for dimension in draft()["dimensions"]
        for group in dimension["subdimensions"]
        for indicator in group["indicators"]
    }


def said(words: Words | None) -> dict[str, str] | None:
    return None if words is None else {"zh": words.zh, "en": words.en}


def test_there_are_8_dimensions_24_groups_and_60_indicators() -> None:
    children = framework().tree.children
    groups = [child for child in children if isinstance(child, Group)]
    below = [child for group in groups for child in group.children]
    assert (len(groups), len(below), len(framework().indicators)) == (8, 24, 60)
    assert "".join(group.id for group in groups) == "GPDSOCIH"


def test_dimensions_say_what_they_are_and_why_they_weigh_what_they_weigh() -> None:
    for dimension in framework().tree.children:
        assert isinstance(dimension, Group)
        assert dimension.description, dimension.id
        assert dimension.rationale, dimension.id


def test_every_indicator_is_complete() -> None:
    for id_, indicator in framework().indicators.items():
        assert indicator.name.zh, id_
        assert indicator.name.en, id_
        assert indicator.definition, id_
        assert indicator.direction, id_
        assert indicator.cite, id_
        assert indicator.reporter, id_
        assert indicator.evidence, id_
        assert indicator.controllable, id_
        assert indicator.valid, id_
        assert indicator.plausible, id_
        assert indicator.max_yearly_change, id_


def test_places_in_documents_are_given_in_chinese_and_in_english() -> None:
    for id_, indicator in framework().indicators.items():
        for cite in indicator.cite:
            assert any("一" <= character <= "鿿" for character in cite.point.zh), id_
            assert not any("一" <= character <= "鿿" for character in cite.point.en), id_


def test_plausible_bounds_lie_within_valid_bounds() -> None:
    for id_, indicator in framework().indicators.items():
        assert indicator.valid, id_
        assert indicator.plausible, id_
        assert indicator.plausible.min is not None, id_
        assert indicator.plausible.max is not None, id_
        assert indicator.valid.holds(indicator.plausible.min), id_
        assert indicator.valid.holds(indicator.plausible.max), id_


def test_every_input_is_used_or_describes_the_county() -> None:
    used = {
        id_
        for indicator in framework().indicators.values()
        if indicator.ratio
        for id_ in (*indicator.ratio.numerator, *indicator.ratio.denominator)
    }
    describing = {"area_km2", "gdp_cny", "fiscal_expenditure_cny", "remote", "major_data_incidents"}
    for id_ in framework().inputs:
        assert id_ in used | describing or id_.startswith("hotline_channels."), id_


def test_an_input_of_a_required_indicator_is_required() -> None:
    needed = {
        id_
        for indicator in framework().indicators.values()
        if indicator.ratio and indicator.required
        for id_ in (*indicator.ratio.numerator, *indicator.ratio.denominator)
    }
    assert {id_ for id_, entered in framework().inputs.items() if entered.required} == needed


def test_surveys_ask_at_least_thirty_people() -> None:
    surveys = [i for i in framework().indicators.values() if i.measure.startswith("survey")]
    assert len(surveys) == 9
    assert all(i.min_sample == 30 and i.survey_items and i.answers == (1, 5) for i in surveys)


def test_gates_are_the_three_of_the_draft() -> None:
    coverage, weakest, security = framework().gates
    assert isinstance(coverage, CoverageGate)
    assert coverage.below == 0.75
    assert isinstance(weakest, WeakestGate)
    assert weakest.plus == 1
    assert isinstance(security, InputGate)
    assert (security.input, security.above, security.max_level) == ("major_data_incidents", 0, 3)


def test_coverage_limits_are_those_of_the_draft_by_depth() -> None:
    settings = framework().settings
    assert settings["maturity"].min_coverage == 0
    assert settings["G"].min_coverage == 0.6
    assert settings["G1"].min_coverage == 0.5


def test_the_controllable_lens_agrees_with_each_indicator() -> None:
    lens = framework().lenses["controllable"]
    assert lens.partition
    for group in lens.groups:
        for id_ in group.indicators:
            assert framework().indicators[id_].controllable == group.id, id_


def test_the_core_profile_reaches_every_dimension() -> None:
    core = selected(framework(), framework().profiles["core"])
    assert Counter(id_[0] for id_ in core).keys() == set("GPDSOCIH")


@pytest.mark.parametrize("part", ["name", "sources"])
def test_the_head_equals_the_draft(part: str) -> None:
    found = framework().name if part == "name" else framework().documents
    wanted = draft()["name"] if part == "name" else draft()["sources"]
    if isinstance(found, Words):
        assert said(found) == wanted
    else:
        assert {id_: said(words) for id_, words in found.items()} == wanted


def test_levels_equal_the_draft() -> None:
    found = [
        (level.start, level.end, said(level.name), said(level.description))
        for level in framework().levels
    ]
    assert found == [
        (level["min"], level["max"], level["name"], level["description"])
        for level in draft()["maturity"]["levels"]
    ]


def test_the_tree_of_groups_equals_the_draft() -> None:
    found = [
        (id_, node.weight, said(node.name), said(node.description), said(node.rationale))
        for id_, node in framework().nodes.items()
        if isinstance(node, Group) and id_ != framework().tree.id
    ]
    wanted: list[tuple[Any, ...]] = []
    for dimension in draft()["dimensions"]:
        more = (dimension["description"], dimension["weight_rationale"])
        wanted.append((dimension["id"], dimension["weight"], dimension["name"], *more))
        for group in dimension["subdimensions"]:
            wanted.append((group["id"], group["weight"], group["name"], None, None))
    assert found == wanted


def test_indicators_equal_the_draft() -> None:
    wanted = draft_indicators()
    assert list(framework().indicators) == list(wanted)
    for id_, indicator in framework().indicators.items():
        before = wanted[id_]
        assert indicator.weight == before["weight"], id_
        assert indicator.measure == MEASURES.get(before["type"], before["type"]), id_
        assert indicator.direction == before["direction"], id_
        assert indicator.required == before["required"], id_
        assert ("core" in indicator.tags) == before["core"], id_
        assert indicator.controllable == before["controllable"], id_
        assert said(indicator.unit_of_measure) == before["unit"], id_
        for key in ("name", "definition", "reporter", "evidence"):
            assert said(getattr(indicator, key)) == before[key], (id_, key)
        _bounds_equal(indicator, before)
        _parts_equal(indicator, before)
        _goalposts_equal(indicator, before)
        points = [(cite.document, cite.point.en) for cite in indicator.cite]
        assert points == [(cite["document"], cite["point"]) for cite in before["cite"]], id_


def _bounds_equal(indicator: Indicator, before: dict[str, Any]) -> None:
    plausible = dict(before["plausible"])
    assert indicator.max_yearly_change == plausible.pop("max_yearly_change"), indicator.id
    assert indicator.valid, indicator.id
    assert indicator.valid.model_dump() == before["valid"], indicator.id
    assert indicator.plausible, indicator.id
    assert indicator.plausible.model_dump() == plausible, indicator.id


def _parts_equal(indicator: Indicator, before: dict[str, Any]) -> None:
    items = [{"key": item.id, "name": said(item.name)} for item in indicator.checklist]
    assert items == before.get("checklist", []), indicator.id
    rubric = {level: said(text) for level, text in indicator.rubric.items()}
    assert rubric == before.get("rubric", {}), indicator.id
    assert indicator.survey_items == before.get("survey_items", []), indicator.id
    if "inputs" not in before:
        assert indicator.ratio is None, indicator.id
        return
    ratio = indicator.ratio
    assert ratio is not None, indicator.id
    assert ratio.times == before["multiplier"], indicator.id
    for ids, part in ((ratio.numerator, "numerator"), (ratio.denominator, "denominator")):
        wanted = before["inputs"][part]
        assert ids == (wanted["id"],), indicator.id
        name = framework().inputs[wanted["id"]].name
        assert said(name) == {"zh": wanted["zh"], "en": wanted["en"]}, indicator.id


def _goalposts_equal(indicator: Indicator, before: dict[str, Any]) -> None:
    normalisation, basis = before["normalisation"], before["goalpost_basis"]
    is_log = normalisation["transform"] == "log"
    method = framework().settings[indicator.id].normalise.method
    assert method == ("log_goalposts" if is_log else "goalposts"), indicator.id
    if basis["en"] == NATURAL:
        assert indicator.goalposts is None, indicator.id
        assert indicator.valid, indicator.id
        ends = (indicator.valid.min, indicator.valid.max)
        assert ends == (normalisation["low"], normalisation["high"]), indicator.id
        return
    posts = indicator.goalposts
    assert posts is not None, indicator.id
    assert (posts.worst, posts.best) == (normalisation["low"], normalisation["high"]), indicator.id
    assert said(posts.basis) == basis, indicator.id
    assert posts.proposed == (indicator.id not in NOT_PROPOSED), indicator.id


def test_what_describes_the_county_equals_the_draft() -> None:
    inputs = framework().inputs
    for variable in draft()["context_variables"]:
        id_ = variable["id"]
        if id_ == "hotline_channels":
            for option in variable["options"]:
                assert inputs[f"{id_}.{option['id']}"].measure == "yes_no"
                assert inputs[f"{id_}.{option['id']}"].name.zh.endswith(option["zh"])
            continue
        assert variable["name"] in (said(inputs[id_].name), said(inputs[id_].definition)), id_


def test_lenses_equal_the_draft() -> None:
    assert list(framework().lenses) == [lens["id"] for lens in draft()["lenses"]]
    for before in draft()["lenses"]:
        lens = framework().lenses[before["id"]]
        assert said(lens.name) == before["name"]
        assert said(lens.description) == before.get("note")
        assert lens.partition == before["partition"]
        points = [(cite.document, cite.point.en) for cite in lens.cite]
        assert points == [(cite["document"], cite["point"]) for cite in before.get("cite", [])]
        groups = [(group.id, said(group.name), group.indicators) for group in lens.groups]
        assert groups == [(g["id"], g["name"], g["indicators"]) for g in before["groups"]]


def test_the_profile_core_equals_the_draft() -> None:
    core = framework().profiles["core"]
    assert said(core.name) == draft()["profiles"]["core"]["name"]
    wanted = [id_ for id_, indicator in draft_indicators().items() if indicator["core"]]
    assert list(selected(framework(), core)) == wanted
