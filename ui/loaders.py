"""What pages read, cached: frameworks, samples, uploads, scores.

Everything cached here is shared between sessions and must not be changed.
Keys are ids and content hashes, never the objects themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st
import yaml

from govmaturity.analysis.classes import CLASSES, Classes, Method, classify
from govmaturity.analysis.robustness.choices import ALL, WEIGHTS
from govmaturity.analysis.robustness.run import Robustness, robustness
from govmaturity.analysis.robustness.sobol import Sensitivity, sensitivity
from govmaturity.analysis.robustness.variants import standard_errors
from govmaturity.analysis.space.association import Local, Moran, global_moran, local_moran
from govmaturity.analysis.space.neighbours import Neighbours, by_border
from govmaturity.analysis.types import Types, types_of
from govmaturity.framework.faults import Fault, FrameworkError
from govmaturity.framework.load import load_framework
from govmaturity.framework.model import Framework, Words
from govmaturity.intake.checks import Checked, check
from govmaturity.scoring import Scores, score
from govmaturity.store import own_outlines as kept_outlines
from govmaturity.store import uploads
from govmaturity.store.own_outlines import KeptOutlines
from govmaturity.units.registry import Registry, registry
from govmaturity.units.search import UnitIndex
from govmaturity.values.table import Values

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


@dataclass(frozen=True)
class Dataset:
    """Values to look at, with what was found about them.

    `id` changes whenever the values do. `is_usable` is False while an upload
    has errors that its owner has not chosen to leave out.
    """

    id: str
    title: Words
    source: Words
    checked: Checked
    is_simulated: bool
    is_usable: bool
    upload: uploads.Upload | None = None


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


def units() -> Registry:
    """Return the registry of units."""
    return registry()


def sample_dataset(sample: Sample, framework: Framework) -> Dataset:
    """Return the values of a sample."""
    checked = _check_sample(sample.file, framework.fingerprint, framework)
    source = sample.title if sample.is_simulated else framework.source
    return Dataset(sample.id, sample.title, source, checked, sample.is_simulated, True)


def read_by(dataset: Dataset, framework: Framework) -> Dataset | None:
    """Return the values of the same file as another framework reads them; None if it is gone."""
    if dataset.upload is not None:
        return upload_dataset(dataset.upload.id, framework)
    sample = next((one for one in samples() if one.id == dataset.id), None)
    return sample_dataset(sample, framework) if sample else None


def upload_dataset(id_: str, framework: Framework) -> Dataset | None:
    """Return the values of a kept upload, checked against a framework; None if it is gone."""
    upload = uploads.find(id_)
    if upload is None:
        return None
    checked = _check_upload(upload.version, framework.fingerprint, upload, framework)
    title = Words(zh=f"上传文件“{upload.name}”", en=f'uploaded file "{upload.name}"')
    is_usable = bool(len(checked.values.table)) and (not checked.blocking or upload.skips_faulty)
    is_simulated = checked.values.is_simulated
    return Dataset(upload.version, title, title, checked, is_simulated, is_usable, upload)


@st.cache_resource(show_spinner=False, max_entries=8)
def _check_sample(file: str, fingerprint: str, _framework: Framework) -> Checked:
    return check((SAMPLES / file).read_bytes(), file, _framework)


@st.cache_resource(show_spinner=False, max_entries=16)
def _check_upload(
    version: str, fingerprint: str, _upload: uploads.Upload, _framework: Framework
) -> Checked:
    corrections = {(sheet, cell): text for sheet, cell, text in _upload.corrections}
    return check(_upload.content, _upload.name, _framework, corrections=corrections)


def scores_of(
    dataset: Dataset,
    framework: Framework,
    weights: str,
    profile: str,
    lens: str,
    *,
    has_ranks: bool = True,
) -> Scores:
    """Return the scores of a dataset under a choice of weights, profile and lens.

    Where ranks are not to be shown they are not there either.
    """
    found = _scores(
        dataset.id, framework.fingerprint, weights, profile, lens, dataset.checked, framework
    )
    return found if has_ranks else found.without_ranks()


@st.cache_resource(show_spinner=False, max_entries=24)
def _scores(
    id_: str,
    fingerprint: str,
    weights: str,
    profile: str,
    lens: str,
    _checked: Checked,
    _framework: Framework,
) -> Scores:
    not_assessed = [unit for unit in _checked.values.units if not _is_assessed(unit)]
    return score(
        _framework,
        _checked.values,
        weights=weights or None,
        profile=profile or None,
        lens=lens or None,
        unranked=not_assessed,
    )


@st.cache_resource(show_spinner=False, max_entries=24)
def clusters(version: str, node: str, _scores: Scores) -> tuple[Neighbours, Moran, Local]:
    """Return who borders on whom, and Moran's I of a node, global and of each unit."""
    near = by_border([str(unit) for unit in _scores.unit])
    values = _scores.of(node)
    return near, global_moran(values, near), local_moran(values, near)


