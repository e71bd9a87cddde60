"""Workbooks as LibreOffice saves them: what a person's spreadsheet program does to a file."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest

# The plain name of the format makes LibreOffice keep what a template has.
_FILTERS = {"xlsx": "xlsx:Calc MS Excel 2007 XML"}


def saved_by_office(files: Mapping[str, bytes], format_: str = "xlsx") -> dict[str, bytes]:
    """Open xlsx files in LibreOffice and save them; all in one run, which takes seconds to start.

    Without LibreOffice the test is skipped, with `CI` set it fails.
    """
    program = shutil.which("soffice")
    if program is None:
        message = "LibreOffice (soffice) is not installed: see tests/debian-packages.txt"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for stem, content in files.items():
            (folder / f"{stem}.xlsx").write_bytes(content)
        command = [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            _FILTERS.get(format_, format_),
            "--outdir",
            str(folder / "out"),
            *(str(folder / f"{stem}.xlsx") for stem in files),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return {stem: (folder / "out" / f"{stem}.{format_}").read_bytes() for stem in files}
