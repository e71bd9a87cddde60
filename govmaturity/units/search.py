"""Find units by what somebody types: name, code, pinyin in full or by its initials."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from govmaturity.units.registry import Registry


@dataclass(frozen=True)
class _Entry:
    text: str
    pinyin: str
    initials: str


class UnitIndex:
    """What each unit can be found by; built once for a registry and the units outside it.

    Examples
    --------
    >>> from govmaturity.units.registry import registry
    >>> index = UnitIndex(["440106", "440113"], registry())
    >>> index.find("th"), index.find("panyu"), index.find("天河"), index.find("440113")
    (('440106',), ('440113',), ('440106',), ('440113',))
    """

    def __init__(self, units: Iterable[str], registry: Registry) -> None:
        self._entries = {unit: _entry(unit, registry) for unit in units}

    def find(self, typed: str) -> tuple[str, ...]:
        """Units that answer to a text, in the order of the index; all of them for a blank one.

        Letters and digits may be the beginning of a code, part of an English
        name or of the full pinyin, or the beginning of the initials.
        """
        wanted = _plain(typed)
        return tuple(
            unit
            for unit, entry in self._entries.items()
            if wanted in entry.text
            or wanted in entry.pinyin
            or (entry.initials.startswith(wanted) and bool(wanted))
        )


def _entry(unit: str, registry: Registry) -> _Entry:
    if unit not in registry:
        return _Entry(_plain(unit), "", "")
    name, pinyin = registry.get(unit).name_zh, registry.get(unit).pinyin
    above = registry.prefecture_of(unit) or registry.province_of(unit) or ""
    place = registry.name(above, "zh") + registry.name(above, "en") if above else ""
    # A bar keeps a text from matching across two names.
    text = "|".join([unit, name, registry.name(unit, "en"), place])
    initials = "".join(syllable[0] for syllable in pinyin.split())
    return _Entry(_plain(text), _plain(pinyin), initials)


def _plain(text: str) -> str:
    # Blanks, hyphens and the apostrophe of pinyin (Xi'an) are typed or not.
    return re.sub(r"[\s'’-]+", "", unicodedata.normalize("NFKC", text)).casefold()
