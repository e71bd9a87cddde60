"""The router: which pages there are, in whose words. Every run of the app starts here."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from govmaturity.texts import say
from ui.frame import page_text, session_language
from ui.guard import ROUTED

PAGES = Path(__file__).resolve().parents[1] / "pages"
# Groups are named by what their reader does; a page comes with its function.
GROUPS = {
    "explore": ("overview", "map", "ranking", "unit", "imbalance", "trend", "divide"),
    "submit": ("submit",),
    "review": ("review", "releases"),
    "research": ("method", "what_if", "robustness", "consistency", "patterns", "export"),
    "administer": ("administer",),
}
SIDEBAR = 220
ICONS = {
    "overview": "dashboard",
    "map": "map",
    "ranking": "format_list_numbered",
    "unit": "location_city",
    "imbalance": "balance",
    "trend": "trending_up",
    "submit": "upload_file",
    "divide": "diversity_3",
    "what_if": "tune",
    "robustness": "casino",
    "consistency": "grid_on",
    "patterns": "bubble_chart",
    "method": "account_tree",
    "export": "download",
    "review": "fact_check",
    "releases": "campaign",
    "administer": "settings",
}


def main() -> None:
    """Build the navigation in the reader's language and run the chosen page."""
    language = session_language()
    st.set_page_config(
        page_title=say("frame.product", language),
        page_icon=str(Path(__file__).with_name("icon.svg")),
        layout="wide",
        # No name of a page needs more, and the line of choices does.
        initial_sidebar_state=SIDEBAR,
    )
    st.session_state[ROUTED] = True
    chosen = st.navigation(
        {
            say(f"frame.group_{group}", language): [
                st.Page(
                    PAGES / f"{name}.py",
                    title=say(f"pages.{page_text(name)}", language),
                    icon=f":material/{ICONS[name]}:",
                    url_path=name,
                    default=name == "overview",
                )
                for name in names
            ]
            for group, names in GROUPS.items()
        },
        # Beyond a dozen pages Streamlit hides the last ones behind "View more" otherwise.
        expanded=True,
    )
    st.sidebar.caption(say("frame.notice", language))
    chosen.run()


main()
