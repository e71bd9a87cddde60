"""A working directory of its own, and the store in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from govmaturity.store.service import Store, open_store
from govmaturity.store.uploads import HOME_SETTING


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(HOME_SETTING, str(tmp_path))
    return tmp_path


@pytest.fixture
def kept(home: Path) -> Iterator[Store]:
    made = open_store(home)
    yield made
    made.close()
