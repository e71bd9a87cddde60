"""The values that pages show: of a sample, an upload or a release, with what was found in them.

Everything cached here is shared between sessions and must not be changed.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from govmaturity.framework.model import Framework, Words
from govmaturity.intake.checks import Checked, check
from govmaturity.store import uploads
from ui import loaders
from ui.loaders import SAMPLES, Sample


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


def sample_dataset(sample: Sample, framework: Framework) -> Dataset:
    """Return the values of a sample."""
    checked = _check_sample(sample.file, framework.fingerprint, framework)
    source = sample.title if sample.is_simulated else framework.source
    return Dataset(sample.id, sample.title, source, checked, sample.is_simulated, True)


def read_by(dataset: Dataset, framework: Framework) -> Dataset | None:
    """Return the values of the same file as another framework reads them; None if it is gone."""
    if dataset.upload is not None:
        return upload_dataset(dataset.upload.id, framework)
    sample = next((one for one in loaders.samples() if one.id == dataset.id), None)
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
