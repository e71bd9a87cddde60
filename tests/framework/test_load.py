"""Faulty frameworks: every fault is found, placed, and said in both languages."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from govmaturity.framework.document import MAX_CHARACTERS, MAX_DEPTH, MAX_NODES
from govmaturity.framework.faults import TYPES, Fault, FrameworkError
from govmaturity.framework.load import load_framework, parse_framework
from govmaturity.texts import LANGUAGES, say
from tests.making import (
    Data,
    codes_of,
    data_of,
    entered,
    faults_of,
    group,
    leaf,
    levels,
    text_of,
    words,
)

ROOT = Path(__file__).resolve().parents[2]

# Written out, so that lines can be counted: the line of a fault is asserted below.
GOOD = """\
id: small
version: 1
name: {zh: 小体系, en: Small}
source: {zh: 测试, en: made for tests}
scale: [0, 100]
levels:
  - {name: {zh: 低, en: low}, from: 0, to: 40}
  - {name: {zh: 高, en: high}, from: 40, to: 100}
inputs:
  done:
    name: {zh: 已办, en: Done}
    unit_of_measure: {zh: 件, en: cases}
  due:
    name: {zh: 应办, en: Due}
    unit_of_measure: {zh: 件, en: cases}
tree:
  id: root
  name: {zh: 总, en: All}
  children:
    - id: share
      weight: 0.6
      name: {zh: 办结率, en: Share done}
      measure: percent
      unit_of_measure: {zh: '%', en: '%'}
      direction: higher
      goalposts: {worst: 0, best: 100, basis: {zh: 无, en: none}}
      ratio: {of: done, to: due, times: 100}
    - id: days
      weight: 0.4
      name: {zh: 时长, en: Days}
      measure: number
      unit_of_measure: {zh: 天, en: days}
      direction: lower
      goalposts:
        worst: 30
        best: 1
        basis: {zh: 无, en: none}
    - id: platform
      weight: 0
      name: {zh: 平台, en: Platform}
      measure: rubric
      unit_of_measure: {zh: 级, en: level}
      direction: higher
      rubric:
        1: {zh: 没有, en: nothing}
        2: {zh: 有, en: some}
        3: {zh: 齐全, en: all}
