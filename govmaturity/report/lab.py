"""What the imbalance laboratory finds, as sentences. Each figure is one of its result.

Each function takes the result that a page shows, and says what it means with
its caution: how few units there are, what a split cannot tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from govmaturity.analysis.balance import CLASSES, Balance
from govmaturity.analysis.change.convergence import Beta, Sigma
from govmaturity.analysis.change.density import Density
from govmaturity.analysis.change.mobility import RankMobility
from govmaturity.analysis.change.transitions import Transitions
from govmaturity.analysis.context import QUADRANTS, Correlation, Quadrants
from govmaturity.analysis.contributions import Sources
from govmaturity.analysis.inequality.bootstrap import Interval
from govmaturity.analysis.inequality.dagum import Dagum
from govmaturity.analysis.inequality.split import Decomposition
from govmaturity.analysis.space.association import LOW_POWER_BELOW, Local, Moran
from govmaturity.analysis.tier_gap import TIERS, TierGap
from govmaturity.analysis.types import Types
from govmaturity.texts import Language, numbers, say

# Below this many units a figure is one of a few places, not of a kind of places.
FEW_UNITS: Final = 30
SIGNIFICANT: Final = 0.05


def few(n: int, language: Language) -> str:
    """What so few units cannot show; empty from thirty on."""
    return say("lab.few", language, n=n) if n < FEW_UNITS else ""


def with_interval(value: float, interval: Interval | None, language: Language, digits: int) -> str:
    """A figure with its interval, where it has one."""
    shown = numbers.decimal(value, language, digits)
    if interval is None or np.isnan(interval[0]):
        return shown
    low, high = (numbers.decimal(end, language, digits) for end in interval)
    return say("lab.interval", language, value=shown, low=low, high=high)


def between(parts: Decomposition, measure: str, groups: str, language: Language) -> str:
    """How much of a measure lies between groups, outermost grouping against the rest."""
    if not parts.total:
        return say("lab.all_equal", language)
    share = sum(parts.between) / parts.total
    return say(
        "lab.between",
        language,
        groups=groups,
        measure=say(f"lab.{measure}_name", language),
        between=numbers.share(share, language),
        within=numbers.share(1 - share, language),
    )


def overlap(parts: Dagum, groups: str, language: Language) -> str:
    """Dagum's three parts as shares of the Gini index."""
    if not parts.total:
        return say("lab.all_equal", language)
    return say(
        "lab.overlap",
        language,
        groups=groups,
        within=numbers.share(parts.within / parts.total, language),
        net=numbers.share(parts.net_between / parts.total, language),
        overlap=numbers.share(parts.transvariation / parts.total, language),
    )


def source(found: Sources, names: Mapping[str, str], language: Language) -> str:
    """The part that makes most of a measure, and whether the split is exact."""
    if not found.total or not found.parts:
        return say("lab.all_equal", language)
    top = max(found.parts, key=found.parts.__getitem__)
    return say(
        "lab.source",
        language,
        part=names[top],
        share=numbers.share(found.parts[top] / found.total, language),
        measure=say(f"lab.{found.measure}_name", language),
        method=say(f"lab.method_{found.method}", language),
    )


def spread_over_time(found: Sigma, first: str, last: str, language: Language) -> str:
    """Whether units came closer from the first period to the last."""
    before, after = found.spread[0], found.spread[-1]
    key = "lab.closer" if after < before else "lab.apart"
    return say(
        key,
        language,
        first=first,
        last=last,
        before=numbers.decimal(before, language, 3),
        after=numbers.decimal(after, language, 3),
        n=found.n,
    )


def catching_up(found: Beta, language: Language) -> str:
    """Whether low units grew faster, how sure that is, and how fast the gap closes."""
    key = "lab.beta_unclear"
    if found.is_clear:
        key = "lab.beta_closing" if found.slope < 0 else "lab.beta_opening"
    sentence = say(
        key,
        language,
        slope=numbers.decimal(found.slope, language, 3),
        low=numbers.decimal(found.low, language, 3),
        high=numbers.decimal(found.high, language, 3),
    )
    if found.is_clear and not np.isnan(found.half_life):
        years = numbers.decimal(found.half_life, language)
        sentence += say("lab.half_life", language, years=years)
    return sentence + say("lab.ceiling", language)


def moves(found: Transitions, language: Language) -> str:
    """How many stayed in their level."""
    total = int(found.counts.sum())
    if not total:
        return say("lab.no_moves", language)
    share = numbers.share(found.stayed, language)
    return say("lab.moves", language, share=share, total=f"{total:,}")


def order(found: RankMobility, language: Language) -> str:
    """How far units moved in the order."""
    return say(
        "lab.order",
        language,
        shift=numbers.decimal(found.mean_shift, language),
        kendall=numbers.decimal(found.kendall, language, 2),
        n=found.n,
    )


