"""What ships with the product and what pages look up in it: frameworks, samples, units.

Everything cached here is shared between sessions and must not be changed.
Keys are ids and content hashes, never the objects themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st
import yaml

from govmaturity.framework.faults import Fault, FrameworkError
from govmaturity.framework.load import load_framework
from govmaturity.framework.model import Framework, Words
from govmaturity.store import own_outlines as kept_outlines
from govmaturity.store.own_outlines import KeptOutlines
from govmaturity.units.search import UnitIndex
from ui import kept

ROOT = Path(__file__).resolve().parents[1]
FRAMEWORKS = ROOT / "indicators"
SAMPLES = ROOT / "data" / "samples"
# The framework whose indicators stand beside any scores as what a county has to work with.
CENSUS = "county-conditions"
POPULATION = "population"


@dataclass(frozen=True)
class Frameworks:
    """All frameworks that can be used and their files, by id; the faults of those that cannot."""

    by_id: dict[str, Framework]
    files: dict[str, str]
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Sample:
    """Data that ship with the product."""

    id: str
    framework: str
    file: str
    is_simulated: bool
    title: Words


def frameworks() -> Frameworks:
    """Return the frameworks of the folder `indicators/`, read anew when a file changes."""
    files = sorted(FRAMEWORKS.rglob("*.yaml"))
    return _frameworks(tuple((str(path), path.stat().st_mtime_ns) for path in files))


@st.cache_resource(show_spinner=False, max_entries=2)
def _frameworks(files: tuple[tuple[str, int], ...]) -> Frameworks:
    found: dict[str, Framework] = {}
    names: dict[str, str] = {}
    faults: list[Fault] = []
    for path, _ in files:
        try:
            framework = load_framework(path)
        except FrameworkError as error:
            faults += error.faults
        else:
            found[framework.id] = framework
            names[framework.id] = Path(path).relative_to(ROOT).as_posix()
    return Frameworks(found, names, tuple(faults))


def census_framework() -> Framework | None:
    return frameworks().by_id.get(CENSUS)


def census_figures() -> tuple[str, ...]:
    """Ids of the figures of the census that may stand beside scores."""
    framework = census_framework()
    return (*framework.indicators, POPULATION) if framework else ()


@st.cache_resource(show_spinner=False)
def samples() -> tuple[Sample, ...]:
    """Return the shipped samples; the app opens on the first."""
    listed: list[dict[str, Any]] = yaml.safe_load((SAMPLES / "index.yaml").read_text("utf-8"))
    return tuple(
        Sample(
            id=entry["id"],
            framework=entry["framework"],
            file=entry["file"],
            is_simulated=entry["simulated"],
            title=Words(**entry["title"]),
        )
        for entry in listed
    )


def sample_of(framework: str) -> Sample | None:
    """Return the sample of a framework, if it has one."""
    return next((sample for sample in samples() if sample.framework == framework), None)


@st.cache_data(show_spinner=False, max_entries=16)
def own_outlines(id_: str) -> KeptOutlines | None:
    """Return what is known of a person's own outlines; None where they are gone."""
    return kept_outlines.find(id_)


@st.cache_resource(show_spinner=False, max_entries=8)
def unit_index(_units: Sequence[str], id_: str) -> UnitIndex:
    """Return what the units of a dataset can be found by."""
    return UnitIndex(_units, kept.units())
