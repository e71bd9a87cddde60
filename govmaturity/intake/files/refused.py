"""How the child process says that it reads no further."""

from __future__ import annotations


class RefusedError(ValueError):
    """Why the child reads no further; the app's process makes an issue of it."""

    def __init__(self, code: str, found: str = "", sheet: str = "", cell: str = "") -> None:
        self.code, self.found, self.sheet, self.cell = code, found, sheet, cell
        super().__init__(code)
