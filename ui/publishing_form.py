"""Publishing on the page Releases: what would go in, what is still missing, and a second look."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from govmaturity.store.known import Round
from govmaturity.store.package import LICENCES
from govmaturity.store.preview import Preview
from govmaturity.texts import LANGUAGES
from ui import choices, kept, widgets
from ui.desk import act, newest
from ui.guard import page
from ui.people import who
from ui.publications import Shelf


def show(here: Shelf) -> None:
    """Choose what to publish, see what it would be, and publish it after a confirmation."""
    st.subheader(here.say("releases.publish"), anchor=False)
    rounds = [one for one in kept.rounds(here.store) if one.framework == here.framework.id]
    if not rounds:
        st.info(here.say("releases.nothing_sent"))
        widgets.to_submit(here)
        return
    version, periods = _chosen(here, rounds)
    if not periods:
        return
    found = here.store.releases.preview(who(), here.framework.id, version, periods)
    _tell(here, found)
    _missing(here, found)
    if not found.approved:
        st.page_link(
            page("review"), label=here.say("releases.go_review"), icon=":material/fact_check:"
        )
        return
    _form(here, version, periods, found)


def _chosen(here: Shelf, rounds: list[Round]) -> tuple[str, list[str]]:
    """The framework version and the periods to publish: the latest with something approved."""
    own = str(newest(here).version)
    versions = sorted({one.version for one in rounds}, key=lambda one: (one != own, one))
    columns = st.columns([1, 3] if len(versions) > 1 else 1)
    version = versions[0]
    if len(versions) > 1:
        with columns[0]:
            names = {one: one for one in versions}
            version = choices.box(here.state, "version", here.say("review.version"), names)
    mine = [one for one in rounds if one.version == version]
    ready = [one for one in mine if {"approved", "released"} & set(one.states)]
    standing = (ready or mine)[0].period
    with columns[-1]:
        picked = choices.several(
            here.state,
            "periods",
            here.say("releases.periods"),
            {one.period: one.period for one in mine},
            here.say("releases.periods_standing", period=standing),
        )
    return version, sorted(picked) or [standing]


def _tell(here: Shelf, found: Preview) -> None:
    """What the release would be, in sentences."""
    if not found.approved:
        st.info(here.say("releases.nothing_approved", n=len(found.open)))
        return
    lines = [here.say("releases.goes_in", n=len(found.approved))]
    if found.since:
        lines.append(
            here.say(
                "releases.against",
                added=found.added,
                renewed=found.renewed,
                same=found.same,
                gone=found.gone,
            )
        )
    if found.open or found.silent:
        lines.append(here.say("releases.missing", open=len(found.open), silent=len(found.silent)))
    if found.moved:
        lines.append(here.say("releases.moved", n=len(found.moved)))
    if found.alone:
        lines.append(here.say("releases.alone", n=found.alone))
    st.markdown("\n".join(f"- {line}" for line in lines))
    if found.is_simulated:
        st.warning(here.say("releases.simulated"), icon=":material/science:")
    if not found.is_new:
        st.info(here.say("releases.nothing_new"), icon=":material/info:")


def _missing(here: Shelf, found: Preview) -> None:
    """Who would be missing, behind a fold."""
    rows: list[tuple[str, str, str]] = [
        (one.unit, one.period, here.say(f"review.state_{one.state}")) for one in found.open
    ]
    rows += [(unit, period, here.say("releases.silent")) for unit, period in found.silent]
    if not rows:
        return
    folded = widgets.folded(here.say("releases.who_missing", n=len(rows)), "missing", "person_off")
    if folded.open:
        with folded:
            st.dataframe(
                pd.DataFrame(
                    {
                        here.say("widgets.unit"): [here.unit_name(unit) for unit, _, _ in rows],
                        here.say("widgets.place"): [here.place_of(unit) for unit, _, _ in rows],
                        here.say("frame.period"): [period for _, period, _ in rows],
                        here.say("review.stage"): [said for _, _, said in rows],
                    }
                ),
                hide_index=True,
                height=280,
            )


def _form(here: Shelf, version: str, periods: list[str], found: Preview) -> None:
    """Title, licence, note; nothing is published before the second question."""
    titles = {}
    for column, language in zip(st.columns(2), LANGUAGES, strict=True):
        key = f"title_{language}_{here.framework.id}_{'_'.join(periods)}"
        name = here.framework.name.in_(language)
        titles[language] = column.text_input(
            here.say(f"releases.title_{language}"),
            value=f"{name} {', '.join(periods)}",
            key=key,
        )
    left, right = st.columns([1, 2])
    licence = left.selectbox(here.say("releases.column_licence"), list(LICENCES), index=1)
    note = right.text_input(here.say("releases.note_field"), key="release_note")
    asked: dict[str, Any] = {"title": titles, "licence": licence, "note": note}
    if st.button(
        here.say("releases.publish_now"),
        type="primary",
        icon=":material/campaign:",
        disabled=not found.is_new,
        help=None if found.is_new else here.say("releases.nothing_new"),
    ):
        _confirm(here, version, periods, found, asked)


def _confirm(
    here: Shelf, version: str, periods: list[str], found: Preview, asked: dict[str, Any]
) -> None:
    @st.dialog(here.say("releases.confirm"))
    def ask() -> None:
        st.markdown(
            here.say(
                "releases.confirm_what",
                n=len(found.approved),
                periods=", ".join(periods),
                framework=f"{here.framework.id} {version}",
                licence=asked["licence"],
            )
        )
        if found.is_simulated:
            st.warning(here.say("releases.simulated"), icon=":material/science:")
        if st.button(
            here.say("releases.confirm_now"),
            type="primary",
            on_click=_publish,
            args=(here, version, periods, asked),
        ):
            st.rerun()

    ask()


def _publish(here: Shelf, version: str, periods: list[str], asked: dict[str, Any]) -> None:
    act(
        here,
        lambda: here.store.releases.publish(who(), here.framework.id, version, periods, **asked),
        here.say("releases.published"),
        edition="",
        edition2="",
    )
