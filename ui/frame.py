"""The frame of every page: guard, language, and the line of choices on top.

`frame(page)` gives the page its `View`: what to show, to whom, in which words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from govmaturity.framework.model import Framework
from govmaturity.scoring.errors import MethodError
from govmaturity.texts import LANGUAGES, Language, say
from ui import choices, datasets, kept, link, loaders, outdated, releasing, scored, state, widgets
from ui.datasets import SAMPLE, Dataset
from ui.guard import guard, page
from ui.language import language_of
from ui.state import UPLOADED, State
from ui.view import BESIDE, Frame, View, regions_of


def session_language() -> Language:
    """The language of the address, else of the browser."""
    chosen = state.current().language
    return next((one for one in LANGUAGES if one == chosen), language_of(st.context.locale))


def page_text(name: str) -> str:
    """The name of a page in the catalogue `pages`: Ranking is called otherwise without ranks."""
    is_by_level = name == "ranking" and state.current().ranks == "none"
    return "ranking_levels" if is_by_level else name


def frame(name: str) -> View:
    """Draw the frame and return the view; the page stops here where there is nothing to show.

    Parameters
    ----------
    name : str
        The page's name in the catalogue `pages`.
    """
    bare, known, head = _open(name)
    dataset = bare.dataset
    if dataset is None or not dataset.is_usable:
        _top_line(bare, known, head)
        _nothing_yet(bare)
        st.stop()
    try:
        view = _view(bare, dataset)
    except MethodError as fault:
        # Values of one unit cannot be compared with others, and some methods do nothing else.
        _top_line(bare, known, head)
        st.error(widgets.plain(fault.message(bare.language)))
        st.stop()
    view = replace(view, state=_set_back(bare, outdated.of_scores(bare.state, view.scores)))
    _top_line(view, known, head)
    releasing.say_rescored(view)
    if not len(view.now.unit):
        st.info(view.say("frame.no_units"))
        st.button(
            view.say("frame.show_all"), on_click=state.change, kwargs={"region": "", "period": ""}
        )
        st.stop()
    return view


def bare_frame(name: str, *, is_of_store: bool = False) -> Frame:
    """Draw the frame of a page that needs no data: it brings them in, or explains the method.

    Where a page shows what is kept (`is_of_store`), the data in view are not what it shows.
    """
    bare, known, head = _open(name)
    if is_of_store:
        bare = replace(bare, dataset=None)
    _top_line(bare, known, head)
    return bare


def _open(name: str) -> tuple[Frame, dict[str, Framework], Sequence[DeltaGenerator]]:
    """What the address asks for, all frameworks, and the room right of the title."""
    guard()
    now = state.current()
    language = session_language()
    known = loaders.frameworks().by_id
    title, *head = st.columns([6, 1.5, 1.5], vertical_alignment="bottom")
    title.title(
        say(f"pages.{page_text(name)}", language),
        anchor=False,
        help=say(f"pages.{page_text(name)}_question", language),
    )
    if kept.is_there() and (reason := kept.trouble()):
        st.error(say("frame.store_trouble", language, reason=widgets.plain(reason)))
    framework = known.get(now.framework)
    if framework is None:
        if now.framework:
            st.warning(say("frame.unknown_framework", language, id=now.framework))
        framework = known[loaders.samples()[0].framework]
    dataset = _dataset(now, framework, language)
    if dataset is not None:
        # A release is shown by the framework that it was scored by.
        framework = dataset.framework
    bare = Frame(name, now, language, framework, dataset)
    bare = replace(
        bare,
        state=_set_back(
            bare,
            [
                *outdated.of_framework(
                    now, framework, bare.registry, loaders.census_figures(), [*known, UPLOADED]
                ),
                *outdated.of_kept(
                    now,
                    {
                        "outlines": loaders.own_outlines,
                        "receipt": kept.receipt,
                        "release": {SAMPLE: SAMPLE, **releasing.released(framework)}.get,
                    },
                ),
                *outdated.of_store(now, framework, kept.names),
            ],
        ),
    )
    return bare, known, head


def _set_back(bare: Frame, names: Sequence[str]) -> State:
    """Say which choices of a link are not here, set them back, and write the address."""
    now = bare.state
    if names:
        st.warning(
            bare.say(
                "frame.outdated",
                names=bare.say("frame.and").join(
                    bare.say(
                        "frame.named",
                        name=bare.say(f"frame.choice_{name}"),
                        value=widgets.plain(value),
                    )
                    for name in names
                    if (value := re.sub(r"[^\w.,~-]", " ", getattr(now, name))[:40])
                ),
            ),
            icon=":material/link_off:",
        )
        now = state.forget(names)
    state.write(now)
    return now


def _dataset(now: State, framework: Framework, language: Language) -> Dataset | None:
    if now.data:
        with st.spinner(say("frame.checking", language)):
            found = datasets.upload_dataset(now.data, framework)
        if found is not None:
            return found
        st.warning(say("frame.upload_gone", language))
    released = releasing.released(framework)
    if released and now.release != SAMPLE:
        newest = next(iter(released.values()))
        return datasets.release_dataset(released.get(now.release, newest))
    sample = loaders.sample_of(framework.id)
    return datasets.sample_dataset(sample, framework) if sample else None


def _view(bare: Frame, dataset: Dataset) -> View:
    now, framework = bare.state, bare.framework
    scores = scored.scores_of(
        dataset,
        framework,
        weights=now.weights,
        profile=now.profile,
        lens=now.lens,
        has_ranks=bare.has_ranks,
    )
    period = now.period if now.period in scores.periods else scores.periods[-1]
    return View(
        bare.name, now, bare.language, framework, dataset, scores, period, now.region, now.region2
    )


def _nothing_yet(bare: Frame) -> None:
    if bare.dataset is None:
        st.info(bare.say("frame.no_data"))
    else:
        st.error(bare.say("frame.upload_blocked", n=bare.dataset.checked.blocking))
    st.page_link(page("submit"), label=bare.say("frame.go_submit"))


def _top_line(bare: Frame, known: dict[str, Framework], head: Sequence[DeltaGenerator]) -> None:
    with head[0]:
        _link(bare)
    with head[1]:
        languages = {"zh": "中文", "en": "English"}
        own = language_of(st.context.locale)
        choices.box(bare.state, "language", bare.say("frame.language"), languages, own)
    first, second, third, fourth, fifth = st.columns(
        [4.4, 1.1, 2.4, 2.0, 1.2], vertical_alignment="bottom"
    )
    with first:
        names = {id_: framework.name.in_(bare.language) for id_, framework in known.items()}
        first_of_all = loaders.samples()[0].framework
        label = bare.say("frame.framework")
        choices.box(bare.state, "framework", label, names, first_of_all, is_long=True)
    if isinstance(bare, View):
        with second:
            periods = {period: period for period in reversed(bare.scores.periods)}
            choices.box(bare.state, "period", bare.say("frame.period"), periods)
        with third:
            choices.box(bare.state, "region", bare.say("frame.region"), regions_of(bare))
        with fourth:
            lenses = {"": bare.say("frame.own_dimensions")} | {
                id_: bare.words(lens.name) for id_, lens in bare.framework.lenses.items()
            }
            choices.box(bare.state, "lens", bare.say("frame.lens"), lenses)
        with fifth:
            _more_choices(bare)
    _tags(bare)


def _more_choices(view: View) -> None:
    """Which indicators count, and with which weights: rarely changed, so behind a button."""
    framework = view.framework
    with st.popover(view.say("frame.more"), width="stretch"):
        releasing.choice(view)
        if view.name in BESIDE:
            regions = {"": view.say("frame.no_second")} | {
                id_: name for id_, name in regions_of(view).items() if id_
            }
            choices.box(view.state, "region2", view.say("frame.region2"), regions)
        profiles = {"": view.say("frame.all_indicators")} | {
            id_: view.words(profile.name) for id_, profile in framework.profiles.items()
        }
        choices.box(view.state, "profile", view.say("frame.profile"), profiles)
        choices.box(view.state, "weights", view.say("frame.weights"), _weightings(view))
        published = {"": view.say("frame.ranks_shown"), "none": view.say("frame.ranks_none")}
        choices.box(view.state, "ranks", view.say("frame.ranks"), published)


def _weightings(view: View) -> dict[str, str]:
    sets = view.framework.weight_sets
    return {
        "": view.say("frame.own_weights"),
        "equal": view.say("frame.equal_weights"),
        **{id_: view.words(one.name) for id_, one in sets.items()},
    }


def _tags(bare: Frame) -> None:
    if bare.dataset is None:
        return
    tags = []
    if bare.is_simulated:
        tags.append(f":red-badge[{bare.say('frame.simulated')}]")
    if bare.dataset.release is not None:
        tags += releasing.tags(bare, bare.dataset.release)
    if bare.dataset.upload is not None:
        name = releasing.without_markup(bare.dataset.upload.name)
        tags.append(f":blue-badge[{bare.say('frame.my_upload', name=name)}]")
    if isinstance(bare, View) and bare.scores.plan.profile:
        profile = bare.framework.profiles[bare.scores.plan.profile]
        tags.append(f":gray-badge[{bare.words(profile.name)}]")
    if isinstance(bare, View) and bare.scores.plan.weights:
        tags.append(f":gray-badge[{_weightings(bare)[bare.scores.plan.weights]}]")
    if isinstance(bare, View) and not bare.scores.has_ranks:
        tags.append(f":gray-badge[{bare.say('frame.levels_only')}]")
    if tags:
        st.markdown(" ".join(tags))
    if bare.dataset.upload is not None:
        st.button(
            bare.say("frame.leave_upload"),
            on_click=state.change,
            kwargs={"data": "", "region": "", "period": "", "units": ""},
            type="tertiary",
            icon=":material/undo:",
        )


def _link(bare: Frame) -> None:
    # Another reader may prefer another language, and next year's data have a later period,
    # in another release: the link names them, so that it shows the same.
    released = bare.dataset.release if bare.dataset else None
    chosen = replace(
        bare.state,
        framework=bare.framework.id,
        language=bare.language,
        release=released.id if released else bare.state.release,
        period=bare.period if isinstance(bare, View) else bare.state.period,
    )
    link.copy(chosen, bare.say("frame.link"), bare.say("frame.link_hint"))
