"""The parts of the page Method."""

from __future__ import annotations

from functools import partial
from typing import Any, Literal

import pandas as pd
import streamlit as st

from govmaturity.charts.theme import Caption
from govmaturity.framework.model import Framework, Indicator
from govmaturity.report import gates
from govmaturity.report.card import fonts
from govmaturity.report.card.make import method_card
from govmaturity.report.scores import codebook
from govmaturity.report.tables import MIME, as_file
from govmaturity.scoring.plan import make_plan
from ui import choices, loaders, widgets
from ui.view import Frame


def finding(view: Frame) -> str:
    """What the framework is made of, in one sentence."""
    framework = view.framework
    groups = [len(framework.tree.children), len(framework.nodes) - len(framework.indicators) - 1]
    return view.say(
        "method.finding",
        name=view.words(framework.name),
        version=framework.version,
        parts=groups[0],
        indicators=len(framework.indicators),
        levels=len(framework.levels),
    )


def caption(view: Frame) -> Caption:
    """What the picture of weights says of itself."""
    return Caption(
        title=view.say("method.weights_title"),
        unit_of_measure=view.say("method.share_of_whole"),
        period=view.say("method.version", version=view.framework.version),
        units=len(view.framework.indicators),
        source=view.words(view.framework.source),
        is_simulated=False,
        language=view.language,
        subject="charts.indicators_counted",
    )


def levels_and_gates(view: Frame) -> None:
    """Levels with their bands, and the rules that cap them."""
    framework = view.framework
    if not framework.levels:
        st.info(view.say("method.no_levels"))
        return
    st.subheader(view.say("method.levels"), anchor=False)
    st.table(level_table(view).set_index(view.say("charts.level")))
    for gate in framework.gates:
        rule = gates.rule(framework, gate, view.language)
        st.markdown(f"- **{widgets.plain(view.words(gate.name))}**: {widgets.plain(rule)}")


def level_table(view: Frame) -> pd.DataFrame:
    """Levels with their bands and what they mean."""
    levels = list(enumerate(view.framework.levels, start=1))
    last = len(levels)
    return pd.DataFrame(
        {
            view.say("charts.level"): [f"{place} {view.words(one.name)}" for place, one in levels],
            view.say("method.band"): [
                f"[{one.start:g}, {one.end:g}" + ("]" if place == last else ")")
                for place, one in levels
            ],
            view.say("method.meaning"): [view.words(one.description) for _, one in levels],
        }
    )


def indicator_choice(view: Frame) -> Indicator:
    """A box to choose an indicator; the address may name it, and carries what is chosen."""
    known = view.framework.indicators
    names = {id_: f"{id_} {view.words(one.name)}" for id_, one in known.items()}
    return known[choices.box(view.state, "node", view.say("method.choose_indicator"), names)]


def weights_table(view: Frame) -> pd.DataFrame:
    """Every node with what it weighs in the whole, in per cent."""
    rows, known = tree_rows(view.framework), view.framework.nodes
    return pd.DataFrame(
        {
            view.say("cards.code"): [id_ for id_, _, _ in rows],
            view.say("cards.node"): [view.words(known[id_].name) for id_, _, _ in rows],
            view.say("method.share_of_whole"): [100 * weight for _, _, weight in rows],
        }
    )


def weight_columns(view: Frame) -> dict[str, Any]:
    """Formats of the columns of `weights_table`."""
    share = st.column_config.NumberColumn(format="%.2f%%")
    return {view.say("method.share_of_whole"): share}


def tree_rows(framework: Framework) -> list[tuple[str, str, float]]:
    """Every node with its parent and its weight in the whole, parents first."""
    plan = make_plan(framework)
    root = plan.group(plan.root)
    whole = dict(zip(plan.indicators, root.effective if root else [], strict=True))
    return [
        (
            id_,
            framework.parents.get(id_, ""),
            float(sum(whole[leaf] for leaf in plan.leaves(id_))),
        )
        for id_ in framework.nodes
    ]


def rules(view: Frame) -> None:
    """How missing values, ties and weights are handled."""
    setting = view.framework.settings[view.framework.tree.id]
    st.subheader(view.say("method.rules"), anchor=False)
    parts = view.say(f"method.aggregate_{setting.aggregate.method}")
    for text in (
        parts,
        view.say("method.missing"),
        *(() if view.state.ranks == "none" else (view.say("method.ties"),)),
        view.say("method.not_assessed"),
        view.say("method.fingerprint", fingerprint=view.framework.fingerprint[:16]),
    ):
        st.markdown(f"- {widgets.plain(text)}")


def broken_frameworks(view: Frame) -> None:
    """Frameworks of the folder that cannot be used, with every fault of theirs."""
    faults = loaders.frameworks().faults
    if faults:
        st.warning(view.say("frame.broken_frameworks"))
        for fault in faults:
            st.markdown(f"- {widgets.plain(fault.message(view.language))}")


def card_download(view: Frame) -> None:
    """The method card; where no font holds Chinese, what to install in its place."""
    try:
        fonts.families(view.language)
    except fonts.NoFontError as lacking:
        st.info(widgets.plain(lacking.message(view.language)))
        return
    st.download_button(
        view.say("method.card"),
        data=partial(method_card, view.framework, view.language),
        file_name=f"{view.framework.id}-{view.framework.version}-{view.language}.pdf",
        mime="application/pdf",
        on_click="ignore",
        key="method_card",
        icon=":material/description:",
    )


def codebook_downloads(view: Frame) -> None:
    """The codebook: every node, input and item with what it means and how it counts."""
    table = codebook(view.framework)
    with st.container(horizontal=True):
        formats: tuple[Literal["csv", "xlsx"], ...] = ("csv", "xlsx")
        for format_ in formats:
            st.download_button(
                f"{view.say('method.codebook')} ({format_})",
                data=partial(as_file, table, format_, "Codebook"),
                file_name=f"{view.framework.id}-codebook.{format_}",
                mime=MIME[format_],
                on_click="ignore",
                key=f"codebook_{format_}",
            )
