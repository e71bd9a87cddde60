"""Where a map's units lie: which outlines draw them, and at which tier."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from govmaturity.units.outlines import Outline, outline_for
from govmaturity.units.registry import Tier
from ui import own_outlines
from ui.view import View

COUNTRY = ""
# Up to this many prefectures are drawn on their own, finer outlines; beyond it
# the region that holds them all is.
MOST_LAYERS = 6
TIERS: Final[tuple[Tier, ...]] = ("county", "prefecture", "province")


def tiers(view: View) -> list[Tier]:
    """The tiers that the region shown has a map of."""
    return [tier for tier in TIERS if outline_for(drawn_region(view), tier) is not None]


def outlines_of(view: View, region: str, tier: Tier) -> tuple[Outline, ...]:
    """The layers of a map: one for a region, or one per prefecture where few of many have data."""
    if tier == "county" and (own := own_outlines.outlines(view, region)):
        return own
    whole = outline_for(region, tier)
    if whole is None or region or tier != "county":
        return (whole,) if whole else ()
    inside = {
        view.registry.prefecture_of(unit) or view.registry.province_of(unit) or ""
        for unit in view.now.units
        if unit in view.registry
    }
    layers = [outline_for(one, tier) for one in sorted(inside)]
    if not 0 < len(layers) <= MOST_LAYERS:
        return (whole,)
    return tuple(layer for layer in layers if layer)


def outlines_of_view(view: View) -> tuple[Outline, ...]:
    """The outlines of the districts and counties in view."""
    return outlines_of(view, drawn_region(view), "county")


def region_name(view: View, region: str, outlines: Sequence[Outline]) -> str:
    if region:
        return view.registry.name(region, view.language)
    return view.say("map.country") if len(outlines) == 1 else view.region_name()


def drawn_region(view: View) -> str:
    """The region chosen, or the smallest that holds all units; a county shows what it lies in."""
    region = view.region or view.common_region
    while region and outline_for(region, "county") is None:
        region = next(iter(view.registry.ancestors(region)), COUNTRY)
    return region


def above(view: View, unit: str, tier: str) -> str | None:
    if unit not in view.registry:
        return None
    if tier == "province":
        return view.registry.province_of(unit)
    # A unit right below a province stands on the map of prefectures itself.
    return view.registry.prefecture_of(unit) or unit
