"""What a method card says: short paragraphs under labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from govmaturity.framework.methods import Screen
from govmaturity.framework.model import Framework, Group, Words
from govmaturity.report import gates
from govmaturity.texts import Language, numbers, say

Fact = tuple[str, str]


def method_facts(framework: Framework, language: Language) -> list[Fact]:
    """How figures become scores, step by step; steps that the framework does without are short."""
    steps = [
        ("scale", _scale(framework, language)),
        ("treat", _treated(framework, language)),
        ("missing", _missing(framework, language)),
        ("normalise", _normalised(framework, language)),
        ("weights", _weights(framework, language)),
        ("aggregate", _aggregated(framework, language)),
        ("ranks", say("method.ties", language)),
    ]
    return [(say(f"card.{key}", language), text) for key, text in steps]


def choice_facts(framework: Framework, language: Language) -> list[Fact]:
    """What a reader can choose, and where series break."""
    named: list[tuple[str, Iterable[Words]]] = [
        ("weight_sets", (one.name for one in framework.weight_sets.values())),
        ("profiles", (one.name for one in framework.profiles.values())),
        ("lenses", (one.name for one in framework.lenses.values())),
    ]
    found = [
        (say(f"card.{key}", language), _listed((one.in_(language) for one in names), language))
        for key, names in named
    ]
    breaks = [f"{one.period}: {one.reason.in_(language)}" for one in framework.breaks]
    return [*found, (say("card.breaks", language), _listed(breaks, language))]


def level_facts(framework: Framework, language: Language) -> list[Fact]:
    """Levels from the worst up, with their bands."""
    last = len(framework.levels)
    return [
        (
            f"{place} {level.name.in_(language)}",
            f"[{level.start:g}, {level.end:g}{']' if place == last else ')'}",
        )
        for place, level in enumerate(framework.levels, start=1)
    ]


def gate_facts(framework: Framework, language: Language) -> list[Fact]:
    """What caps or withholds a level."""
    return [
        (gate.name.in_(language), gates.rule(framework, gate, language)) for gate in framework.gates
    ]


def _scale(framework: Framework, language: Language) -> str:
    low, high = framework.scale
    return say("card.scale_of", language, low=f"{low:g}", high=f"{high:g}")


def _treated(framework: Framework, language: Language) -> str:
    indicators = framework.indicators
    treated = [one for id_ in indicators if (one := framework.settings[id_].treat)]
    parts = []
    if framework.screen != Screen():
        share = numbers.share(framework.screen.min_available, language)
        nonzero = numbers.share(framework.screen.min_nonzero, language)
        parts.append(say("card.screened", language, share=share, nonzero=nonzero))
    divided = sum(one.denominate is not None for one in indicators.values())
    if divided:
        parts.append(say("card.denominated", language, n=divided))
    if treated:
        most = max(one.winsorise for one in treated)
        key = "card.treated_logs" if any(one.log for one in treated) else "card.treated"
        parts.append(say(key, language, n=len(treated), most=most))
    return _joined([*parts, *(() if treated else (say("card.untreated", language),))], language)


def _missing(framework: Framework, language: Language) -> str:
    groups = [id_ for id_, node in framework.nodes.items() if isinstance(node, Group)]
    root = framework.settings[framework.tree.id].min_coverage
    others = sorted({framework.settings[id_].min_coverage for id_ in groups[1:]})
    share = numbers.share(root, language)
    below = say("card.or", language).join(numbers.share(one, language) for one in others)
    if not others or others == [root]:
        parts = [say("card.missing_same", language, share=share)]
    elif root:
        parts = [say("card.missing_root", language, share=share, below=below)]
    else:
        parts = [say("card.missing_below", language, below=below)]
    imputed = Counter(
        one.method for id_ in framework.indicators if (one := framework.settings[id_].impute)
    )
    if imputed:
        listed = _counted(
            ((say(f"card.impute_{m}", language), n) for m, n in imputed.items()), language
        )
        parts.append(say("card.imputed", language, methods=listed))
    else:
        parts.append(say("card.not_imputed", language))
    return _joined(parts, language)


def _normalised(framework: Framework, language: Language) -> str:
    methods = Counter(framework.settings[id_].normalise.method for id_ in framework.indicators)
    counted = _counted(
        ((say(f"cards.{m}", language), n) for m, n in methods.most_common()), language
    )
    parts = [say("card.sentence", language, text=counted)]
    posts = [one.goalposts for one in framework.indicators.values() if one.goalposts]
    proposed = sum(one.proposed for one in posts)
    if proposed:
        parts.append(say("card.proposed", language, n=proposed, all=len(posts)))
    return _joined(parts, language)


def _aggregated(framework: Framework, language: Language) -> str:
    methods = Counter(
        framework.settings[id_].aggregate.method
        for id_, node in framework.nodes.items()
        if isinstance(node, Group)
    )
    return _counted(
        ((say(f"card.aggregate_{m}", language), n) for m, n in methods.most_common()), language
    )


def _weights(framework: Framework, language: Language) -> str:
    found: dict[str, int] = {}
    for id_, node in framework.nodes.items():
        if not isinstance(node, Group):
            continue
        setting = framework.settings[id_]
        key = f"weigh_{setting.weigh.method}" if setting.weigh else f"weights_{setting.weights}"
        found[key] = found.get(key, 0) + 1
    return _counted(((say(f"card.{key}", language), n) for key, n in found.items()), language)


def _counted(named: Iterable[tuple[str, int]], language: Language) -> str:
    """Each method with the number of nodes it is for."""
    told = (say("card.counted_method", language, name=name, number=n) for name, n in named)
    return say("card.separator", language).join(told)


def _listed(names: Iterable[str], language: Language) -> str:
    return say("card.separator", language).join(names) or say("card.none", language)


def _joined(sentences: Iterable[str], language: Language) -> str:
    return ("" if language == "zh" else " ").join(sentences)
