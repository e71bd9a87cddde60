"""Which fonts a page is set in: Chinese ones come from the system."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from govmaturity.texts import Language, say

if TYPE_CHECKING:
    import typst

# Free ones first, then what Windows, macOS and Linux desktops bring.
CHINESE: Final[tuple[str, ...]] = (
    *("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN"),
    *("Microsoft YaHei", "PingFang SC", "Heiti SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei"),
    *("SimHei", "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "SimSun"),
)
# The typesetter brings it, so that an English page looks the same everywhere.
LATIN: Final = "Libertinus Serif"


class NoFontError(ValueError):
    """No font of the system holds Chinese; the sentence says what to install."""

    def __init__(self) -> None:
        super().__init__(self.message("en"))

    def message(self, language: Language) -> str:
        """What is lacking, and what to do."""
        return say("card.no_font", language, fonts=", ".join(CHINESE[:5]))


@cache
def known() -> typst.Fonts:
    """All fonts of the system and of the typesetter; looked for once."""
    import typst

    return typst.Fonts()


def families(language: Language) -> list[str]:
    """The families to set a page in, in order of preference.

    Raises
    ------
    NoFontError
        If the page is to be Chinese and no font holds it.
    """
    there = set(known().families())
    chinese = [one for one in CHINESE if one in there][:1]
    if language == "zh":
        if not chinese:
            raise NoFontError
        return chinese
    # A name may hold Chinese characters in an English page too.
    return [LATIN, *chinese]
