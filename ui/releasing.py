"""Which release a page shows: the choice, and what the page says of it."""

from __future__ import annotations

import re
from urllib.parse import quote

import streamlit as st

from govmaturity import __version__
from govmaturity.framework.model import Framework
from govmaturity.store.release import Release
from ui import choices, datasets, loaders, scored
from ui.datasets import SAMPLE
from ui.published import ADDRESS
from ui.view import Frame, View


def released(framework: Framework) -> dict[str, Release]:
    """What was published of a framework, by id; what is shown by default comes first."""
    return {one.id: one for one in datasets.releases(framework.id)}


def choice(view: View) -> None:
    """Which release is shown, where there is one; the sample stays at hand."""
    known = released(view.framework)
    if not known or view.dataset.upload is not None:
        return
    names = {
        id_: view.say("frame.release_named", title=one.title[view.language], date=one.date)
        for id_, one in known.items()
    }
    if loaders.sample_of(view.framework.id) is not None:
        names[SAMPLE] = view.say("frame.sample")
    choices.box(view.state, "release", view.say("frame.release"), names, is_long=True)


def tags(bare: Frame, shown: Release) -> list[str]:
    """Which release is shown, and whether a newer one has come out since."""
    told = bare.say("frame.released", id=shown.id, date=shown.date)
    found = [f":green-badge[{without_markup(told)}]"]
    if any(one.published_at > shown.published_at for one in released(bare.framework).values()):
        found.append(f":orange-badge[{bare.say('frame.newer_release')}]")
    return found


def say_rescored(view: View) -> None:
    """Say so where this version of the program scores a release otherwise than was published."""
    shown = view.dataset.release
    if shown is None:
        return
    differing = scored.rescored(view.dataset)
    if differing:
        slots = {"n": differing, "then": shown.code_version, "now": __version__}
        st.warning(view.say("frame.rescored", **slots), icon=":material/difference:")


def cite(view: View) -> None:
    """How to cite the release that is shown, and where all its files are."""
    shown = view.dataset.release
    if shown is None:
        return
    st.caption(view.say("data.cite"))
    st.code(shown.citation(view.language), language=None, wrap_lines=True)
    st.link_button(
        view.say("export.release_files"),
        f"{ADDRESS}/{quote(shown.id)}/?language={view.language}",
        icon=":material/folder_open:",
    )


def without_markup(text: str) -> str:
    """A text without what Streamlit would read inside a badge."""
    return re.sub(r"[\[\]:`]", " ", text)