def shape(found: Density, language: Language) -> str:
    """How many peaks the distribution has, or that there are too few units to tell."""
    n = len(found.values)
    if not found.may_show_peaks:
        return say("lab.too_few_for_peaks", language, n=n)
    listed = say("lab.comma", language).join(
        numbers.decimal(peak, language) for peak in found.peaks
    )
    return say("lab.peaks", language, count=len(found.peaks), listed=listed)


def alike(found: Moran, language: Language) -> str:
    """Whether neighbours score alike, and what few units cannot show."""
    key = "lab.moran_unclear"
    if found.p <= SIGNIFICANT:
        key = "lab.moran_alike" if found.value > found.expected else "lab.moran_unlike"
    sentence = say(
        key,
        language,
        value=numbers.decimal(found.value, language, 3),
        p=numbers.decimal(found.p, language, 3),
    )
    # The caution is for those who would read "nothing found" as "nothing there".
    if found.n < LOW_POWER_BELOW and key == "lab.moran_unclear":
        sentence += say("lab.low_power", language, n=found.n)
    return sentence


def spots(found: Local, language: Language) -> str:
    """How many units lie in clusters of high and of low ones."""
    counts = [int((found.is_significant & (found.quadrant == place)).sum()) for place in range(4)]
    if not sum(counts):
        return say("lab.no_spots", language)
    return say("lab.spots", language, high=counts[0], low=counts[2], outliers=counts[1] + counts[3])


def evenness(found: Balance, row: int, names: Mapping[str, str], language: Language) -> str:
    """How evenly one unit is developed, and its weakest part."""
    place = int(found.coupling.class_[row])
    if place < 0:
        return say("lab.no_balance", language)
    if found.coupling.has_zero[row]:
        return say("lab.zero_system", language, part=names[found.weakest[row]])
    return say(
        "lab.evenness",
        language,
        coordination=numbers.decimal(float(found.coupling.coordination[row]), language, 3),
        class_=say(f"lab.class_{CLASSES[place]}", language),
        part=names[found.weakest[row]],
        spread=numbers.decimal(float(found.spread[row]), language),
    )


def upper_tier(found: TierGap, row: int, language: Language) -> str:
    """The part of a unit's gap that only the upper tier can close."""
    total = float(found.total[row])
    if np.isnan(total) or not total:
        return say("lab.no_gap", language)
    own, shared, upper = (float(found.gap[TIERS.index(tier), row]) for tier in TIERS)
    return say(
        "lab.upper_tier",
        language,
        total=numbers.decimal(total, language),
        own=numbers.decimal(own, language),
        shared=numbers.decimal(shared, language),
        upper=numbers.decimal(upper, language),
        share=numbers.share(float(found.upper_share[row]), language),
    )


def going_with(found: Correlation, what: str, language: Language) -> str:
    """How closely a score goes with something; never that it comes of it."""
    is_clear = found.low > 0 or found.high < 0
    key = "lab.goes_unclear"
    if is_clear:
        key = "lab.goes_up" if found.pearson > 0 else "lab.goes_down"
    return say(
        key,
        language,
        what=what,
        value=numbers.decimal(found.pearson, language, 2),
        low=numbers.decimal(found.low, language, 2),
        high=numbers.decimal(found.high, language, 2),
    ) + say("lab.not_cause", language)


def _listed(parts: Sequence[str], names: Mapping[str, str], language: Language) -> str:
    """Parts by name, quoted: a name may hold a comma; all of them are everything."""
    if len(parts) == len(names) > 1:
        return say("lab.everything", language)
    return say("lab.comma", language).join(
        say("lab.quoted", language, name=names[part]) for part in parts
    )


def little_effect(found: Quadrants, language: Language) -> str:
    """How many units have much means and little effect."""
    wanted = QUADRANTS.index("means_high_effect_low")
    count = int((found.place == wanted).sum())
    return say("lab.little_effect", language, count=count, of=int((found.place >= 0).sum()))


def kinds(found: Types, names: Mapping[str, str], language: Language) -> list[str]:
    """One sentence for the number of types and how far they stand apart, then one for each."""
    silhouette = numbers.decimal(found.silhouette, language, 2)
    key = "lab.types" if found.is_found else "lab.types_weak"
    sentences = [say(key, language, count=len(found.types), silhouette=silhouette)]
    for place, one in enumerate(found.types, start=1):
        strong, weak = (_listed(parts, names, language) for parts in (one.strong, one.weak))
        which = {
            (True, True): "lab.type_both",
            (True, False): "lab.type_strong",
            (False, True): "lab.type_weak",
            (False, False): "lab.type_even",
        }[bool(strong), bool(weak)]
        sentences.append(say(which, language, place=place, count=one.n, strong=strong, weak=weak))
    return sentences
