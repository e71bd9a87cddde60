"""A framework that is written reads as the same framework."""

from __future__ import annotations

from pathlib import Path

import pytest

from govmaturity.framework.load import load_framework, parse_framework
from govmaturity.framework.write import as_yaml
from tests.conftest import ROOT


@pytest.mark.parametrize(
    "file", sorted((ROOT / "indicators").rglob("*.yaml")), ids=lambda file: file.stem
)
def test_what_is_written_says_what_was_read(file: Path):
    framework = load_framework(file)
    again = parse_framework(as_yaml(framework))
    assert again == framework
    assert again.fingerprint == framework.fingerprint


def test_chinese_stays_readable_and_nothing_is_an_alias():
    text = as_yaml(load_framework(ROOT / "indicators" / "county-conditions.yaml"))
    assert "数字服务使用条件" in text
    assert "\\u" not in text
    assert "*id" not in text
