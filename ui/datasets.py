"""The values that pages show: of a sample, an upload or a release, with what was found in them.

Everything cached here is shared between sessions and must not be changed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

import numpy as np
import streamlit as st

from govmaturity.framework.fields import fields
from govmaturity.framework.model import Framework, Words
from govmaturity.intake.checks import Checked, check, trace
from govmaturity.intake.origins import Origins
from govmaturity.store import uploads
from govmaturity.store.figures import Figure
from govmaturity.store.release import Release
from govmaturity.values.table import Values
from ui import kept
from ui.loaders import SAMPLES, Sample
from ui.people import who

# In the address, in place of a release: the sample, though something is published.
SAMPLE: Final = "sample"


@dataclass(frozen=True)
class Dataset:
    """Values to look at, with what was found about them.

    `id` changes whenever the values do. `framework` is what they are read by,
    of a release the one that it was scored by. `is_usable` is False while an
    upload has errors that its owner has not chosen to leave out. `unranked`
    are units that are not assessed. At most one of `sample`, `upload` and
    `release` is there: where the values come from.
    """

    id: str
    source: Words
    framework: Framework
    checked: Checked
    is_simulated: bool
    is_usable: bool
    unranked: tuple[str, ...]
    sample: Sample | None = None
    upload: uploads.Upload | None = None
    release: Release | None = None


def sample_dataset(sample: Sample, framework: Framework) -> Dataset:
    """Return the values of a sample."""
    checked = _check_sample(sample.file, framework.fingerprint, framework)
    return Dataset(
        id=sample.id,
        source=sample.title if sample.is_simulated else framework.source,
        framework=framework,
        checked=checked,
        is_simulated=sample.is_simulated,
        is_usable=True,
        unranked=_not_assessed(checked.values),
        sample=sample,
    )


def read_by(dataset: Dataset, framework: Framework) -> Dataset | None:
    """Return the values of the same file as another framework reads them; None if it is gone."""
    if dataset.upload is not None:
        return upload_dataset(dataset.upload.id, framework)
    if dataset.sample is not None:
        return sample_dataset(dataset.sample, framework)
    # A release is no file to be read anew: of its values those that the other one knows.
    table = dataset.checked.values.table
    known = table[table["indicator"].isin(fields(framework))].reset_index(drop=True)
    values = replace(dataset.checked.values, table=known)
    checked = replace(dataset.checked, values=values)
    return replace(dataset, framework=framework, checked=checked)


def upload_dataset(id_: str, framework: Framework) -> Dataset | None:
    """Return the values of a kept upload, checked against a framework; None if it is gone."""
    upload = uploads.find(id_)
    if upload is None:
        return None
    known = f"{upload.version} {kept.units().version}"
    checked = _check_upload(known, framework.fingerprint, upload, framework)
    return Dataset(
        id=known,
        source=Words(zh=f"上传文件“{upload.name}”", en=f'uploaded file "{upload.name}"'),
        framework=framework,
        checked=checked,
        is_simulated=checked.values.is_simulated,
        is_usable=bool(len(checked.values.table)) and (not checked.blocking or upload.skips_faulty),
        unranked=_not_assessed(checked.values),
        upload=upload,
    )


def releases(framework: str) -> tuple[Release, ...]:
    """Return what was published of a framework, by any of its versions.

    The one to be shown unless another is asked for comes first: the newest,
    simulated ones behind all others. Nothing is made where nothing was ever kept.
    """
    if not kept.is_there() or kept.trouble():
        return ()
    found = kept.store().releases.all(who(), framework)
    return tuple(sorted(found, key=lambda one: one.is_simulated))


def release_dataset(release: Release) -> Dataset:
    """Return the values of a release, by the framework that it was scored by."""
    return _release(release.id, release.content_hash, release)


@st.cache_resource(show_spinner=False, max_entries=8)
def _release(id_: str, content_hash: str, _release: Release) -> Dataset:
    held = kept.store().releases
    values = held.values(who(), id_)
    units = held.units(who(), id_)
    rows = len(values.table[["unit", "period"]].drop_duplicates())
    return Dataset(
        id=f"{id_} {content_hash}",
        source=Words(zh=_release.citation("zh"), en=_release.citation("en")),
        framework=held.framework(who(), id_),
        checked=Checked(id_, content_hash, rows, values, ()),
        is_simulated=_release.is_simulated,
        is_usable=True,
        # As known on the day it was published: the registry may say otherwise by now.
        unranked=tuple(unit for unit, about in units.items() if not about["assessed"]),
        release=_release,
    )


@dataclass(frozen=True)
class File:
    """The file that values were read from."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


def file_of(dataset: Dataset) -> File:
    """Return the file of a sample or an upload; a release has many, each with its receipt.

    Raises ValueError for a release.
    """
    if dataset.upload is not None:
        return File(dataset.upload.name, dataset.upload.content)
    if dataset.sample is not None:
        return File(dataset.sample.file, (SAMPLES / dataset.sample.file).read_bytes())
    raise ValueError(f"expected the values of one file, got the release {dataset.id}")


def figure(dataset: Dataset, unit: str, period: str, id_: str) -> Figure | None:
    """Return one value as it was read; None where nothing was said."""
    table = dataset.checked.values.table
    row = table[(table["unit"] == unit) & (table["period"] == period) & (table["indicator"] == id_)]
    if row.empty:
        return None
    value, status = row.iloc[0]["value"], row.iloc[0]["status"]
    return Figure(None if np.isnan(value) else float(value), status)


def origins(dataset: Dataset) -> Origins:
    """Return the cell of every value of a sample or an upload."""
    return _origins(dataset.id, dataset.framework.fingerprint, dataset)


# The cells of a large file take much room, and are looked at for one figure at a time.
@st.cache_resource(show_spinner=False, max_entries=2)
def _origins(id_: str, fingerprint: str, _dataset: Dataset) -> Origins:
    file, upload = file_of(_dataset), _dataset.upload
    corrections = {(s, cell): text for s, cell, text in upload.corrections} if upload else {}
    return trace(
        file.content,
        file.name,
        _dataset.framework,
        corrections=corrections,
        registry=kept.units(),
    ).origins


def _not_assessed(values: Values) -> tuple[str, ...]:
    known = kept.units()
    return tuple(one for one in values.units if one in known and not known.get(one).assessed)


@st.cache_resource(show_spinner=False, max_entries=8)
def _check_sample(file: str, fingerprint: str, _framework: Framework) -> Checked:
    return check((SAMPLES / file).read_bytes(), file, _framework)


@st.cache_resource(show_spinner=False, max_entries=16)
def _check_upload(
    version: str, fingerprint: str, _upload: uploads.Upload, _framework: Framework
) -> Checked:
    corrections = {(sheet, cell): text for sheet, cell, text in _upload.corrections}
    return check(
        _upload.content, _upload.name, _framework, corrections=corrections, registry=kept.units()
    )
