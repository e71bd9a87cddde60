"""The method card of a framework: one page in PDF."""

from __future__ import annotations

import json
from datetime import UTC
from pathlib import Path
from typing import Final

from govmaturity import __version__
from govmaturity.framework.model import Framework
from govmaturity.report.card import facts, fonts
from govmaturity.report.card.tree import bar, layouts
from govmaturity.report.tables import stamp
from govmaturity.texts import Language, say

_TEMPLATE: Final = Path(__file__).with_name("card.typ")


def method_card(framework: Framework, language: Language) -> bytes:
    """Return the method card of a framework as a PDF of one A4 page.

    It says what the index measures, its source, its tree with weights, how
    figures become scores, levels and gates, what can be chosen, version and
    fingerprint. Where the whole tree does not fit even in small type, its
    lowest levels are left out and the page says how many nodes.

    Parameters
    ----------
    framework : Framework
    language : {"zh", "en"}

    Returns
    -------
    bytes
        The same for the same framework, fonts and version; the only time in
        it is SOURCE_DATE_EPOCH.

    Raises
    ------
    NoFontError
        If the card is to be Chinese and no font of the system holds it.
    """
    import typst

    card = _content(framework, language) | {"fonts": fonts.families(language)}
    compiler = typst.Compiler(
        _TEMPLATE.read_bytes(),
        font_paths=fonts.known(),
        sys_inputs={"card": json.dumps(card, ensure_ascii=False)},
    )
    made = stamp().replace(tzinfo=UTC)
    content = compiler.compile(format="pdf", timestamp=made)
    if not isinstance(content, bytes):
        raise TypeError(f"a page was expected, got {type(content).__name__}")
    return content


def _content(framework: Framework, language: Language) -> dict[str, object]:
    """All words and figures of the page."""

    def word(key: str, **slots: object) -> str:
        return say(f"card.{key}", language, **slots)

    description = framework.description.in_(language) if framework.description else ""
    return {
        "language": language,
        "region": "cn" if language == "zh" else "gb",
        "kind": word("kind"),
        "title": framework.name.in_(language),
        "counted": word(
            "counted",
            version=framework.version,
            dimensions=len(framework.tree.children),
            indicators=len(framework.indicators),
            levels=len(framework.levels),
        ),
        "description": description,
        "source": word("source", source=framework.source.in_(language)),
        "tree-head": word("tree"),
        "bar": bar(framework),
        "layouts": layouts(framework, language),
        "method-head": word("method"),
        "method": facts.method_facts(framework, language),
        "levels-head": word("levels"),
        "levels": facts.level_facts(framework, language),
        "no-levels": "" if framework.levels else say("method.no_levels", language),
        "gates": facts.gate_facts(framework, language),
        "choices-head": word("choices"),
        "choices": facts.choice_facts(framework, language),
        "foot": word("foot", id=framework.id, version=framework.version, software=__version__),
        "fingerprint-head": word("fingerprint"),
        "fingerprint": framework.fingerprint,
    }
