"""The method card: one page, all that identifies the framework, whatever its size."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest

from govmaturity.framework.load import load_framework
from govmaturity.report.card import facts, fonts
from govmaturity.report.card.make import method_card
from govmaturity.report.card.tree import bar, layouts, lines
from govmaturity.texts import LANGUAGES, Language
from tests.making import framework_of, group, leaf, levels, words

FOLDER = Path(__file__).resolve().parents[3] / "indicators"
FILES = sorted(FOLDER.rglob("*.yaml"))
A4 = (595, 842)


def pages(content: bytes) -> list[pypdf.PageObject]:
    return list(pypdf.PdfReader(io.BytesIO(content)).pages)


def text_of(content: bytes) -> str:
    """The text of the only page, without blanks: a typesetter breaks lines where it likes."""
    (page,) = pages(content)
    return "".join(page.extract_text().split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_framework_has_one_page_with_its_name_version_and_fingerprint(
    file: Path, language: Language
):
    framework = load_framework(file)
    content = method_card(framework, language)
    (page,) = pages(content)
    assert (round(page.mediabox.width), round(page.mediabox.height)) == A4
    text = text_of(content)
    assert framework.fingerprint in text
    assert framework.version in text
    assert "".join(framework.name.in_(language).split()) in text
    for id_ in framework.nodes:
        assert id_ == framework.tree.id or "".join(id_.split()) in text, id_
    for level in framework.levels:
        assert "".join(level.name.in_(language).split()) in text
    assert "�" not in text


def test_the_same_framework_gives_the_same_bytes_and_another_version_another_card():
    framework = load_framework(FOLDER / "county-conditions.yaml")
    assert method_card(framework, "zh") == method_card(framework, "zh")
    other = framework.model_copy(update={"version": "2021.9"})
    assert "2021.9" in text_of(method_card(other, "zh"))


def test_words_that_look_like_markup_are_set_as_they_are():
    wicked = {"zh": "#panic() $x$ *粗* [括]", "en": "#panic() $x$ *bold* [brackets] <a> @b"}
    framework = framework_of(group("root", leaf("a")), name=wicked)
    for language in LANGUAGES:
        found = text_of(method_card(framework, language))
        assert "".join(framework.name.in_(language).split()) in found


def test_a_tree_that_does_not_fit_loses_its_lowest_level_and_the_page_says_so():
    groups = [
        group(f"g{n}", *(leaf(f"g{n}i{k}", name=words("an indicator " * 6)) for k in range(12)))
        for n in range(40)
    ]
    framework = framework_of(group("root", *groups), levels=levels(0, 50, 100))
    text = text_of(method_card(framework, "en"))
    assert "480lowernodesarenotshown" in text
    assert "g39" in text
    assert "g39i1" not in text


def test_weights_and_goalposts_beside_the_tree_are_those_worked_by_hand():
    tree = group(
        "root",
        group("g", leaf("a", 20.5, 6.3, weight=0.25), leaf("b", weight=0.75), weights="given",
              weight=0.5),
        leaf("c", None, weight=0.5, measure="yes_no"),
        weights="given",
    )  # fmt: skip
    framework = framework_of(tree)
    found = {line.id: (line.depth, line.weight, line.detail) for line in lines(framework, "en", 9)}
    assert found == {
        "g": (1, "50%", ""),
        "a": (2, "12.5%", "20.5 → 6.3 points"),
        "b": (2, "37.5%", "0 → 100 points"),
        "c": (1, "50%", "0 → 1 points"),
    }
    assert bar(framework) == [{"id": "g", "share": 0.5}, {"id": "c", "share": 0.5}]
    assert [line.id for line in lines(framework, "en", 1)] == ["g", "c"]
    first, last = layouts(framework, "en")[0], layouts(framework, "en")[-1]
    assert (first["detailed"], last["detailed"]) == (True, False)
    assert "2 lower nodes" in str(last["note"])


def test_the_steps_that_a_framework_takes_are_named_with_how_often():
    tree = group(
        "root",
        leaf("a", None, normalise="z_score", direction="higher", treat={"winsorise": 3}),
        leaf("b", impute="mean"),
        group("g", leaf("c"), aggregate={"method": "geometric", "floor": 1}),
        missing={"min_coverage": [0.75, 0.5]},
    )
    told = dict(facts.method_facts(framework_of(tree), "en"))
    assert told["Normalisation"].startswith("goalposts (2), z-score (1)")
    assert told["Aggregation"] == "arithmetic mean (1), geometric mean (1)"
    assert "up to 3 values" in told["Preparation"]
    assert "75.0%" in told["Missing values"]
    assert "Imputed: mean (1)" in told["Missing values"]


def test_without_a_chinese_font_the_chinese_card_is_refused_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
):
    class Bare:
        def families(self) -> list[str]:
            return [fonts.LATIN]

    monkeypatch.setattr(fonts, "known", Bare)
    assert fonts.families("en") == [fonts.LATIN]
    with pytest.raises(fonts.NoFontError) as refused:
        fonts.families("zh")
    assert "fonts-noto-cjk" in refused.value.message("en")
    assert "英文" in refused.value.message("zh")
