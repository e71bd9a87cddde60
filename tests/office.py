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


# Without it LibreOffice believes the figures that a file holds.
_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def installed(program: str, name: str) -> str:
    """Where a program of the system is; without it a test is skipped, with `CI` set it fails."""
    found = shutil.which(program)
    if found is None:
        message = f"{name} ({program}) is not installed: see tests/debian-packages.txt"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return found


def saved_by_office(
    files: Mapping[str, bytes], format_: str = "xlsx", *, recalculate: bool = False
) -> dict[str, bytes]:
    """Open xlsx files in LibreOffice and save them; all in one run, which takes seconds to start.

    `recalculate` makes it compute every formula anew, whatever figure stands
    beside it. Without LibreOffice the test is skipped, with `CI` set it fails.
    """
    program = installed("soffice", "LibreOffice")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for stem, content in files.items():
            (folder / f"{stem}.xlsx").write_bytes(content)
        if recalculate:
            settings = folder / "profile" / "user" / "registrymodifications.xcu"
            settings.parent.mkdir(parents=True)
            settings.write_text(_RECALCULATE, encoding="utf-8")
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