"""


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def broken(old: str, new: str, times: int = 1) -> str:
    assert GOOD.count(old) >= 1, old
    return GOOD.replace(old, new, times)


def only(text: str) -> Fault:
    (fault,) = faults_of(text)
    return fault


def test_the_framework_that_is_broken_below_is_in_order():
    assert faults_of(GOOD) == ()


# The faults of the issue, each with its place ------------------------------------------------

CASES: dict[str, tuple[str, str, str, str, str, str]] = {
    # name: text, code, a part of the line, path, found, expected
    "weights that do not sum to 1": (
        broken("weight: 0.6", "weight: 0.5"),
        *("weights_sum", "tree:", "tree", "0.9", "1"),
    ),
    "a negative weight": (
        broken("weight: 0.6", "weight: -0.6").replace("weight: 0.4", "weight: 1.6"),
        *("weight_negative", "weight: -0.6", "tree.children[0].weight", "-0.6", "0"),
    ),
    "weights that are all zero": (
        broken("weight: 0.6", "weight: 0").replace("weight: 0.4", "weight: 0"),
        *("weights_all_zero", "tree:", "tree", "0", ""),
    ),
    "a break of a node that is not there": (
        GOOD + "breaks: [{period: '2024', nodes: [shar], reason: {zh: 因, en: why}}]\n",
        *("unknown_node", "breaks:", "breaks[0].nodes[0]", "shar", "share"),
    ),
    "a part without a weight": (
        broken("      weight: 0.4\n", ""),
        *("weight_missing", "tree:", "tree", "days", ""),
    ),
    "the id of another indicator": (
        broken("- id: days", "- id: share"),
        *("twice_id", "- id: share\n      weight: 0.4", "tree.children[1].id", "share", "tree"),
    ),
    "the id of an input": (
        broken("- id: days", "- id: done"),
        *("twice_id", "  done:", "inputs.done", "done", "tree"),
    ),
    "goalposts that are equal": (
        broken("worst: 30", "worst: 1"),
        *("goalposts_equal", "goalposts:\n", "tree.children[1].goalposts", "worst=1, best=1", ""),
    ),
    "a direction that contradicts the goalposts": (
        broken("direction: lower", "direction: higher"),
        "direction_contradicts",
        "direction: higher\n      goalposts:\n",
        *("tree.children[1].direction", "higher", "lower"),
    ),
    "log goalposts at zero": (
        broken("direction: lower\n", "direction: lower\n      normalise: log_goalposts\n").replace(
            "best: 1\n", "best: 0\n"
        ),
        "log_goalposts",
        "goalposts:\n",
        *("tree.children[1].goalposts", "worst=30, best=0", "> 0"),
    ),
    "log goalposts below zero": (
        broken("direction: lower\n", "direction: lower\n      normalise: log_goalposts\n").replace(
            "best: 1\n", "best: -1\n"
        ),
        "log_goalposts",
        "goalposts:\n",
        *("tree.children[1].goalposts", "worst=30, best=-1", "> 0"),
    ),
    "a gap between levels": (
        broken("from: 40", "from: 45"),
        *("levels_gap", "from: 45", "levels[1].from", "45", "40"),
    ),
    "levels that overlap": (
        broken("from: 40", "from: 35"),
        *("levels_overlap", "from: 35", "levels[1].from", "35", "40"),
    ),
    "a gap below the first level": (
        broken("from: 0", "from: 10"),
        *("levels_gap", "from: 10", "levels[0].from", "10", "0"),
    ),
    "a gap above the last level": (
        broken("to: 100}", "to: 90}"),
        *("levels_gap", "to: 90", "levels[1].to", "90", "100"),
    ),
    "a level beyond the scale": (
        broken("to: 100}", "to: 110}"),
        *("levels_overlap", "to: 110", "levels[1].to", "110", "100"),
    ),
    "a rubric without a text for a level in between": (
        broken("        2: {zh: 有, en: some}\n", ""),
        *("rubric_level_missing", "rubric:\n", "tree.children[2].rubric", "2", "1-3"),
    ),
    "a rubric level with an empty text": (
        broken("2: {zh: 有, en: some}", "2: {zh: 有, en: ''}"),
        *("wrong_type", "2: {zh", "tree.children[2].rubric[2].en", "", "text"),
    ),
    "a rubric level in one language": (
        broken("2: {zh: 有, en: some}", "2: {zh: 有}"),
        *("missing_key", "2: {zh", "tree.children[2].rubric[2].en", "en", "en"),
    ),
    "an input that does not exist": (
        broken("to: due", "to: dues"),
        *("unknown_input", "ratio:", "tree.children[0].ratio", "dues", "due"),
    ),
    "an unknown key, with the nearest known one": (
        broken("direction: lower", "directon: lower"),
        *("unknown_key", "directon", "tree.children[1].directon", "directon", "direction"),
    ),
    "an unknown key of the whole": (
        broken("levels:", "leveles:"),
        *("unknown_key", "leveles", "leveles", "leveles", "levels"),
    ),
    "an unknown key of goalposts": (
        broken("        worst: 30\n", "        worst: 30\n        wurst: 1\n"),
        *("unknown_key", "wurst", "tree.children[1].goalposts.wurst", "wurst", "worst"),
    ),
    "text for a number": (
        broken("worst: 30", "worst: thirty"),
        *("wrong_type", "worst: thirty", "tree.children[1].goalposts.worst", "thirty", "number"),
    ),
    "a number for text": (
        broken("en: Days", "en: 30"),
        *("wrong_type", "en: 30", "tree.children[1].name.en", "30", "text"),
    ),
    "a truth value for a number": (
        broken("worst: 30", "worst: yes"),
        *("wrong_type", "worst: yes", "tree.children[1].goalposts.worst", "True", "number"),
    ),
    "no number at all": (
        broken("worst: 30", "worst: .nan"),
        *("wrong_type", "worst: .nan", "tree.children[1].goalposts.worst", "nan", "number"),
    ),
    "infinity": (
        broken("worst: 30", "worst: .inf"),
        *("wrong_type", "worst: .inf", "tree.children[1].goalposts.worst", "inf", "number"),
    ),
    "a list for a mapping": (
        broken("{of: done, to: due, times: 100}", "[done, due]"),
        *("wrong_type", "ratio:", "tree.children[0].ratio", "['done', 'due']", "mapping"),
    ),
    "a weight that is neither number nor fraction": (
        broken("weight: 0.4", "weight: 2/0"),
        *("wrong_type", "weight: 2/0", "tree.children[1].weight", "2/0", "fraction"),
    ),
    "a key that is missing": (
        broken("      unit_of_measure: {zh: 天, en: days}\n", ""),
        "missing_key",
        "- id: days",
        *("tree.children[1].unit_of_measure", "unit_of_measure", "unit_of_measure"),
    ),
    "a key that stands twice": (
        broken("direction: lower", "direction: lower\n      direction: higher"),
        *("twice_key", "direction: higher\n      goalposts:\n", "tree.children[1].direction"),
        *("direction", str(line_of(GOOD, "direction: lower"))),
    ),
}


@pytest.mark.parametrize(
    ("text", "code", "part", "place", "found", "expected"), CASES.values(), ids=CASES
)
def test_a_fault_is_found_and_placed(
    text: str, code: str, part: str, place: str, found: str, expected: str
):
    fault = only(text)
    assert fault.code == code
    assert (fault.file, fault.line) == ("made.yaml", line_of(text, part))
    assert re.sub(r"\[(\d+)\]", r".\1", fault.place) == re.sub(r"\[(\d+)\]", r".\1", place)
    assert (fault.found, fault.expected) == (found, expected)


def test_two_roots_are_refused():
    text = broken("tree:\n  id: root", "tree:\n - id: root").replace(
        "\n  name: {zh: 总", "\n   name: {zh: 总"
    )
    text = (
        text.replace("\n  children:", "\n   children:")
        + " - id: root2\n   name: {zh: 二, en: Two}\n"
    )
    fault = faults_of(text)[0]
    assert (fault.code, fault.place, fault.found, fault.expected) == ("two_roots", "tree", "2", "1")
    assert fault.line == line_of(text, "tree:")


def test_an_indicator_cannot_be_the_root():
    assert "missing_key" in codes_of(data_of(leaf("a")))


def test_a_group_without_children_is_refused():
    assert codes_of(data_of(group("root"))) == ["wrong_type"]


@pytest.mark.parametrize("id_", ["=x", "-x", "+x", "a b", "", "网办", ".x", "x/y", "x" * 81])
def test_an_id_that_a_spreadsheet_or_an_address_could_misread_is_refused(id_: str):
    assert codes_of(data_of(group("root", leaf("a") | {"id": id_}))) == ["wrong_type"]


def test_fractions_make_exact_weights_and_the_sum_has_a_tolerance():
    thirds = [leaf(id_, weight="1/3") for id_ in "abc"]
    assert faults_of(data_of(group("root", *thirds, weights="given"))) == ()
    rounded = [leaf(id_, weight=0.3333333) for id_ in "abc"]
    assert faults_of(data_of(group("root", *rounded, weights="given"))) == ()
    rough = [leaf(id_, weight=0.333) for id_ in "abc"]
    assert codes_of(data_of(group("root", *rough, weights="given"))) == ["weights_sum"]


@pytest.mark.parametrize(
    "weight", ["1e999999999", "9" * 5000, "1/0", "1/3/5", "9" * 400 + "/1", ".5/2", "half", "1 0/3"]
)
def test_a_weight_that_is_no_number_is_refused_at_once(weight: str):
    made = data_of(group("root", leaf("a", weight=weight), weights="relative"))
    assert codes_of(made) == ["wrong_type"]


def test_weights_may_sum_to_100_if_the_file_says_so():
    parts = [leaf("a", weight=60), leaf("b", weight=40)]
    assert faults_of(data_of(group("root", *parts, weights="given", sum=100))) == ()
    assert codes_of(data_of(group("root", *parts, weights="given"))) == ["weights_sum"]
    assert faults_of(data_of(group("root", *parts, weights="relative"))) == ()
    assert codes_of(data_of(group("root", *parts, weights="given", sum=10))) == ["wrong_type"]


# Several at once -----------------------------------------------------------------------------


def test_several_faults_are_reported_at_once_in_the_order_of_their_lines():
    text = (
        broken("from: 40", "from: 45")
        .replace("weight: 0.6", "weight: 0.5")
        .replace("to: due", "to: dues")
        .replace("directon", "direction")
        .replace("worst: 30", "worst: thirty")
        .replace("direction: lower", "directon: lower")
        .replace("        2: {zh: 有, en: some}\n", "")
    )
    faults = faults_of(text)
    assert [(fault.code, fault.line) for fault in faults] == [
        ("levels_gap", line_of(text, "from: 45")),
        ("weights_sum", line_of(text, "tree:")),
        ("unknown_input", line_of(text, "to: dues")),
        ("unknown_key", line_of(text, "directon")),
        ("wrong_type", line_of(text, "worst: thirty")),
        ("rubric_level_missing", line_of(text, "rubric:\n")),
    ]


def test_faults_of_one_kind_are_all_named():
    text = GOOD.replace("direction:", "directon:")
    assert codes_of(text) == ["unknown_key"] * 3


def test_a_missing_name_does_not_hide_another_fault():
    text = broken("name: {zh: 小体系, en: Small}\n", "").replace("weight: 0.6", "weight: 0.5")
    assert sorted(codes_of(text)) == ["missing_key", "weights_sum"]


def test_what_replaces_a_faulty_value_is_not_blamed_in_turn():
    # A measure that does not exist is said once; no fault follows from the one put in its place.
    assert codes_of(broken("measure: percent", "measure: per_cent")) == ["wrong_type"]


def test_the_error_itself_lists_every_sentence():
    with pytest.raises(FrameworkError) as caught:
        parse_framework(broken("from: 40", "from: 45").replace("weight: 0.6", "weight: 0.5"))
    assert len(str(caught.value).splitlines()) == 2
    assert "framework.yaml line 8, levels[1].from" in str(caught.value)


# Text that is no framework -------------------------------------------------------------------

ALIAS_BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join([f'*{chr(97 + i)}'] * 10)}]\n" for i in range(9)
)
MERGE_BOMB = "a: &a {x: 1}\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} {{<<: [{', '.join([f'*{chr(97 + i)}'] * 10)}]}}\n"
    for i in range(9)
)

TEXTS: dict[str, tuple[str, str]] = {
    "python code": ("id: !!python/object/apply:os.system ['echo hurt']\n", "unsafe_tag"),
    "a python name": ("id: !!python/name:os.system\n", "unsafe_tag"),
    "a tag of one's own": ("id: !mine x\n", "unsafe_tag"),
    "a set": ("id: !!set {x, y}\n", "unsafe_tag"),
    "binary": ("id: !!binary aGk=\n", "unsafe_tag"),
    "aliases that blow up": (ALIAS_BOMB, "too_many_nodes"),
    "merges that blow up": (MERGE_BOMB, "too_many_nodes"),
    "an alias that contains itself": ("tree: &t\n  children: [*t]\n", "too_many_nodes"),
    "a list that contains itself": ("tree: &t [*t]\n", "too_many_nodes"),
    "a merge of itself": ("tree: &t\n  <<: *t\n", "too_many_nodes"),
    "an alias of nothing": ("tree: *t\n", "not_yaml"),
    "depth": ("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), "too_deep"),
    "great depth": ("[" * 100_000, "too_deep"),
    "depth by indenting": ("".join(" " * i + "a:\n" for i in range(200)), "too_deep"),
    "size": ("# " + "x" * MAX_CHARACTERS, "too_large"),
    "many nodes": ("[" + "x, " * (MAX_NODES + 1) + "]", "too_many_nodes"),
    "nothing": ("", "empty_file"),
    "a comment": ("# nothing\n", "empty_file"),
    "two documents": ("id: a\n---\nid: b\n", "not_yaml"),
    "an open bracket": ("id: [a\n", "not_yaml"),
    "a tab": ("tree:\n\tid: a\n", "not_yaml"),
    "a null character": ("id: a\0b\n", "not_yaml"),
    "a word": ("framework\n", "wrong_type"),
    "a list": ("- a\n- b\n", "wrong_type"),
    "a key that is a list": ("? [a, b]\n: 1\n", "wrong_key"),
    "null": ("~\n", "wrong_type"),
}


@pytest.mark.parametrize(("text", "code"), TEXTS.values(), ids=TEXTS)
def test_text_that_is_no_framework_is_refused(text: str, code: str):
    assert code in codes_of(text)


def test_a_tag_that_runs_code_runs_nothing(tmp_path: Path):
    mark = tmp_path / "mark"
    for tag in ("python/object/apply:os.mkdir", "python/object/new:os.mkdir"):
        assert codes_of(GOOD + f"description: !!{tag} ['{mark}']\n") != []
    assert not mark.exists()


def test_a_date_stays_text_and_a_key_that_looks_like_a_number_is_refused():
    assert faults_of(broken("version: 1", "version: 2024-01-01")) == ()
    assert codes_of(GOOD + "12: x\n") != []


def test_a_file_in_another_encoding_is_told_so(tmp_path: Path):
    file = tmp_path / "f.yaml"
    file.write_bytes(GOOD.encode("gb18030"))
    with pytest.raises(FrameworkError) as caught:
        load_framework(file)
    (fault,) = caught.value.faults
    assert (fault.code, fault.file, fault.expected) == ("not_utf8", "f.yaml", "UTF-8")


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path):
    file = tmp_path / "f.yaml"
    file.write_bytes(GOOD.encode("utf-8-sig"))
    assert load_framework(file).id == "small"


def test_a_file_that_is_not_there_is_no_fault_of_the_framework(tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        load_framework(tmp_path / "none.yaml")


# Every code of the catalogue -----------------------------------------------------------------


def data(change: Callable[[Data], Any] | None = None) -> Data:
    """A framework with one of everything, changed."""
    tree = group(
        "root",
        leaf("n", direction="higher", weight=0.5),
        group(
            "g",
            leaf("r", measure="ratio", ratio={"of": "x", "to": "y"}, best=1),
            leaf("rub", None, measure="rubric", rubric={1: words("one"), 2: words("two")}),
            weight=0.5,
        ),
        weights="given",
    )
    made = data_of(
        tree,
        levels=levels(0, 40, 100),
        inputs=entered("x", "y") | entered("yes", measure="yes_no"),
        documents={"001": words("a document")},
        gates=[
            {"id": "few", "name": words("few"), "kind": "coverage", "below": 0.5},
            {
                "id": "breach",
                "name": words("breach"),
                "kind": "input",
                "input": "x",
                "above": 3,
                "max_level": 1,
            },
        ],
        rules=[
            {"id": "part", "name": words("part"), "kind": "part", "part": "x", "whole": "y"},
            {
                "id": "within",
                "name": words("within"),
                "kind": "ratio",
                "ratio": {"of": "x", "to": "y"},
                "bounds": {"max": 2},
            },
            {
                "id": "claim",
                "name": words("claim"),
                "kind": "rubric",
                "rubric": "rub",
                "level": 2,
                "items": ["yes"],
            },
        ],
        weight_sets={"other": {"name": words("other"), "weights": {"n": 0.3, "g": 0.7}}},
        profiles={"some": {"name": words("some"), "indicators": ["n"]}},
        lenses={
            "theme": {
                "name": words("theme"),
                "partition": True,
                "groups": [{"id": "t", "name": words("t"), "indicators": ["n", "r", "rub"]}],
            }
        },
    )
    made = copy.deepcopy(made)
    if change is not None:
        change(made)
    return made


def n(made: Data) -> Data:
    return made["tree"]["children"][0]


def g(made: Data) -> Data:
    return made["tree"]["children"][1]


def choice(points: float = 50, code: str = "b") -> Data:
    options = [("a", 0), (code, points)]
    return {
        "measure": "choice",
        "goalposts": None,
        "options": [{"code": c, "name": words(c), "points": p} for c, p in options],
    }


def bare(made: Data, **normalise: Any) -> None:
    """Take the goalposts of the first indicator away and normalise it another way."""
    n(made).pop("goalposts")
    n(made).update(normalise=normalise)


BY_CODE: dict[str, str | Callable[[Data], Any]] = {
    "band_crossed": lambda d: bare(d, method="target_band", band=[40, 60], limits=[50, 100]),
    "bounds_crossed": lambda d: n(d).update(valid={"min": 9, "max": 1}),
    "budget_wrong": lambda d: d["tree"].update(
        weigh={"method": "budget", "budgets": [{"expert": "E", "points": {"n": 100}}]}
    ),
    "chain_step": lambda d: bare(
        d, method="chain", steps=[{"method": "z_score"}, {"method": "goalposts"}]
    ),
    "combined_shares": lambda d: d["tree"].update(
        weigh={"method": "combined", "of": ["stated", "entropy"], "shares": [1]}
    ),
    "direction_contradicts": lambda d: n(d).update(direction="lower"),
    "direction_missing": lambda d: (
        d.pop("levels"),
        d.pop("gates"),
        n(d).pop("direction"),
        n(d).pop("goalposts"),
        n(d).update(normalise="min_max"),
    ),
    "empty_file": "",
    "floor_missing": lambda d: d["tree"].update(aggregate="geometric"),
    "floor_too_high": lambda d: d["tree"].update(aggregate={"method": "geometric", "floor": 100}),
    "gates_without_levels": lambda d: d.pop("levels"),
    "goalposts_equal": lambda d: n(d)["goalposts"].update(worst=100),
    "goalposts_missing": lambda d: n(d).pop("goalposts"),
    "goalposts_not_wanted": lambda d: n(d).update(
        normalise="identity", valid={"min": 0, "max": 100}
    ),
    "identity_bounds": lambda d: (n(d).pop("goalposts"), n(d).update(normalise="identity")),
    "identity_lower": lambda d: (
        n(d).pop("goalposts"),
        n(d).update(normalise="identity", direction="lower", valid={"min": 0, "max": 100}),
    ),
    "judgement_wrong": lambda d: d["tree"].update(
        weigh={"method": "ahp", "judgements": [{"expert": "E", "matrix": {"n": {"nn": 3}}}]}
    ),
    "lens_no_partition": lambda d: d["lenses"]["theme"]["groups"][0]["indicators"].pop(),
    "level_empty": lambda d: d.update(levels=levels(0, 40, 40, 100)),
    "levels_from_sample": lambda d: (n(d).pop("goalposts"), n(d).update(normalise="z_score")),
    "levels_gap": lambda d: d["levels"][1].update({"from": 50}),
    "levels_overlap": lambda d: d["levels"][1].update({"from": 30}),
    "log_goalposts": lambda d: n(d).update(normalise="log_goalposts"),
    "method_part_missing": lambda d: d["tree"].update(aggregate="topsis"),
    "method_part_not_wanted": lambda d: d["tree"].update(
        aggregate={"method": "median", "power": 2}
    ),
    "normalise_floor": lambda d: n(d).update(normalise={"method": "goalposts", "floor": 100}),
    "missing_key": lambda d: d.pop("version"),
    "not_utf8": GOOD.encode("gb18030").decode("latin-1"),  # see the test: written as bytes
    "not_yaml": "id: [a\n",
    "part_missing": lambda d: g(d)["children"][0].pop("ratio"),
    "part_not_wanted": lambda d: n(d).update(rubric={1: words("one"), 2: words("two")}),
    "points_off_scale": lambda d: (n(d).update(choice(101)), n(d).pop("goalposts")),
    "points_without_options": lambda d: (n(d).pop("goalposts"), n(d).update(normalise="points")),
    "power_zero": lambda d: d["tree"].update(
        aggregate={"method": "generalised", "floor": 1, "power": 0}
    ),
    "profile_empty": lambda d: d["profiles"]["some"].update(indicators=[], tags=["none"]),
    "rubric_level_missing": lambda d: g(d)["children"][1]["rubric"].update({4: words("four")}),
    "rubric_one_level": lambda d: g(d)["children"][1]["rubric"].pop(2),
    "rule_item": lambda d: d["rules"][2].update(items=["x"]),
    "rule_level": lambda d: d["rules"][2].update(level=3),
    "rule_without_bounds": lambda d: d["rules"][1].update(bounds={}),
    "scale": lambda d: d.update(scale=[100, 0]),
    "scale_negative": lambda d: (
        d.update(scale=[-10, 100], levels=levels(-10, 40, 100)),
        d["tree"].update(aggregate={"method": "geometric", "floor": 1}),
    ),
    "thresholds_order": lambda d: bare(
        d, method="thresholds", thresholds=[5, 3], scores=[0, 50, 100]
    ),
    "thresholds_scores": lambda d: bare(d, method="thresholds", thresholds=[3], scores=[0]),
    "too_deep": "[" * 100,
    "too_large": "#" * (MAX_CHARACTERS + 1),
    "too_many_nodes": ALIAS_BOMB,
    "treat_log": lambda d: (d.pop("levels"), d.pop("gates"), n(d).update(treat={"log": True})),
    "twice_id": lambda d: n(d).update(id="g"),
    "twice_key": "id: a\nid: b\n",
    "two_roots": lambda d: d.update(tree=[d["tree"], d["tree"]]),
    "unknown_document": lambda d: n(d).update(cite=[{"document": "002", "point": words("p")}]),
    "unknown_field": lambda d: d["rules"][0].update(whole="z"),
    "unknown_input": lambda d: d["gates"][1].update(input="z"),
    "unknown_key": lambda d: d.update(weigths="equal"),
    "unknown_level": lambda d: d["gates"][1].update(max_level=3),
    "unknown_node": lambda d: d["profiles"]["some"].update(indicators=["nn"]),
    "unsafe_tag": "id: !!python/name:os.system\n",
    "weight_missing": lambda d: n(d).pop("weight"),
    "weight_negative": lambda d: n(d).update(weight=-0.5),
    "weight_not_wanted": lambda d: g(d)["children"][0].update(weight=1),
    "weights_all_zero": lambda d: (n(d).update(weight=0), g(d).update(weight=0)),
    "weights_sum": lambda d: n(d).update(weight=0.4),
    "wrong_key": "? [a, b]\n: 1\n",
    "wrong_type": lambda d: n(d).update(required="maybe"),
}


def catalogue_codes() -> set[str]:
    with (ROOT / "govmaturity" / "texts" / "en" / "framework.po").open("rb") as source:
        keys = [message.id for message in read_po(source, locale="en") if message.id]
    names = {(key if isinstance(key, str) else key[0]).split(".")[1] for key in keys}
    # The frame of a message, and what a type is called.
    other = {"message", "where", "where_file", "ok", "faults_counted"}
    return {name for name in names if name not in other and not name.startswith("type_")}


def test_the_framework_with_one_of_everything_is_in_order():
    assert faults_of(data()) == ()


def test_every_code_of_the_catalogue_is_driven_below():
    assert set(BY_CODE) == catalogue_codes()


@pytest.mark.parametrize("code", sorted(BY_CODE))
def test_every_code_can_be_reached_and_said_in_both_languages(code: str, tmp_path: Path):
    given_ = BY_CODE[code]
    text = given_ if isinstance(given_, str) else text_of(data(given_))
    file = tmp_path / "f.yaml"
    file.write_bytes(text.encode("latin-1" if code == "not_utf8" else "utf-8"))
    with pytest.raises(FrameworkError) as caught:
        load_framework(file)
    faults = [fault for fault in caught.value.faults if fault.code == code]
    assert faults, [fault.code for fault in caught.value.faults]
    for fault in caught.value.faults:
        for language in LANGUAGES:
            sentence = fault.message(language)
            assert "f.yaml" in sentence
            assert not re.search(r"\{\w+\}", sentence), sentence
        assert fault.message("zh") != fault.message("en")


@pytest.mark.parametrize("type_", TYPES)
def test_every_type_has_a_name_in_both_languages(type_: str):
    names = {say(f"framework.type_{type_.replace(' ', '_')}", one) for one in LANGUAGES}
    assert len(names) == 2


WRONG: dict[str, tuple[Callable[[Data], Any], str]] = {
    "text": (lambda d: d.update(description=5), "mapping"),
    "a word of text": (lambda d: d["name"].update(en=5), "text"),
    "number": (lambda d: n(d)["goalposts"].update(worst="many"), "number"),
    "whole number": (lambda d: n(d).update(min_sample=1.5), "whole number"),
    "true or false": (lambda d: n(d).update(required="yes indeed"), "true or false"),
    "mapping": (lambda d: d.update(inputs=[1]), "mapping"),
    "list": (lambda d: d.update(levels={"a": 1}), "list"),
    "fraction": (lambda d: n(d).update(weight="half"), "fraction"),
    "one of a list": (lambda d: n(d).update(measure="share"), "number, percent, count, ratio"),
    "one of a list above": (lambda d: d.update(weights="even"), "given, equal or relative"),
    "a bound": (lambda d: d.update(missing={"min_coverage": 1.5}), "<= 1"),
    "a kind of gate": (lambda d: d["gates"][0].update(kind="other"), "coverage, weakest, input"),
    "a period": (lambda d: d.update(default_period="24"), "^[0-9]{4}"),
    "a pair": (lambda d: d.update(scale=[0, 50, 100]), "list"),
    "a pair of one": (lambda d: d.update(scale=[0]), "list"),
    "an empty list": (lambda d: d["lenses"]["theme"].update(groups=[]), "list"),
    "a method": (lambda d: d["tree"].update(aggregate="mean"), "arithmetic, geometric, harmonic"),
    "a method of n": (lambda d: n(d).update(normalise="ranks"), "goalposts, log_goalposts"),
}


@pytest.mark.parametrize(("change", "expected"), WRONG.values(), ids=WRONG)
def test_a_wrong_type_says_what_is_expected(change: Callable[[Data], Any], expected: str):
    found = faults_of(data(change))
    assert found[0].code == "wrong_type"
    assert any(fault.expected.startswith(expected) for fault in found), found
    assert {fault.code for fault in found} == {"wrong_type"}


LEVELS_ON_THE_SAMPLE: dict[str, Callable[[Data], Any]] = {
    "copeland": lambda d: d["tree"].update(aggregate="copeland"),
    "benefit of the doubt": lambda d: d["tree"].update(aggregate="benefit_of_doubt"),
    "ideals of the sample": lambda d: d["tree"].update(
        aggregate={"method": "topsis", "ideals": "sample"}
    ),
    "entropy": lambda d: d["tree"].update(weigh="entropy"),
    "entropy among others": lambda d: d["tree"].update(
        weigh={"method": "combined", "of": ["stated", "entropy"]}
    ),
    "winsorising": lambda d: n(d).update(treat={"winsorise": 3}),
}


@pytest.mark.parametrize("change", LEVELS_ON_THE_SAMPLE.values(), ids=LEVELS_ON_THE_SAMPLE)
def test_levels_refuse_whatever_moves_with_the_other_units(change: Callable[[Data], Any]):
    assert set(codes_of(data(change))) == {"levels_from_sample"}
    without = data(change)
    del without["levels"], without["gates"]
    assert codes_of(without) == []


def test_fixed_ideals_and_judged_weights_may_carry_levels():
    def change(d: Data) -> None:
        d["tree"].update(
            aggregate={"method": "topsis", "ideals": "fixed"},
            weigh={"method": "ahp", "judgements": [{"expert": "E", "matrix": {"g": {"n": 3}}}]},
        )

    assert codes_of(data(change)) == []


def test_weights_that_are_found_need_no_stated_ones():
    def change(d: Data) -> None:
        del d["levels"], d["gates"]
        d["tree"].update(weigh="entropy")
        n(d).pop("weight")
        g(d).pop("weight")

    assert codes_of(data(change)) == []


def test_a_parameter_of_another_method_is_refused_where_it_stands():
    (fault,) = faults_of(
        data(lambda d: n(d).update(normalise={"method": "goalposts", "target": 3}))
    )
    assert (fault.code, fault.found) == ("method_part_not_wanted", "goalposts")
    assert fault.place == "tree.children[0].normalise.target"


# References ----------------------------------------------------------------------------------

REFERENCES: dict[str, tuple[Callable[[Data], Any], str, str]] = {
    "a gate's node": (lambda d: d["gates"][0].update(nodes=["gg"]), "unknown_node", "g"),
    "a gate at an indicator": (lambda d: d["gates"][0].update(nodes=["n"]), "unknown_node", ""),
    "a weight set's node": (
        lambda d: d["weight_sets"]["other"].update(weights={"roots": 1}),
        *("unknown_node", "root"),
    ),
    "a weight set without a sibling": (
        lambda d: d["weight_sets"]["other"].update(weights={"n": 1}),
        *("weight_missing", ""),
    ),
    "a weight set of zeros": (
        lambda d: d["weight_sets"]["other"].update(weights={"n": 0, "g": 0}),
        *("weights_all_zero", ""),
    ),
    "a weight set with a negative weight": (
        lambda d: d["weight_sets"]["other"].update(weights={"n": 2, "g": -1}),
        *("weight_negative", "0"),
    ),
    "a weight set with a wrong sum": (
        lambda d: d["weight_sets"]["other"].update(weights={"n": 2, "g": 1}),
        *("weights_sum", "1"),
    ),
    "a lens's indicator": (
        lambda d: d["lenses"]["theme"].update(
            partition=False, groups=[{"id": "t", "name": words("t"), "indicators": ["ru"]}]
        ),
        *("unknown_node", "rub"),
    ),
    "a lens group with the id of a node": (
        lambda d: d["lenses"]["theme"]["groups"][0].update(id="g"),
        *("twice_id", "tree"),
    ),
    "a gate with the id of another": (
        lambda d: d["gates"][1].update(id="few"),
        *("twice_id", "gates"),
    ),
    "an item with the id of an input": (
        lambda d: (
            n(d).update(
                measure="checklist", checklist=[{"id": "i", "name": words("i")}], goalposts=None
            ),
            d["inputs"].update({"n.i": d["inputs"]["x"]}),
        ),
        *("twice_id", "checklist"),
    ),
    "an option with the code of another": (
        lambda d: (n(d).update(choice(50, "a")), n(d).pop("goalposts")),
        *("twice_id", "options"),
    ),
}


@pytest.mark.parametrize(("change", "code", "expected"), REFERENCES.values(), ids=REFERENCES)
def test_a_wrong_reference_is_found(change: Callable[[Data], Any], code: str, expected: str):
    (fault,) = faults_of(data(change))
    assert fault.code == code
    assert not expected or fault.expected == expected


# Whatever is typed ---------------------------------------------------------------------------

BASE = text_of(data())
LINES = BASE.splitlines()
typed = st.one_of(
    st.sampled_from(
        ["", "~", "[]", "{}", "-1", "0", "1e999", ".nan", "yes", "1/3", "1/0", "'", '"', "&a", "*a"]
    ),
    st.sampled_from(
        ["- ", ": ", "? ", "!!set", "!!python/name:os", "<<: *a", "{a: [", "\t", "---"]
    ),
    st.text(max_size=8),
    st.sampled_from(LINES),
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(lines) - 1))
        line = lines[place]
        match draw(st.integers(0, 5)):
            case 0:
                del lines[place]
            case 1:
                lines.insert(place, draw(typed))
            case 2:
                lines[place] = line.split(":")[0] + ": " + draw(typed)
            case 3:
                lines[place] = draw(st.sampled_from(["", " ", "  ", "    "])) + line.lstrip()
            case 4:
                cut = draw(st.integers(0, len(line)))
                lines[place] = line[:cut] + draw(typed) + line[cut:]
            case _:
                other = draw(st.integers(0, len(lines) - 1))
                lines[place], lines[other] = lines[other], line
        lines = lines or [""]
    return "\n".join(lines) + "\n"


@given(mutated())
def test_nothing_that_is_typed_raises_anything_but_a_framework_error(text: str):
    for fault in faults_of(text):
        for language in LANGUAGES:
            assert fault.message(language)


replacements = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 200)
    | st.floats()
    | st.sampled_from(["", "n", "x"]),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("abn"), inner, max_size=2)
    ),
    max_leaves=4,
)


def places_in(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    found = []
    for key, below in inside:
        found.append((*path, key))
        if isinstance(below, dict | list):
            found += places_in(below, (*path, key))
    return found


PLACES = places_in(data())


@given(st.lists(st.tuples(st.sampled_from(PLACES), replacements), min_size=1, max_size=3))
def test_no_value_in_any_place_raises_anything_but_a_framework_error(changes: Any):
    made = data()
    for path, value in changes:
        inside: Any = made
        for step in path[:-1]:
            try:
                inside = inside[step]
            except (KeyError, IndexError, TypeError):
                inside = None
                break
        is_place = isinstance(inside, list) and isinstance(path[-1], int) and path[-1] < len(inside)
        if isinstance(inside, dict) or is_place:
            inside[path[-1]] = value
    faults = faults_of(made)
    lines = [fault.line for fault in faults]
    assert lines == sorted(lines)
