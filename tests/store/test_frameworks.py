"""Kept frameworks: what is written down is read back as the same framework."""

from __future__ import annotations

from pathlib import Path

import pytest

from govmaturity.framework.load import load_framework, parse_framework
from govmaturity.store.frameworks import framework_yaml

SHIPPED = sorted((Path(__file__).resolve().parents[2] / "indicators").rglob("*.yaml"))


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_every_shipped_framework_comes_back_the_same(file: Path):
    framework = load_framework(file)
    again = parse_framework(framework_yaml(framework))
    assert again.fingerprint == framework.fingerprint
    assert again == framework
