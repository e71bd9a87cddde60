"""Who uses the pages, and when things were done, in the reader's words and time."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from govmaturity.store.people import LOCAL, Person
from govmaturity.texts import Language, say


def who() -> Person:
    """The person at the browser: without sign-in always the one of this machine."""
    return LOCAL


def named(name: str | None, language: Language) -> str:
    """A person's name as records have it; the one of this machine has none of their own."""
    if not name:
        return say("receipt.not_named", language)
    return say("receipt.local", language) if name == LOCAL.name else name


def moment(told: str | None) -> str:
    """A time of the store, which is UTC, in the reader's own time, to the minute.

    Empty for none.
    """
    if not told:
        return ""
    return f"{datetime.fromisoformat(told).astimezone(time_zone()):%Y-%m-%d %H:%M}"


def time_zone() -> tzinfo:
    """Where the reader is, as the browser says; UTC where it says nothing."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return UTC
