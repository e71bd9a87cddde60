"""What a page shows, to whom, in which words: the choices of a view and the scores they lead to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from govmaturity.analysis.change.back_series import Restated
from govmaturity.charts.theme import Caption
from govmaturity.framework.model import Framework, Words
from govmaturity.scoring import Scores
from govmaturity.texts import Language, numbers, say
from govmaturity.units.registry import Registry
from ui import kept, over_time, scored
from ui.datasets import Dataset
from ui.state import State

# Pages that show a second region beside the first.
BESIDE = ("overview", "ranking")


@dataclass(frozen=True)
class Frame:
    """One page's choices, in the reader's words. `dataset` is None where there are no data."""

    name: str
    state: State
    language: Language
    framework: Framework
    dataset: Dataset | None

    @cached_property
    def registry(self) -> Registry:
        """The units that there are; looked up once a run, as it is asked for each of thousands."""
        return kept.units()

    def say(self, key: str, **slots: Any) -> str:
        return say(key, self.language, **slots)

    def words(self, words: Words | None) -> str:
        return words.in_(self.language) if words else ""

    def score_text(self, value: float) -> str:
        return numbers.score(value, self.language, self.framework.width)

    def level_name(self, level: int) -> str:
        """`3 Convenient`, or the words for no level."""
        if not level or not self.framework.levels:
            return self.say("charts.no_level")
        return f"{level} {self.words(self.framework.levels[level - 1].name)}"

    def unit_name(self, unit: str) -> str:
        """The name of any unit; its id where it is not known."""
        return self.registry.name(unit, self.language) if unit in self.registry else unit

    def placed_name(self, unit: str) -> str:
        """The name of any unit with its prefecture or province, which may not be unique without."""
        name, place = self.unit_name(unit), self.place_of(unit)
        return f"{name} ({place})" if place else name

    def place_of(self, unit: str) -> str:
        """Where a unit lies: its prefecture, or its province where that tier is skipped."""
        if unit not in self.registry:
            return ""
        above = self.registry.prefecture_of(unit) or self.registry.province_of(unit)
        return self.registry.name(above, self.language) if above else ""

    @property
    def is_simulated(self) -> bool:
        return self.dataset is not None and self.dataset.is_simulated

    @property
    def has_ranks(self) -> bool:
        """Whether ranks are to be shown: not where levels alone are published."""
        return self.state.ranks != "none"


@dataclass(frozen=True)
class View(Frame):
    """A frame with scores to show: all of the data, and those of the period and region chosen."""

    dataset: Dataset
    scores: Scores
    period: str
    region: str
    region2: str = ""
    is_second: bool = False

    @cached_property
    def both(self) -> tuple[View, ...]:
        """This view and, where a second region is chosen, the same view of that one."""
        if not self.region2:
            return (self,)
        other = replace(self, region=self.region2, region2="", is_second=True)
        return (self, other) if len(other.now.unit) else (self,)

    @cached_property
    def now(self) -> Scores:
        """Scores of the chosen period and region, ranked among themselves."""
        return self.at(self.period)

    def at(self, period: str) -> Scores:
        """Scores of another period in the chosen region, ranked among themselves.

        Those of an earlier one are restated for the units of the period shown.
        """
        inside = self.registry.ever_within(self.region) if self.region else ()
        is_earlier = period < self.period
        dataset = self._as_of[0] if is_earlier else self.dataset
        scores = self.over_time if is_earlier else self.scores
        return scored.scores_here(dataset, scores, period, self.region, inside)

    @cached_property
    def _as_of(self) -> tuple[Dataset, tuple[Restated, ...]]:
        return over_time.as_of(self.dataset, self.framework, self.scores.units, self.period)

    @property
    def restated(self) -> tuple[Restated, ...]:
        """What was sent for other units than there are in the period shown."""
        return self._as_of[1]

    @cached_property
    def over_time(self) -> Scores:
        """Scores of all periods, earlier ones restated for the units of the period shown."""
        if not self.restated:
            return self.scores
        plan = self.scores.plan
        return scored.scores_of(
            self._as_of[0],
            self.framework,
            *(plan.weights or "", plan.profile or "", plan.lens or ""),
            has_ranks=self.scores.has_ranks,
        )

    @property
    def key(self) -> tuple[str, ...]:
        """What the scores shown are made of: names them in caches."""
        plan = self.scores.plan
        return (
            *(self.dataset.id, self.framework.fingerprint, self.period, self.region),
            *(plan.weights or "", plan.profile or "", plan.lens or ""),
        )

    @cached_property
    def earlier(self) -> tuple[str, ...]:
        """Periods before the one shown, the latest first."""
        return tuple(reversed([one for one in self.scores.periods if one < self.period]))

    @property
    def version(self) -> str:
        """Names the scores in `now`: a key for what is computed from them alone."""
        plan = self.scores.plan
        data = self.dataset.id if self.dataset else ""
        chosen = (plan.weights, plan.profile, plan.lens, self.period, self.region)
        shown = "" if self.scores.has_ranks else "levels"
        return " ".join((data, self.framework.fingerprint, *(one or "-" for one in chosen), shown))

    @cached_property
    def node(self) -> str:
        """The node that the page is about; the root unless the address names another."""
        wanted = self.state.node
        return wanted if wanted in self.scores.plan.nodes else self.scores.plan.root

    @cached_property
    def names(self) -> dict[str, str]:
        """Names of all units of the data, made unique with their prefecture or province."""
        plain = {unit: self.unit_name(unit) for unit in self.scores.units}
        counts: dict[str, int] = {}
        for name in plain.values():
            counts[name] = counts.get(name, 0) + 1
        return {
            unit: name if counts[name] == 1 else f"{name} ({self.place_of(unit) or unit})"
            for unit, name in plain.items()
        }

    @cached_property
    def order_of_names(self) -> dict[str, str]:
        """What units are sorted by where their names decide: pinyin in Chinese, where known."""
        known = self.registry if self.language == "zh" else ()
        return {
            unit: f"{self.registry.get(unit).pinyin} {name}" if unit in known else name
            for unit, name in self.names.items()
        }

    @cached_property
    def common_region(self) -> str:
        """The smallest region that holds all units shown; empty for the country."""
        known = [unit for unit in self.now.units if unit in self.registry]
        paths = [list(reversed((unit, *self.registry.ancestors(unit)))) for unit in known]
        shared = ""
        for tier in zip(*paths, strict=False):
            if len(set(tier)) > 1 or not self.registry.children(tier[0]):
                break
            shared = tier[0]
        return shared

    def region_name(self) -> str:
        if self.region:
            return self.registry.name(self.region, self.language)
        return self.say("frame.all_regions", n=len(self.now.unit))

    def node_name(self, node: str) -> str:
        return self.words(self.scores.plan.name(node))

    def caption(
        self, title: str, *, unit: str | None = None, note: str = "", is_half: bool = False
    ) -> Caption:
        """What a picture of this view says of itself."""
        return Caption(
            title=title,
            unit_of_measure=unit or self.say("charts.points"),
            period=self.period,
            units=len(self.now.unit),
            source=self.words(self.dataset.source) if self.dataset else "",
            is_simulated=self.is_simulated,
            language=self.language,
            note=note,
            is_half=is_half or bool(self.region2 and self.name in BESIDE) or self.is_second,
        )


def regions_of(view: View) -> dict[str, str]:
    """Regions that hold units of the data: all, then provinces and their prefectures."""
    registry = view.registry
    found: dict[str, set[str]] = {}
    for unit in view.scores.units:
        if unit not in registry:
            continue
        province = registry.province_of(unit)
        if province is not None and province != unit:
            prefecture = registry.prefecture_of(unit)
            found.setdefault(province, set()).update({prefecture} if prefecture else ())
    everything = len(set(view.scores.unit[view.scores.period == view.period]))
    names = {"": view.say("frame.all", n=everything)}
    for province in sorted(found):
        names[province] = registry.name(province, view.language)
        for prefecture in sorted(found[province] - {province}):
            inside = registry.name(prefecture, view.language)
            names[prefecture] = f"{names[province]} · {inside}"
    return names
