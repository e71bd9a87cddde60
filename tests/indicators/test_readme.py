"""What the READMEs show works as it stands, and their table of faults is complete."""

import re
from pathlib import Path

import pandas as pd
import pytest

from govmaturity.framework.load import parse_framework
from govmaturity.scoring import score
from govmaturity.values.table import Values

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "indicators"
CATALOGUE = ROOT / "govmaturity" / "texts" / "en" / "framework.po"
READMES = ("README.md", "README.zh-CN.md")
# Of the catalogue, what frames a fault and is none itself.
FRAMES = ("faults_counted", "message", "ok", "where", "where_file")

pytestmark = pytest.mark.parametrize("name", READMES)


def blocks(name: str, language: str) -> list[str]:
    text = (FOLDER / name).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


def test_the_first_block_is_a_framework_of_ten_lines(name: str) -> None:
    first = blocks(name, "yaml")[0]
    assert len(first.splitlines()) == 10
    assert list(parse_framework(first).indicators) == ["online"]


def test_the_value_shown_scores_as_the_text_says(name: str) -> None:
    framework = parse_framework(blocks(name, "yaml")[0])
    header, row = (line.split(",") for line in blocks(name, "csv")[0].split())
    cells = dict(zip(header, row, strict=True))
    table = pd.DataFrame(
        {
            "unit": [cells["unit"]],
            "period": [cells["period"]],
            "indicator": ["online"],
            "value": [float(cells["online"])],
            "status": ["reported"],
        }
    )
    assert score(framework, Values(table)).of("index")[0] == pytest.approx(88)


def test_the_other_blocks_together_are_a_framework(name: str) -> None:
    framework = parse_framework("".join(blocks(name, "yaml")[1:]))
    assert len(framework.levels) == len(framework.gates) == 3
    assert set(framework.weight_sets) == {"people_first"}
    assert {indicator.measure for indicator in framework.indicators.values()} >= {
        "percent",
        "ratio",
        "rubric",
        "checklist",
        "choice",
        "survey_mean",
    }


def test_both_languages_show_the_same_blocks(name: str) -> None:
    for language in ("yaml", "csv"):
        assert blocks(name, language) == blocks(READMES[0], language)


def test_every_fault_there_is_stands_in_the_table(name: str) -> None:
    known = re.findall(r'^msgid "framework\.(\w+)"', CATALOGUE.read_text("utf-8"), re.MULTILINE)
    codes = {code for code in known if code not in FRAMES and not code.startswith("type_")}
    rows = [
        line.split("|")[1]
        for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()
        if line.startswith("| `")
    ]
    shown = {code for row in rows for code in re.findall(r"`(\w+)`", row)}
    assert codes - shown == set()


def test_every_framework_here_is_named(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    for file in FOLDER.glob("*.yaml"):
        assert file.name in text
