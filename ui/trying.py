"""What if: weights, methods, indicators and goalposts other than the framework's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any, Final

import streamlit as st

from govmaturity.analysis.what_if.changes import (
    AGGREGATE,
    NORMALISE,
    Changes,
    as_text,
    from_text,
)
from govmaturity.analysis.what_if.variant import set_name, variant, weights_in_force
from govmaturity.framework.check_methods import uses_goalposts
from govmaturity.framework.faults import FrameworkError
from govmaturity.framework.model import Framework, Indicator
from govmaturity.framework.write import as_yaml
from govmaturity.scoring import Scores
from govmaturity.scoring.errors import MethodError
from govmaturity.scoring.normalise.apply import ends_of
from govmaturity.texts import numbers
from ui import choices, scored, state, widgets
from ui.view import View

_FULL: Final = 100.0


@dataclass(frozen=True)
class Trial:
    """What is tried, and the framework and scores it makes."""

    view: View
    changes: Changes
    framework: Framework
    scores: Scores

    @cached_property
    def after(self) -> Scores:
        """Scores of the period and region shown, under what is tried."""
        return replace(self.view, framework=self.framework, scores=self.scores).now

    @property
    def weights(self) -> str:
        return set_name(self.view.framework)


def trial_of(view: View) -> Trial | None:
    """Score what the address says is tried; says why and gives None where that cannot be."""
    changes = from_text(view.state.tried, view.framework)
    try:
        made = variant(view.scores.plan, changes)
        scores = scored.scores_of(
            view.dataset,
            made,
            set_name(view.framework),
            view.state.profile,
            view.state.lens,
            has_ranks=view.scores.has_ranks,
        )
    except FrameworkError as error:
        for fault in error.faults:
            st.error(widgets.plain(fault.message(view.language)))
    except MethodError as error:
        st.error(widgets.plain(error.message(view.language)))
    else:
        return Trial(view, changes, made, scores)
    return None


def controls(view: View) -> None:
    """What can be tried, each with the choice in force."""
    changes = from_text(view.state.tried, view.framework)
    st.button(
        view.say("what_if.reset"),
        on_click=state.change,
        kwargs={"tried": ""},
        icon=":material/restart_alt:",
        disabled=not changes,
        width="stretch",
    )
    group = _group_choice(view)
    _weights(view, changes, group)
    _methods(view, changes)
    _left_out(view, changes)
    _goalposts(view, changes, group)


def _group_choice(view: View) -> str:
    """The group whose parts are weighed: the one chosen, or the one above a chosen indicator."""
    framework = view.framework
    groups = [id_ for id_ in framework.nodes if id_ not in framework.indicators]
    depth = {id_: framework.settings[id_].depth for id_ in groups}
    names = {id_: "\u2003" * depth[id_] + view.words(framework.nodes[id_].name) for id_ in groups}
    above = framework.parents.get(view.state.node, framework.tree.id)
    now = view.state if view.state.node in names else replace(view.state, node=above)
    return choices.box(now, "node", view.say("what_if.group"), names, framework.tree.id)


def _weights(view: View, changes: Changes, group: str) -> None:
    """One slider for each part; what counts is how they stand to one another."""
    framework = view.framework
    children = [id_ for id_, parent in framework.parents.items() if parent == group]
    if len(children) < 2:
        return
    given = weights_in_force(view.scores.plan) | dict(changes.weights)
    # Shares as they are where nothing was moved, else the sliders as they were left.
    is_moved = children[0] in changes.weights
    at = [given[child] for child in children]
    places = at if is_moved else [_FULL * share for share in _shares(at)]
    standing = dict(zip(children, places, strict=True))
    counted = [0.0 if child in changes.left_out else standing[child] for child in children]
    highest = max(_FULL, *places)
    st.markdown(f"**{view.say('what_if.weights')}**")
    for child, place, share in zip(children, counted, _shares(counted), strict=True):
        key = f"try_{child}"
        st.session_state[key] = float(place * _FULL / highest)
        name = widgets.plain(view.words(framework.nodes[child].name))
        st.slider(
            f"{name} · {numbers.share(share, view.language)}",
            0.0,
            _FULL,
            step=1.0,
            format="%.0f",
            key=key,
            on_change=_slid,
            args=(changes, standing),
            disabled=child in changes.left_out,
        )


def _shares(weights: Sequence[float]) -> list[float]:
    total = sum(weights)
    return [weight / total if total else 0.0 for weight in weights]


def _slid(changes: Changes, standing: Mapping[str, float]) -> None:
    # What is left out keeps its place for the day it is taken in again.
    moved = {
        child: place if child in changes.left_out else float(st.session_state[f"try_{child}"])
        for child, place in standing.items()
    }
    _change(replace(changes, weights={**changes.weights, **moved}))


def _change(changes: Changes) -> None:
    state.change(tried=as_text(changes))


def _methods(view: View, changes: Changes) -> None:
    scales = {one: view.say(f"cards.{one}") for one in NORMALISE}
    means = {one: view.say(f"what_if.aggregate_{one}") for one in AGGREGATE}
    for name, methods in (("normalise", scales), ("aggregate", means)):
        words = {"": view.say("what_if.as_stated")} | methods
        key = f"try_method_{name}"
        st.session_state[key] = getattr(changes, name) or ""
        st.selectbox(
            view.say(f"what_if.{name}"),
            list(words),
            key=key,
            format_func=words.__getitem__,
            on_change=_method_chosen,
            args=(changes, name, key),
        )


def _method_chosen(changes: Changes, name: str, key: str) -> None:
    chosen = st.session_state[key]
    if name == "normalise":
        changes = replace(changes, normalise=next((m for m in NORMALISE if m == chosen), None))
    else:
        changes = replace(changes, aggregate=next((m for m in AGGREGATE if m == chosen), None))
    _change(changes)


def _left_out(view: View, changes: Changes) -> None:
    names = {
        id_: f"{id_} {view.words(view.framework.indicators[id_].name)}"
        for id_ in view.scores.plan.indicators
    }
    st.session_state["try_left_out"] = [one for one in changes.left_out if one in names]
    st.multiselect(
        view.say("what_if.leave_out"),
        list(names),
        key="try_left_out",
        format_func=lambda one: names.get(one, one),
        placeholder=view.say("widgets.choose_some"),
        on_change=_left_out_chosen,
        args=(changes,),
    )


def _left_out_chosen(changes: Changes) -> None:
    _change(replace(changes, left_out=tuple(st.session_state["try_left_out"])))


def _goalposts(view: View, changes: Changes, group: str) -> None:
    """Goalposts of the indicators right below the group, where the methods in force use them."""
    framework = view.framework
    below = [
        indicator
        for id_, indicator in framework.indicators.items()
        if framework.parents[id_] == group and uses_goalposts(framework.settings[id_].normalise)
    ]
    folded = widgets.folded(view.say("what_if.goalposts"), "goalposts", "straighten")
    if not folded.open:
        return
    with folded:
        if changes.normalise is not None:
            st.caption(view.say("what_if.goalposts_unused"))
            return
        if not below:
            st.caption(view.say("what_if.goalposts_elsewhere"))
        for indicator in below:
            _ends(view, changes, indicator)


def _ends(view: View, changes: Changes, indicator: Indicator) -> None:
    stated = ends_of(indicator)
    name = widgets.plain(view.words(indicator.name))
    st.caption(f"{name} ({widgets.plain(view.words(indicator.unit_of_measure))})")
    keys = [f"try_{indicator.id}_{end}" for end in ("worst", "best")]
    columns = st.columns(2)
    for column, key, end, value in zip(
        columns,
        keys,
        ("worst", "best"),
        changes.goalposts.get(indicator.id, stated),
        strict=True,
    ):
        st.session_state[key] = float(value)
        column.number_input(
            view.say(f"what_if.{end}"),
            key=key,
            format="%.6g",
            on_change=_ends_chosen,
            args=(changes, indicator.id, keys, stated),
        )


def _ends_chosen(
    changes: Changes, indicator: str, keys: Sequence[str], stated: tuple[float, float]
) -> None:
    worst, best = (float(st.session_state[key]) for key in keys)
    others: Mapping[str, Any] = {k: v for k, v in changes.goalposts.items() if k != indicator}
    moved = {} if (worst, best) == stated else {indicator: (worst, best)}
    _change(replace(changes, goalposts={**others, **moved}))


def keep(trial: Trial) -> None:
    """The framework with what is tried, as a file, and the line that scores with it."""
    view = trial.view
    st.subheader(view.say("what_if.keep"), anchor=False)
    st.markdown(widgets.plain(view.say("what_if.keep_what", name=trial.weights)))
    file = f"{view.framework.id}-what-if.yaml"
    st.download_button(
        view.say("what_if.download"),
        data=partial(_content, trial.framework),
        file_name=file,
        mime="application/yaml",
        on_click="ignore",
        icon=":material/download:",
    )
    chosen = "".join(
        f" --{name} {value}"
        for name, value in (("profile", view.state.profile), ("lens", view.state.lens))
        if value
    )
    st.code(
        f"python -m govmaturity score {file} VALUES.xlsx --weights {trial.weights}{chosen}"
        " -o scores.csv",
        language="bash",
    )


def _content(framework: Framework) -> bytes:
    return as_yaml(framework).encode("utf-8")
