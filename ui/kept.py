"""The store, opened once for all requests and sessions of this process."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from govmaturity.store.errors import NotFoundError
from govmaturity.store.receipt import Receipt
from govmaturity.store.service import Store, open_store
from govmaturity.store.uploads import working_directory
from ui.people import who


def store() -> Store:
    """Return the store of the working directory; the first call makes or migrates its database."""
    return _opened(working_directory())


def receipt(id_: str) -> Receipt | None:
    """A receipt that the person at the browser may read; None where there is no such one."""
    try:
        return store().submissions.receipt(who(), id_)
    except NotFoundError:
        return None


@lru_cache(maxsize=1)
def _opened(home: Path) -> Store:
    return open_store(home)
