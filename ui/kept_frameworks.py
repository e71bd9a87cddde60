"""Administer's frameworks: which versions are kept, and whether the files still say the same."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from govmaturity.store.known import KnownFramework
from govmaturity.store.service import Store
from ui import loaders, widgets
from ui.desk import table_height
from ui.people import moment, who
from ui.view import Frame


def show(view: Frame, store: Store) -> None:
    """Every framework that is kept or lies in the folder, with its hash and how both agree."""
    kept = store.frameworks(who())
    files = loaders.frameworks()
    changed = [one for one in kept if _standing(one) == "changed"]
    widgets.show_finding(
        view.say("administer.frameworks_finding", n=len(files.by_id), kept=len(kept))
    )
    for one in changed:
        st.error(
            view.say("administer.framework_changed", id=one.framework, version=one.version),
            icon=":material/difference:",
        )
    for fault in files.faults:
        st.error(widgets.plain(fault.message(view.language)), icon=":material/error:")
    table = _table(view, kept)
    st.dataframe(
        table,
        hide_index=True,
        height=table_height(len(table), 14),
        column_config={
            view.say("administer.column_framework"): st.column_config.TextColumn(width=190)
        },
    )
    widgets.downloads(view, lambda: table, "frameworks")
    st.caption(view.say("administer.frameworks_note"))


def _standing(one: KnownFramework) -> str:
    """How a kept version stands to the file: `same`, `changed` without a new version, `older`."""
    file = loaders.frameworks().by_id.get(one.framework)
    if file is None:
        return "gone"
    if str(file.version) != one.version:
        return "older"
    return "same" if file.fingerprint == one.fingerprint else "changed"


def _table(view: Frame, kept: tuple[KnownFramework, ...]) -> pd.DataFrame:
    files = loaders.frameworks()
    rows: list[dict[str, Any]] = [
        {
            "framework": one.framework,
            "name": view.words(files.by_id[one.framework].name)
            if one.framework in files.by_id
            else "",
            "version": one.version,
            "standing": view.say(f"administer.standing_{_standing(one)}"),
            "sent": one.submissions,
            "releases": one.releases,
            "kept_at": moment(one.kept_at),
            "hash": one.fingerprint,
        }
        for one in kept
    ]
    known = {(one.framework, one.version) for one in kept}
    rows += [
        {
            "framework": id_,
            "name": view.words(file.name),
            "version": str(file.version),
            "standing": view.say("administer.standing_unused"),
            "sent": 0,
            "releases": 0,
            "kept_at": "",
            "hash": file.fingerprint,
        }
        for id_, file in files.by_id.items()
        if (id_, str(file.version)) not in known
    ]
    return pd.DataFrame(rows).rename(columns=lambda name: view.say(f"administer.column_{name}"))
