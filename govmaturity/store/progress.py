"""How far a collection is, place by place, and what to write to whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from govmaturity.store.collecting import Completeness, Reminder, completeness_of
from govmaturity.store.states import State
from govmaturity.texts import Language, say
from govmaturity.units.registry import Registry

# With more prefectures than these, provinces are the places.
MOST_PREFECTURES: Final = 30
_MOST_NAMED: Final = 3


def by_place(states: Mapping[str, State | None], registry: Registry) -> dict[str, Completeness]:
    """Count the units of a collection by the place they lie in.

    Parameters
    ----------
    states : mapping of str to State or None
        By unit, as `Collections.states` gives them.
    registry : Registry

    Returns
    -------
    dict of str to Completeness
        By prefecture, or by province where there are more than thirty
        prefectures or a unit lies right below its province; in the order of
        codes. Units that are not registered are under the empty text, last.
    """
    places = {unit: _prefecture(unit, registry) for unit in states}
    if len(set(places.values())) > MOST_PREFECTURES:
        places = {unit: _province(unit, registry) for unit in states}
    found = {
        place: completeness_of(state for unit, state in states.items() if places[unit] == place)
        for place in sorted(set(places.values()))
    }
    if "" in found:
        found[""] = found.pop("")
    return found


def _prefecture(unit: str, registry: Registry) -> str:
    if unit not in registry:
        return ""
    return registry.prefecture_of(unit) or _province(unit, registry)


def _province(unit: str, registry: Registry) -> str:
    return (registry.province_of(unit) or "") if unit in registry else ""


def reminder_text(
    reminders: Sequence[Reminder],
    unit_name: Callable[[str], str],
    value_name: Callable[[str], str],
    language: Language,
) -> str:
    """One line for each unit that owes something, to be copied into a message.

    `value_name` names a required value that is lacking; the first three are named.
    """
    lines = []
    for one in reminders:
        owes = say(f"administer.owes_{one.state or 'nothing_sent'}", language)
        if one.lacking and one.state is not None:
            named = say("store.between", language).join(map(value_name, one.lacking[:_MOST_NAMED]))
            n = len(one.lacking)
            code = "administer.lacking_more" if n > _MOST_NAMED else "administer.lacking"
            lacking = say(code, language, n=n, listed=named)
            owes = (
                say("administer.and_lacking", language, owes=owes, lacking=lacking)
                if one.state in ("returned", "reopened")
                else lacking
            )
        slots = {"unit": unit_name(one.unit), "period": one.period, "owes": owes}
        if one.due is None or one.days_left is None:
            lines.append(say("administer.reminder", language, **slots))
        else:
            left = due_text(one.days_left, language)
            lines.append(say("administer.reminder_due", language, date=one.due, left=left, **slots))
    return "\n".join(lines)


def due_text(days_left: int, language: Language) -> str:
    """How long there is to a deadline: days left, today, or days since."""
    if days_left == 0:
        return say("administer.due_today", language)
    code = "administer.due_in" if days_left > 0 else "administer.due_since"
    return say(code, language, n=abs(days_left))
