"""The store, opened once for all requests and sessions of this process."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from govmaturity.store.service import Store, open_store
from govmaturity.store.uploads import working_directory


def store() -> Store:
    """Return the store of the working directory; the first call makes or migrates its database."""
    return _opened(working_directory())


@lru_cache(maxsize=1)
def _opened(home: Path) -> Store:
    return open_store(home)
