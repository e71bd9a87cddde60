"""The page What if, run as Streamlit runs it: sliders, methods, links, another framework."""

from __future__ import annotations

import pandas as pd
import pytest
import yaml
from streamlit.testing.v1 import AppTest

from govmaturity.analysis.what_if.changes import Changes
from govmaturity.analysis.what_if.variant import variant
from govmaturity.framework.load import load_framework
from govmaturity.framework.write import as_yaml
from govmaturity.intake.checks import check
from govmaturity.scoring import score
from govmaturity.texts import LANGUAGES, say
from tests.conftest import ROOT
from ui.guard import ROUTED

SIMULATED = "county-digital-government"


def page_with(**choices: str) -> AppTest:
    page = AppTest.from_file(str(ROOT / "pages" / "what_if.py"), default_timeout=60)
    page.session_state[ROUTED] = True
    for name, value in ({"framework": "county-conditions", "language": "en"} | choices).items():
        page.query_params[name] = value
    return page


def opened(**choices: str) -> AppTest:
    page = page_with(**choices).run()
    assert not page.exception, page.exception
    return page


def finding(page: AppTest) -> str:
    return str(page.header[0].value)


def tried(page: AppTest) -> str:
    return str(page.session_state["state"].tried)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("framework", ["county-conditions", SIMULATED])
def test_it_opens_with_the_ranks_as_they_stand(framework, language):
    page = opened(framework=framework, language=language)
    assert say("what_if.nothing", language)[:20] in finding(page)
    assert page.slider


def test_a_slider_moves_ranks_and_the_address_holds_it():
    page = opened()
    page.slider(key="try_people").set_value(0.0).run()
    assert not page.exception
    assert tried(page) == "w~people~0,w~place~25,w~means~25"
    assert "change rank" in finding(page)
    assert page.slider(key="try_people").label.endswith("0.0%")
    assert page.slider(key="try_place").label.endswith("50.0%")
    again = opened(tried=tried(page))
    assert finding(again) == finding(page)


def test_methods_and_indicators_are_chosen_and_taken_back():
    page = opened()
    page.selectbox(key="try_method_normalise").set_value("min_max").run()
    page.selectbox(key="try_method_aggregate").set_value("geometric").run()
    page.multiselect(key="try_left_out").set_value(["car_pct"]).run()
    assert not page.exception
    assert tried(page) == "n~min_max,a~geometric,x~car_pct"
    assert say("what_if.no_levels", "en") in [one.value for one in page.caption]
    next(one for one in page.button if one.label == say("what_if.reset", "en")).click().run()
    assert tried(page) == ""


def test_what_is_left_out_keeps_the_place_of_its_slider():
    page = opened(tried="w~tap_water_pct~30,w~car_pct~70,x~car_pct", node="means")
    assert page.slider(key="try_car_pct").value == 0
    page.slider(key="try_tap_water_pct").set_value(40.0).run()
    assert tried(page) == "w~tap_water_pct~40,w~car_pct~70,x~car_pct"


def test_goalposts_against_the_direction_are_refused_in_words():
    page = opened(tried="g~mean_years_schooling~12~7")
    assert len(page.error) == 1
    assert "higher" in page.error[0].value
    assert not page.exception


def test_a_method_that_values_do_not_allow_is_said_in_words():
    # z-scores lie below zero, where there is no geometric mean.
    page = opened(tried="n~z_score,a~geometric")
    assert len(page.error) == 1
    assert not page.exception


def test_a_link_that_tries_what_is_not_here_is_set_back_and_said():
    page = opened(tried="w~gone~30")
    assert "changes tried" in page.warning[0].value
    assert tried(page) == ""


def test_everything_left_out_is_refused_in_words():
    census = load_framework(ROOT / "indicators" / "county-conditions.yaml")
    page = opened(tried=",".join(f"x~{id_}" for id_ in census.indicators))
    assert page.error
    assert not page.exception


def variant_text(**changes) -> bytes:
    framework = load_framework(ROOT / "indicators" / f"{SIMULATED}.yaml")
    file = ROOT / "data" / "samples" / f"SIMULATED-{SIMULATED}.csv"
    plan = score(framework, check(file.read_bytes(), file.name, framework).values).plan
    made = yaml.safe_load(as_yaml(variant(plan, Changes(**changes))))
    made["id"] = "another"
    return yaml.safe_dump(made, allow_unicode=True, sort_keys=False).encode()


def with_file(content: bytes, **choices: str) -> AppTest:
    page = page_with(framework=SIMULATED, mode="framework", **choices).run()
    page.file_uploader(key="versus_file").set_value(("another.yaml", content, "text/yaml")).run()
    assert not page.exception, page.exception
    return page


def test_another_version_is_compared_and_each_change_split(monkeypatch):
    seen: dict[str, pd.DataFrame] = {}
    from ui import widgets

    def keep(view, figure, table, key, **more):
        seen[key] = table()

    monkeypatch.setattr(widgets, "chart_with_table", keep)
    page = with_file(variant_text(aggregate="geometric"), before="2022")
    assert "change rank" in finding(page)
    heads = [say(f"what_if.part_{part}", "en") for part in ("method", "data", "total")]
    parts = seen["parts_of_change"][heads].to_numpy()
    assert parts[:, :2].sum(axis=1) == pytest.approx(parts[:, 2])
    assert (abs(parts[:, :2]).max(axis=0) > 0.1).all()


def test_a_file_with_faults_lists_them_and_a_missing_one_is_asked_for():
    page = with_file(b"id: x\ntree: []\n")
    assert page.error
    assert "this file has" in page.error[0].value.lower()
    assert "YAML" in opened(mode="framework").info[0].value
    page = with_file(b"\xff\xfe\x00")
    assert page.error


def test_a_framework_that_asks_for_other_figures_has_nothing_to_compare():
    page = opened(mode="framework", framework2=SIMULATED)
    assert page.info
    page = opened(mode="framework", framework2="undp-hdi")
    assert page.info


def test_on_another_scale_ranks_are_split_and_without_ranks_nothing():
    made = yaml.safe_load(variant_text(aggregate="geometric"))
    made.pop("levels", None)
    made.pop("gates", None)
    made["scale"] = [0, 1000]
    for node in _nodes(made["tree"]):
        if isinstance(node.get("aggregate"), dict):
            node["aggregate"]["floor"] = 10.0
    content = yaml.safe_dump(made, allow_unicode=True, sort_keys=False).encode()
    page = with_file(content, before="2022")
    assert not page.error, page.error[0].value
    assert say("what_if.other_scale", "en") in [one.value for one in page.info]
    assert any("places on average" in str(one.value) for one in page.markdown)
    page = with_file(content, before="2022", ranks="none")
    assert say("what_if.other_scale_levels", "en") in [one.value for one in page.info]


def _nodes(node):
    yield node
    for child in node.get("children", ()):
        yield from _nodes(child)
