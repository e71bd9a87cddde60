"""The page Releases: what is public since when, and each release with its hash and citation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
import streamlit as st

from govmaturity.charts import releases as charts
from govmaturity.charts.theme import Caption
from govmaturity.store.release import Release
from govmaturity.store.releases import Soundness, Step
from govmaturity.store.service import Store
from ui import choices, kept, loaders, state, widgets
from ui.people import moment, named, who
from ui.published import ADDRESS
from ui.view import Frame

_CHECKED = "release_checked"


@dataclass(frozen=True)
class Shelf(Frame):
    """A frame over the releases of its framework, the latest first."""

    store: Store
    steps: tuple[Step, ...]

    @property
    def is_simulated(self) -> bool:
        return self.opened is not None and self.opened.release.is_simulated

    @cached_property
    def opened(self) -> Step | None:
        """The release that the address names, else the latest; None where there is none."""
        named = [one for one in self.steps if one.release.id == self.state.edition]
        return next(iter([*named, *self.steps]), None)

    def caption(self, title: str, unit: str, units: int, note: str = "") -> Caption:
        """What a picture of releases says of itself."""
        periods = sorted({one for step in self.steps for one in step.release.periods})
        return Caption(
            title=title,
            unit_of_measure=unit,
            period=" – ".join(dict.fromkeys((periods[0], periods[-1]))),
            units=units,
            source=self.say("releases.source"),
            is_simulated=any(one.release.is_simulated for one in self.steps),
            language=self.language,
            note=note,
            subject="releases.counted",
        )

    def label(self, release: Release) -> str:
        """A release in a list: its title and its number."""
        return f"{release.title[self.language]} · r{release.number}"


def shelf(view: Frame, store: Store) -> Shelf:
    """The releases of the frame's framework."""
    given = {name: getattr(view, name) for name in Frame.__dataclass_fields__}
    return Shelf(**given, store=store, steps=kept.steps(store, view.framework.id))


def show(here: Shelf) -> None:
    """What is public: the finding, what each release changed, and one of them in full."""
    widgets.show_finding(finding(here))
    if here.opened is None:
        _none_yet(here)
        return
    _picture(here)
    _opened(here, here.opened)


def finding(here: Shelf) -> str:
    """How many releases there are, and which is the latest."""
    if not here.steps:
        return here.say("releases.finding_none", framework=here.words(here.framework.name))
    latest = here.steps[0]
    return here.say(
        "releases.finding",
        n=len(here.steps),
        title=latest.release.title[here.language],
        date=moment(latest.release.published_at)[:10],
        held=latest.held,
    )


def _none_yet(here: Shelf) -> None:
    others = here.store.releases.all(who())
    if others:
        framework = loaders.frameworks().by_id.get(others[0].framework)
        name = here.words(framework.name) if framework else others[0].framework
        st.button(
            here.say("releases.go_framework", framework=name),
            on_click=state.change,
            kwargs={"framework": others[0].framework},
            icon=":material/arrow_forward:",
        )


def _picture(here: Shelf) -> None:
    """What each release holds against the one before; a click opens it."""
    bars = [
        charts.StepBar(
            one.release.id,
            f"r{one.release.number} · {moment(one.release.published_at)[:10]}",
            one.same,
            one.renewed,
            one.added,
        )
        for one in here.steps
    ]
    widgets.chart_with_table(
        here,
        charts.step_bars(
            bars,
            here.caption(
                here.say("releases.title"),
                here.say("releases.unit"),
                len(bars),
                here.say("releases.note"),
            ),
        ),
        lambda: _table(here),
        "releases",
        on_click=_open,
        alt=finding(here),
    )


def _open(release: str) -> None:
    state.change(edition=release)
    st.rerun()


def _table(here: Shelf) -> pd.DataFrame:
    """All releases with their hashes."""
    rows: list[dict[str, Any]] = [
        {
            "column_id": one.release.id,
            "column_title": one.release.title[here.language],
            "column_date": moment(one.release.published_at),
            "column_framework": f"{one.release.framework} {one.release.version}",
            "column_periods": ", ".join(one.release.periods),
            "column_held": one.held,
            "column_added": one.added,
            "column_renewed": one.renewed,
            "column_gone": one.gone,
            "column_licence": one.release.licence,
            "column_hash": one.release.content_hash,
        }
        for one in here.steps
    ]
    return pd.DataFrame(rows).rename(columns=lambda name: here.say(f"releases.{name}"))


def _opened(here: Shelf, step: Step) -> None:
    """One release: how to cite it, where its files are, whether it is whole."""
    names = {one.release.id: here.label(one.release) for one in here.steps}
    st.subheader(here.say("releases.one"), anchor=False)
    choices.box(here.state, "edition", here.say("releases.choose"), names)
    release = step.release
    if release.is_simulated:
        st.markdown(f":red-badge[{here.say('frame.simulated')}]")
    by = widgets.plain(named(release.published_by, here.language))
    lines = [
        ("column_id", f"`{release.id}`"),
        (
            "column_date",
            f"{moment(release.published_at)} · {by}",
        ),
        ("column_framework", f"{release.framework} {release.version}"),
        ("column_periods", ", ".join(release.periods)),
        ("column_licence", release.licence),
        ("column_hash", f"`{release.content_hash}`"),
        ("column_program", f"Govmaturity {release.code_version}"),
    ]
    if release.note:
        lines.append(("column_note", widgets.plain(release.note)))
    colon = here.say("review.colon")
    st.markdown("  \n".join(f"{here.say(f'releases.{name}')}{colon}{text}" for name, text in lines))
    st.caption(here.say("releases.cite"))
    st.code(release.citation(here.language), language=None, wrap_lines=True)
    with st.container(horizontal=True):
        st.link_button(
            here.say("releases.files"),
            f"{ADDRESS}/{release.id}/?language={here.language}",
            icon=":material/folder_open:",
        )
        st.button(
            here.say("releases.check"),
            on_click=_check,
            args=(here.store, release.id),
            icon=":material/verified:",
        )
    _checked(here, release.id)


def _check(store: Store, release: str) -> None:
    st.session_state[_CHECKED] = (release, store.releases.check(who(), release))


def _checked(here: Shelf, release: str) -> None:
    """What the last check found, as long as the same release is open."""
    named, found = st.session_state.get(_CHECKED, ("", Soundness(True, ())))
    if named != release:
        return
    if found.is_sound:
        n = len(here.store.releases.files(who(), release))
        st.success(here.say("releases.sound", n=n), icon=":material/verified:")
        return
    if not found.content:
        st.error(here.say("releases.content_differs"), icon=":material/gpp_bad:")
    if found.spoilt:
        listed = here.say("frame.and").join(found.spoilt)
        st.error(
            here.say("releases.spoilt", n=len(found.spoilt), files=listed),
            icon=":material/gpp_bad:",
        )
