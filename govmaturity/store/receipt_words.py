"""What a receipt says in a sentence: how many values change, and what that does to scores."""

from __future__ import annotations

from collections.abc import Callable

from govmaturity.framework.model import Framework
from govmaturity.store.receipt import Part, Receipt
from govmaturity.texts import Language, numbers, say


def sentence(
    receipt: Receipt, framework: Framework, language: Language, name_of: Callable[[str], str]
) -> str:
    """Counts of values, and the effect: of one unit its score, of several how many rise or fall."""
    counts = receipt.counts
    counted = say(
        "receipt.counted",
        language,
        n=counts.taken,
        new=counts.new,
        changed=counts.changed,
        removed=counts.removed,
    )
    between = "" if language == "zh" else " "
    return between.join((counted, _effect(receipt, framework, language, name_of)))


def _effect(
    receipt: Receipt, framework: Framework, language: Language, name_of: Callable[[str], str]
) -> str:
    if len(receipt.parts) == 1:
        return _of_one(receipt.parts[0], framework, language, name_of)
    counted = dict.fromkeys(("rose", "fell", "stayed", "first", "none"), 0)
    for part in receipt.parts:
        counted[_direction(part)] += 1
    told = [
        say(f"receipt.effect_{name}", language, n=number)
        for name, number in counted.items()
        if number
    ]
    return say(
        "receipt.effect_many",
        language,
        n=len(receipt.parts),
        told=say("receipt.effect_between", language).join(told),
    )


def _of_one(
    part: Part, framework: Framework, language: Language, name_of: Callable[[str], str]
) -> str:
    before, after = (
        None if score is None else numbers.score(score, language, framework.width)
        for score in (part.before.score, part.after.score)
    )
    name = name_of(part.unit)
    if after is None:
        return say("receipt.one_none", language, name=name, period=part.period)
    if before is None:
        return say("receipt.one_first", language, name=name, period=part.period, after=after)
    return say(
        "receipt.one_effect", language, name=name, period=part.period, before=before, after=after
    )


def _direction(part: Part) -> str:
    before, after = part.before.score, part.after.score
    if after is None:
        return "none"
    if before is None:
        return "first"
    if before == after:
        return "stayed"
    return "rose" if after > before else "fell"
