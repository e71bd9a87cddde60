"""Every sentence the product says, in Chinese and English.

The sentences live in gettext catalogues, `<language>/<domain>.po`, so that
translators keep their tools. They are read with Babel when first needed:
there is no build step. A key is `domain.name`; what differs from case to case
is a named slot in braces.
"""

from __future__ import annotations

import gettext
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Literal, get_args

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
_ROOM = Path(__file__).parent


def say(key: str, language: Language, /, **slots: object) -> str:
    """Return the sentence of a key with its slots filled in.

    A slot named `n` chooses between singular and plural where the language
    has both.

    Parameters
    ----------
    key : str
        `domain.name`, as in the catalogues.
    language : {"zh", "en"}
    **slots
        One value for each `{slot}` of the sentence; numbers that are to be
        shown are formatted by the caller (`govmaturity.texts.numbers`).

    Raises
    ------
    KeyError
        If no catalogue has the key, or a slot is not given.

    Examples
    --------
    >>> say("common.units_counted", "en", n=1)
    '1 unit'
    >>> say("common.units_counted", "en", n=11)
    '11 units'
    >>> say("common.units_counted", "zh", n=11)
    '11 个评价对象'
    """
    catalogue = _catalogue(language, key.split(".", 1)[0])
    n = slots.get("n")
    template = catalogue.ngettext(key, key, n) if isinstance(n, int) else key
    if template == key:
        template = catalogue.gettext(key)
    if template == key:
        raise KeyError(f"no text for {key!r} in {language}")
    return template.format(**slots)


def domains() -> tuple[str, ...]:
    """Return the names of the catalogues, the part of a key before its first dot."""
    return tuple(sorted(path.stem for path in (_ROOM / "en").glob("*.po")))


@cache
def _catalogue(language: Language, domain: str) -> gettext.GNUTranslations:
    path = _ROOM / language / f"{domain}.po"
    if not path.is_file():
        raise KeyError(f"no texts for {domain!r} in {language}")
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language, abort_invalid=True))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
