"""An empty store whose clock moves a second at each look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from govmaturity.store.service import Store, open_store


def ticking() -> Callable[[], str]:
    seconds = count()
    return lambda: f"2024-05-01T08:{(n := next(seconds)) // 60 % 60:02}:{n % 60:02}.000Z"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = open_store(tmp_path / "store", ticking())
    yield made
    made.close()
