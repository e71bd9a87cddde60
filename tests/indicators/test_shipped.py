"""What holds for every framework that is shipped."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from govmaturity.framework.load import load_framework
from govmaturity.framework.model import Framework

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "indicators"
FILES = sorted(FOLDER.rglob("*.yaml"))
SCHEMA = FOLDER / "framework.schema.json"

every_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def schema() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return read


def test_the_json_schema_is_current() -> None:
    assert schema() == Framework.model_json_schema(by_alias=True)


@every_file
def test_a_framework_loads_and_fits_the_json_schema(file: Path) -> None:
    load_framework(file)
    # Through JSON, since a level of a rubric is a number in YAML and a key is text in JSON.
    document = json.loads(json.dumps(yaml.safe_load(file.read_text(encoding="utf-8"))))
    faults = [fault.message for fault in Draft202012Validator(schema()).iter_errors(document)]
    assert faults == []


@every_file
def test_every_indicator_has_a_source_and_a_direction(file: Path) -> None:
    framework = load_framework(file)
    for id_, indicator in framework.indicators.items():
        basis = indicator.goalposts.basis if indicator.goalposts else None
        assert indicator.source or indicator.cite or basis, id_
        assert indicator.direction or indicator.measure == "choice", id_


@every_file
def test_editors_are_told_where_the_schema_is(file: Path) -> None:
    first = file.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    assert (file.parent / first.split("=", 1)[1]).resolve() == SCHEMA


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.yaml")), ids=lambda file: file.stem)
def test_lines_are_short_enough_to_edit(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    assert [number for number, line in enumerate(lines, start=1) if len(line) > 140] == []


@every_file
def test_no_two_frameworks_share_an_id(file: Path) -> None:
    ids = [load_framework(other).id for other in FILES]
    assert ids.count(load_framework(file).id) == 1