@st.cache_resource(show_spinner=False, max_entries=24)
def types(version: str, _scores: Scores) -> Types:
    """Return types of units by the profile of their dimensions."""
    parts = list(_scores.plan.parts)
    return types_of(np.column_stack([_scores.of(part) for part in parts]), parts)


@st.cache_resource(show_spinner=False, max_entries=12)
def ranges(version: str, vary: str, _scores: Scores, _values: Values) -> Robustness:
    """Return 1,000 replicates of the root: of its weights, or of every choice."""
    choices = ALL if vary == "all" else WEIGHTS
    return robustness(
        _scores,
        choices=choices,
        errors=standard_errors(_scores, _values) if choices.errors else None,
        nodes=[_scores.plan.root],
    )


@st.cache_resource(show_spinner=False, max_entries=12)
def sensitivities(version: str, _scores: Scores, _values: Values) -> Sensitivity:
    """Return how far ranks depend on each choice."""
    return sensitivity(_scores, ALL, errors=standard_errors(_scores, _values))


def _is_assessed(unit: str) -> bool:
    return unit not in units() or units().get(unit).assessed


def scores_here(
    dataset: Dataset, scores: Scores, period: str, region: str, inside: Collection[str]
) -> Scores:
    """Return the scores of one period, and of the units inside a region, ranked anew.

    Parameters
    ----------
    dataset : Dataset
        That the scores were made of.
    scores : Scores
    period, region : str
        An empty region stands for all units.
    inside : collection of unit ids
        The region's units.
    """
    plan = scores.plan
    chosen = (plan.weights or "", plan.profile or "", plan.lens or "", str(scores.has_ranks))
    return _here(
        (dataset.id, scores.framework.fingerprint, *chosen, period, region), scores, inside
    )


@st.cache_resource(show_spinner=False, max_entries=48)
def _here(key: tuple[str, ...], _scores: Scores, _inside: Collection[str]) -> Scores:
    period, region = key[-2:]
    kept = _scores.period == period
    if region:
        kept &= np.array([unit in _inside for unit in _scores.unit])
    return _scores.rows(kept).among_themselves()


@st.cache_data(show_spinner=False, max_entries=16)
def own_outlines(id_: str) -> KeptOutlines | None:
    """Return what is known of a person's own outlines; None where they are gone."""
    return kept_outlines.find(id_)


def classes_of(
    key: tuple[str, ...], values: Mapping[str, float], method: Method, count: int = CLASSES
) -> Classes | None:
    """Return the classes of the values that a key names: data, framework, choices, node."""
    return _classes((*key, method, str(count)), values, method, count)


@st.cache_resource(show_spinner=False, max_entries=64)
def _classes(
    key: tuple[str, ...], _values: Mapping[str, float], _method: Method, _count: int
) -> Classes | None:
    return classify(list(_values.values()), _method, count=_count)


@st.cache_resource(show_spinner=False, max_entries=8)
def unit_index(_units: Sequence[str], id_: str) -> UnitIndex:
    """Return what the units of a dataset can be found by."""
    return UnitIndex(_units, units())
