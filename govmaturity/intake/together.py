"""Several checked files as one table of values."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Final

import pandas as pd

from govmaturity.intake.checks import Checked, Faulty
from govmaturity.intake.issues import Findings, Issue, shown
from govmaturity.values.table import Values

_KEY: Final = ["unit", "period", "indicator"]


def combine(files: Sequence[Checked]) -> Checked:
    """Make one table of several files.

    Parameters
    ----------
    files : sequence of Checked
        At least one.

    Returns
    -------
    Checked
        With the issues of all, and an error wherever two files give the same
        unit, period and indicator different values; these are left missing.
    """
    if not files:
        raise ValueError("combine needs at least one file, got none")
    if len(files) == 1:
        return files[0]
    tables = [file.values.table.assign(_file=place) for place, file in enumerate(files)]
    whole = pd.concat(tables, ignore_index=True)
    says = whole[whole["status"] != "missing"]
    different = says.drop_duplicates([*_KEY, "value", "status"])
    clashes = different[different.duplicated(_KEY, keep=False)]
    findings = Findings()
    faulty: list[Faulty] = []
    for (unit, period, indicator), rows in clashes.groupby(_KEY, sort=False):
        faulty.append((str(unit), str(period), str(indicator)))
        findings.add(_two_files(rows, files, str(indicator), str(unit), str(period)))
    # What is given comes before what is missing, so that it is what stays.
    whole = whole.assign(_missing=whole["status"] == "missing")
    order = whole.sort_values("_missing", kind="stable").drop_duplicates(_KEY).sort_index()
    if faulty:
        clashing = pd.MultiIndex.from_frame(order[_KEY]).isin(faulty)
        order.loc[clashing, "value"] = float("nan")
        order.loc[clashing, "status"] = "missing"
    table = order.drop(columns=["_file", "_missing"]).reset_index(drop=True)
    attributes = pd.concat([file.values.attributes for file in files])
    attributes = attributes.groupby(level=0, sort=False).first() if len(attributes) else attributes
    return Checked(
        ", ".join(file.name for file in files),
        sha256("".join(file.sha256 for file in files).encode()).hexdigest(),
        sum(file.rows for file in files),
        Values(table, attributes),
        tuple(issue for file in files for issue in file.issues) + findings.all(),
        tuple(dict.fromkeys([*(f for file in files for f in file.faulty), *faulty])),
    )


def _two_files(
    rows: pd.DataFrame, files: Sequence[Checked], indicator: str, unit: str, period: str
) -> Issue:
    said = [
        f"{files[place].name}: {shown(float(value)) if status == 'reported' else status}"
        for place, value, status in zip(rows["_file"], rows["value"], rows["status"], strict=True)
    ]
    found = f"{unit}, {period}: {' ≠ '.join(said)}"
    return Issue("two_files", "error", unit=unit, indicator=indicator, found=found)
